// A store that could not be reached, and whether it may have been told something all the same.

import { StoreError } from "../contract.ts";

export class Unreachable extends StoreError {
  /** The call did not get there: it can be made elsewhere. */
  readonly wasNotSent: boolean;

  constructor(reason: string, { wasNotSent }: { wasNotSent: boolean }) {
    super("unavailable", `the store cannot be reached: ${reason}`);
    this.wasNotSent = wasNotSent;
  }
}

const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOENT",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "ENETUNREACH",
]);

export function unreachable(error: Error): Unreachable {
  const { code } = error as NodeJS.ErrnoException;
  return new Unreachable(error.message, { wasNotSent: NOT_CONNECTED.has(code ?? "") });
}
