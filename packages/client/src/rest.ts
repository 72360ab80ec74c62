// JSON requests: bodies out, objects or typed errors in, and patience with a server under load.

import { StatusError, type Status } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import type { Answer, Call, Transport } from "./transport.ts";

/** How often a request is repeated that the server asks to bring again later. */
const MOST_REPEATS = 10;

/** The answer's JSON, `undefined` when it has none. @throws StatusError, UnavailableError */
export async function request(transport: Transport, clock: Clock, call: Call): Promise<unknown> {
  for (let repeats = 0; ; repeats++) {
    const answer = await transport.send(call);
    if (answer.status >= 200 && answer.status < 300) return parsed(answer);
    const waitMs = askedWaitMs(answer);
    if (waitMs === undefined || repeats >= MOST_REPEATS) {
      throw answeredError(answer.status, answer.body);
    }
    await clock.sleep(waitMs);
  }
}

/** The error that a non-2xx answer stands for. */
export function answeredError(code: number, body: Buffer): StatusError {
  const text = body.toString("utf8");
  return StatusError.from(statusIn(text) ?? unexplained(code, text));
}

function statusIn(text: string): Status | undefined {
  try {
    const value = JSON.parse(text) as Partial<Status> | null;
    return value?.kind === "Status" ? (value as Status) : undefined;
  } catch {
    return undefined; // not JSON: a proxy's page, or the last words of a dying server
  }
}

const unexplained = (code: number, text: string): Status => ({
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Failure",
  message: `the server answered ${code}: ${text.slice(0, 200)}`,
  code,
});

/** Retry-After, where it is a promise that another try makes sense: 429 and server errors. */
function askedWaitMs({ status, headers }: Answer): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const seconds = Number(headers["retry-after"]);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function parsed({ body }: Answer): unknown {
  return body.length === 0 ? undefined : JSON.parse(body.toString("utf8"));
}
