// Amounts of resources in the scheduler's own units: cpu in millis, everything else in whole units.

import { milliValue, tryParseQuantity, wholeValue, type Quantity } from "@kubonsai/api";

/** Resource name → amount: `cpu` → 250, `memory` → 67108864, `example.com/gpu` → 1. */
export type Amounts = ReadonlyMap<string, number>;

/** Rounded up. */
export const amountOf = (resource: string, quantity: Quantity): number =>
  resource === "cpu" ? milliValue(quantity) : wholeValue(quantity);

/** What is written `{ cpu: "2", memory: "4Gi" }` in a status. */
export function parseAmounts(list: { [resource: string]: string } | undefined): Amounts {
  const amounts = new Map<string, number>();
  for (const [resource, text] of Object.entries(list ?? {})) {
    const quantity = tryParseQuantity(text);
    if (quantity) amounts.set(resource, amountOf(resource, quantity));
  }
  return amounts;
}

/** Adds `sign` times `amounts` to `total`. */
export function accumulate(total: Map<string, number>, amounts: Amounts, sign: 1 | -1): void {
  for (const [resource, amount] of amounts) {
    total.set(resource, (total.get(resource) ?? 0) + sign * amount);
  }
}
