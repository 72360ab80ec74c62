// Names of events: `<object>.<nanoseconds since 1970 in hex>`.
// @see client-go tools/record/util GenerateEventName

import type { Clock } from "@kubonsai/clock";

const LONGEST_NAME = 253;

/** Two events of one instant get neighbouring nanoseconds, so that names differ. */
export function eventNames(clock: Clock): (objectName: string) => string {
  let last = 0n;
  return (objectName) => {
    const now = BigInt(Math.floor(clock.now())) * 1_000_000n;
    last = now > last ? now : last + 1n;
    const suffix = `.${last.toString(16)}`;
    return `${objectName.slice(0, LONGEST_NAME - suffix.length)}${suffix}`;
  };
}
