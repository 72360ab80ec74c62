// Resource lists hold nothing finer than a thousandth; finer values are rounded up.

import { formatQuantity, tryParseQuantity } from "../quantity/quantity.ts";

const million = 10n ** 6n;

export function roundResourceList(list: { [resource: string]: string } | undefined): void {
  for (const [resource, text] of Object.entries(list ?? {})) {
    const quantity = tryParseQuantity(text);
    if (quantity === undefined) continue;
    const rest = quantity.nanos % million;
    const up = rest === 0n ? 0n : rest > 0n ? million - rest : -rest - million;
    list![resource] = formatQuantity({ ...quantity, nanos: quantity.nanos + up });
  }
}
