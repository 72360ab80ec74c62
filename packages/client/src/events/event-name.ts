// Names of events: `<object>.<nanoseconds since 1970 in hex>`.
// @see client-go tools/record/util GenerateEventName

import { isReason } from "@kubonsai/api";
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

/** Recorders that speak of one object within a millisecond may choose the same name. */
const TRIES = 10;

/**
 * Creates `event`, under another name (changed in place) when the first is taken.
 * @throws what `create` throws for any other reason
 */
export async function createNamed(
  event: { metadata: { name?: string } },
  { create, rename }: { create: () => Promise<unknown>; rename: () => string },
): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await create();
      return;
    } catch (error) {
      if (!isReason(error, "AlreadyExists") || tries === TRIES) throw error;
      event.metadata.name = rename();
    }
  }
}
