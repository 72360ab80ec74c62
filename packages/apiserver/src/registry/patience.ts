// Waiting a while for others. Virtual time cannot pass while a request holds it, and the very request
// that waits may be held; then the turns of the event loop are counted instead.

import type { Clock } from "@kubonsai/clock";

/** Far more turns than a relay over sockets and disk takes; a running clock ticks long before. */
const TURNS = 20_000;

/** Resolves after `limitMs`, or when time stands still. `signal` ends it early. */
export async function patience(clock: Clock, limitMs: number, signal: AbortSignal): Promise<void> {
  const start = clock.now();
  const elapsed = clock.sleep(limitMs, signal);
  for (let turn = 0; turn < TURNS; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (signal.aborted || clock.now() !== start) return elapsed;
  }
}
