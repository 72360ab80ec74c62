// The order of a merged list: the patch's elements as the patch names them, the others where they were.
// @see kubernetes apimachinery/pkg/util/strategicpatch/patch.go normalizeElementOrder

import { goText, isMembers, ownMember } from "../schema/json-value.ts";
import { badRequest } from "../errors/status-error.ts";

export interface Orders {
  /** The list before the patch. */
  readonly before: readonly unknown[];
  /** The patch's elements, or the list of its `$setElementOrder`. */
  readonly order: readonly unknown[];
  /** undefined: the elements are plain values */
  readonly mergeKey: string | undefined;
}

export function orderList(merged: readonly unknown[], orders: Orders): unknown[] {
  const keyOf = keyReader(orders.mergeKey);
  const before = positions(orders.before, keyOf);
  const order = positions(orders.order, keyOf);
  const own = merged.filter((one) => order.has(keyOf(one)));
  const others = merged.filter((one) => !order.has(keyOf(one)));
  return interleave(sortBy(others, before, keyOf), sortBy(own, order, keyOf), {
    before,
    keyOf,
  });
}

type KeyOf = (element: unknown) => unknown;
type Positions = ReadonlyMap<unknown, number>;

function keyReader(mergeKey: string | undefined): KeyOf {
  if (mergeKey === undefined) return (element) => element;
  return (element) => {
    const key = isMembers(element) ? ownMember(element, mergeKey) : undefined;
    if (key !== undefined) return key;
    const text = `map: ${goText(element)} does not contain declared merge key: ${mergeKey}`;
    throw badRequest(text);
  };
}

function positions(list: readonly unknown[], keyOf: KeyOf): Positions {
  const found = new Map<unknown, number>();
  list.forEach((one, index) => {
    const key = keyOf(one);
    if (!found.has(key)) found.set(key, index);
  });
  return found;
}

const sortBy = (list: readonly unknown[], order: Positions, keyOf: KeyOf) =>
  [...list].sort(
    (a, b) => (order.get(keyOf(a)) ?? Infinity) - (order.get(keyOf(b)) ?? Infinity) || 0,
  );

/** An element of `others` goes before one of `own` only when it stood before it already. */
function interleave(
  others: readonly unknown[],
  own: readonly unknown[],
  { before, keyOf }: { before: Positions; keyOf: KeyOf },
): unknown[] {
  const all: unknown[] = [];
  let next = 0;
  for (const one of own) {
    const place = before.get(keyOf(one));
    while (next < others.length && place !== undefined) {
      const other = before.get(keyOf(others[next]));
      if (other === undefined || other >= place) break;
      all.push(others[next]);
      next += 1;
    }
    all.push(one);
  }
  return [...all, ...others.slice(next)];
}
