// The wall clock: what every process runs on outside tests and labs.

import { sleepOn, type Clock, type Timer } from "./clock.ts";

/** Node fires a longer timer at once, so longer waits are made of several. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

const nothingToRelease = () => {};

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    return startTimeout(delayMs, run);
  },
  every(periodMs, run) {
    const handle = setInterval(run, periodMs);
    return { cancel: () => clearInterval(handle) };
  },
  sleep(delayMs, signal) {
    return sleepOn(systemClock, delayMs, signal);
  },
  hold: () => nothingToRelease,
};

function startTimeout(delayMs: number, run: () => void): Timer {
  const next = Math.min(Math.max(delayMs, 0), LONGEST_TIMEOUT_MS);
  const rest = delayMs - next;
  let inner: Timer | undefined;
  const handle = setTimeout(() => {
    if (rest > 0) inner = startTimeout(rest, run);
    else run();
  }, next);
  return {
    cancel() {
      clearTimeout(handle);
      inner?.cancel();
    },
  };
}
