// A watch as an async iterable of events, read line by line from a streaming answer.

import { StatusError } from "@kubonsai/api";
import type { WatchEvent } from "./client.ts";
import { LineCutter } from "./json-lines.ts";
import { answeredError } from "./rest.ts";
import type { Transport } from "./transport.ts";
import { UnavailableError } from "./unavailable-error.ts";

/** Ends when the server ends it or `signal` aborts. */
export async function* watchStream<T>(
  transport: Transport,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent<T>> {
  if (signal.aborted) return;
  try {
    const response = await transport.open({ method: "GET", path }, signal);
    if (response.statusCode !== 200) {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      throw answeredError(response.statusCode ?? 0, Buffer.concat(chunks));
    }
    const lines = new LineCutter();
    for await (const chunk of response) {
      for (const line of lines.cut(chunk as Buffer)) {
        yield JSON.parse(line) as WatchEvent<T>;
        if (signal.aborted) return;
      }
    }
  } catch (error) {
    if (signal.aborted) return;
    if (error instanceof StatusError || error instanceof UnavailableError) throw error;
    throw new UnavailableError(`the watch broke off: ${String(error)}`, { cause: error });
  }
}
