// Time as every process sees it. Nothing outside this package reads the wall clock or sets a timer.

/** A pending call; `cancel` is idempotent and safe after the call ran. */
export interface Timer {
  cancel(): void;
}

export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `run` once, `delayMs` from now; a delay of 0 or less means "in a later turn". */
  after(delayMs: number, run: () => void): Timer;
  /** Calls `run` every `periodMs`, first after one period, until cancelled. */
  every(periodMs: number, run: () => void): Timer;
  /** Resolves after `delayMs`, or at once when `signal` aborts: check `signal.aborted` afterwards. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
  /**
   * Says that work which no timer stands for is under way (a request, a disk write). Virtual time
   * stands still until the returned function was called; with the system clock it does nothing.
   */
  hold(): () => void;
}

/** Holds `clock` for as long as `work` takes. */
export async function holding<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const release = clock.hold();
  try {
    return await work();
  } finally {
    release();
  }
}

/** `sleep` in terms of `after`, shared by the clocks. */
export function sleepOn(
  clock: Pick<Clock, "after">,
  delayMs: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = () => {
      timer.cancel();
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const timer = clock.after(delayMs, finish);
    signal?.addEventListener("abort", finish);
  });
}
