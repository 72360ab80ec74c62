// What etcd refuses of a transaction before it looks at a key.

import { StoreError, type Operation } from "../contract.ts";
import { isInRange } from "./key-order.ts";

const MOST_OPERATIONS = 128;

/** @throws StoreError for too many operations, or a key that would be written twice */
export function checkWrites(operations: Operation[]): void {
  if (operations.length > MOST_OPERATIONS) {
    throw new StoreError("invalid", "etcdserver: too many operations in txn request");
  }
  const puts = operations.flatMap((one) => ("put" in one ? [one.put.key] : []));
  const isTwice = (key: string, at: number) =>
    puts.indexOf(key) !== at || operations.some((one) => deletes(one, key));
  if (puts.some(isTwice)) {
    throw new StoreError("invalid", "etcdserver: duplicate key given in txn request");
  }
}

function deletes(operation: Operation, key: string): boolean {
  if (!("delete" in operation)) return false;
  const { key: first, rangeEnd } = operation.delete;
  return rangeEnd === undefined ? key === first : isInRange(key, first, rangeEnd);
}
