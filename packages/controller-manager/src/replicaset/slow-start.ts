// Many calls of which all may fail alike: batches of 1, 2, 4, … at once, until the first failure.

/** @throws the first error of the batch that had one; later batches are not begun */
export async function slowStart(count: number, call: () => Promise<void>): Promise<void> {
  let remaining = count;
  for (let size = 1; remaining > 0; size *= 2) {
    const batch = Math.min(size, remaining);
    const results = await Promise.allSettled(Array.from({ length: batch }, call));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
    remaining -= batch;
  }
}
