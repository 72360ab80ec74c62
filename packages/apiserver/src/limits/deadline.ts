// A request that is not meant to last is answered within a minute, and virtual time waits for it.

import { StatusError } from "@kubonsai/api";
import { sendError } from "../answer/send-error.ts";
import type { Call } from "../call.ts";

const LONGEST_MS = 60_000;

export function startDeadline(call: Call): void {
  const { clock } = call.rooms;
  const release = clock.hold();
  const timer = clock.after(LONGEST_MS, () => void sendError(call, timedOut()));
  call.response.once("close", () => {
    timer.cancel();
    release();
  });
}

const timedOut = () =>
  new StatusError(
    504,
    "Timeout",
    "Timeout: request did not complete within requested timeout - context deadline exceeded",
    {},
  );
