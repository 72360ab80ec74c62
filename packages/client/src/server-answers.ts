// Waits for an API server that is just starting.

import type { Clock } from "@kubonsai/clock";
import { connectClient } from "./connect-client.ts";
import type { Connection } from "./connection.ts";

/** A refused connection costs next to nothing, and everyone waits for this one answer. */
const ASK_AGAIN_MS = 20;

/** Resolves when the server answers, or when `signal` aborts. */
export async function serverAnswers(
  connection: Connection,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  const client = connectClient(connection, { clock });
  while (!signal.aborted && !(await isAnswering())) await clock.sleep(ASK_AGAIN_MS, signal);
  client.close();

  /** Every failure means "not yet": the caller's first request tells what is wrong for good. */
  async function isAnswering(): Promise<boolean> {
    return client.raw("GET", "/version").then(
      () => true,
      () => false,
    );
  }
}
