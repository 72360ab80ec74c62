// The last room on the bad way: whatever was thrown becomes a Status.

import { internalError, StatusError, type Status } from "@kubonsai/api";
import type { Call } from "../call.ts";
import { objectText } from "./pretty.ts";
import { send } from "./send.ts";

export async function sendError(call: Call, thrown: unknown): Promise<void> {
  const { response } = call;
  // nobody is left to hear it: the client went away in the middle of its own request
  if (response.closed) return call.rooms.log.debug({ err: thrown }, "request was given up");
  const status = statusOf(call, thrown);
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const retry = status.details?.retryAfterSeconds;
  await send(call, {
    code: status.code,
    type: "application/json",
    body: objectText(call, Buffer.from(JSON.stringify(status))),
    ...(retry === undefined ? {} : { headers: { "Retry-After": String(retry) } }),
  });
}

/** A Status for anything thrown; what is no StatusError is our mistake, and is logged. */
export function statusOf({ rooms, info, request }: Call, thrown: unknown): Status {
  if (thrown instanceof StatusError) return withoutEmptyDetails(thrown.status);
  const err = thrown instanceof Error ? thrown : new Error(String(thrown));
  rooms.log.error({ err, method: request.method, path: info.path }, "request failed");
  return internalError(err.message).status;
}

function withoutEmptyDetails(status: Status): Status {
  if (status.details?.name !== "") return status;
  const { name: _name, ...details } = status.details;
  return { ...status, details };
}
