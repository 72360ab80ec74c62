// Changes as they happen: one JSON line per event, on an answer that stays open.

import { holding } from "@kubonsai/clock";
import { badRequest, isReason } from "@kubonsai/api";
import type { Call } from "../call.ts";
import type { Resource } from "../registry/registry.ts";
import { integerOf, watchOptionsOf } from "../request/list-options.ts";
import { negotiateStream } from "../request/negotiate.ts";
import { eventLines } from "./event-lines.ts";
import { WatchStream } from "./watch-stream.ts";

/** Watches that name no time end after one to two times this, so that they do not all end at once. */
const SHORTEST_SECONDS = 1800;

export async function watch(call: Call, resource: Resource): Promise<void> {
  const { rooms, response, info } = call;
  const lines = eventLines(call, resource.kind, negotiateStream(call.request.headers.accept));
  const options = watchOptionsOf(call);
  const seconds = secondsOf(call);
  const ended = new AbortController();
  const stream = new WatchStream(call, lines, () => ended.abort());
  response.once("close", () => ended.abort());
  try {
    await holding(rooms.clock, () => resource.watch(info.namespace, options, stream, ended.signal));
  } catch (error) {
    ended.abort();
    // as from Kubernetes' watch cache: too old a version is told in the stream, not by the answer's code
    if (!isReason(error, "Expired")) throw error;
    stream.open();
    stream.end(error);
    return;
  }
  stream.open();
  const timer = rooms.clock.after(seconds * 1000, () => stream.end());
  const stop = () => stream.end();
  rooms.stopping.addEventListener("abort", stop, { once: true });
  ended.signal.addEventListener("abort", () => {
    timer.cancel();
    rooms.stopping.removeEventListener("abort", stop);
  });
  if (rooms.stopping.aborted) stop();
}

function secondsOf({ query, rooms }: Call): number {
  const asked = integerOf(query, "timeoutSeconds");
  if (asked !== undefined && asked < 0) throw badRequest("timeoutSeconds must not be negative");
  return asked || SHORTEST_SECONDS * (1 + rooms.random.next());
}
