// Keys waiting for a control loop. A key is there once, however often it is added; a key in work
// comes again afterwards if it was added meanwhile; failures come back with exponential delay.
// @see client-go util/workqueue

export interface WorkQueue<K = string> {
  add(key: K): void;
  /** Adds it `delayMs` from now, or earlier if it is already due earlier. */
  addAfter(key: K, delayMs: number): void;
  /** Adds it after a delay that doubles with every failure of the key: 5 ms … 1000 s. */
  addRateLimited(key: K): void;
  /** Ends the key's row of failures. */
  forget(key: K): void;
  /** Calls `work` for each key, at most `concurrency` at once, until `signal` aborts. */
  run(work: (key: K) => Promise<void>, options: RunOptions): Promise<void>;
  readonly length: number;
}

export interface RunOptions {
  concurrency: number;
  signal: AbortSignal;
  /** Told of every failure; the key is added again rate-limited. */
  onError: (key: unknown, error: unknown) => void;
}
