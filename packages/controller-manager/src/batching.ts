// Large services change in bursts; then one write answers many changes.

const LARGE = 100;
const BATCH_MS = 200;

/** How long to wait for more changes of a service that has so many endpoints. */
export function batchDelayMs(endpoints: number): number {
  return endpoints > LARGE ? BATCH_MS : 0;
}
