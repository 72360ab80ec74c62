// Port-forward by SPDY: for each connection the client opens an error and a data stream, which name
// the port and belong together by their request ID.
// @see kubernetes cri-streaming/pkg/streaming/portforward/httpstream.go

import type { Clock } from "@kubonsai/clock";
import type { Duplex } from "node:stream";
import { errorText } from "../text/describe.ts";
import { SpdySession } from "./spdy/session.ts";
import type { SpdyStream } from "./spdy/stream.ts";

const STREAM_CREATION_TIMEOUT_MS = 30_000;

interface Forwarding {
  clock: Clock;
  /** @throws Error with the text for the error stream */
  dial: (port: number) => Promise<Duplex>;
}

interface Pair {
  data?: SpdyStream;
  error?: SpdyStream;
}

export function forwardBySpdy(connection: Duplex, { clock, dial }: Forwarding): void {
  const pairs = new Map<string, Pair>();
  new SpdySession(connection, (stream) => {
    const { port, type, requestId } = labelsOf(stream);
    const pair = pairs.get(requestId) ?? {};
    if (pair[type]) throw new Error(`${type} stream already assigned`);
    pair[type] = stream;
    const { data, error } = pair;
    if (data && error) {
      pairs.delete(requestId);
      return void forward({ data, error }, () => dial(port));
    }
    pairs.set(requestId, pair);
    const tooLate = clock.after(STREAM_CREATION_TIMEOUT_MS, () => {
      if (!pairs.delete(requestId)) return;
      if (type === "data") return stream.destroy();
      stream.end(`(request=${requestId}) timed out waiting for streams`);
    });
    stream.once("close", () => tooLate.cancel());
  });
}

/** @throws Error for a stream that says too little */
function labelsOf({ id, headers }: SpdyStream) {
  const port = Number(headers.get("port"));
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error("no port");
  const type = headers.get("streamtype");
  if (type !== "data" && type !== "error") throw new Error(`invalid stream type "${type}"`);
  // very old clients open both right after each other, the error stream first
  const requestId = headers.get("requestid") ?? String(type === "error" ? id : id - 2);
  return { port, type, requestId } as const;
}

async function forward(
  { data, error }: Required<Pair>,
  dial: () => Promise<Duplex>,
): Promise<void> {
  error.resume();
  try {
    const connection = await dial();
    if (data.destroyed) return void connection.destroy();
    join(data, connection);
    connection.once("close", () => error.end());
    connection.once("end", () => error.end());
  } catch (failure) {
    error.end(errorText(failure));
    data.destroy();
  }
}

/** Each direction ends by itself; what breaks on one side breaks on the other. */
function join(data: SpdyStream, connection: Duplex): void {
  data.pipe(connection);
  connection.pipe(data);
  connection.once("error", () => data.destroy());
  connection.once("close", () => {
    if (!data.writableEnded) data.destroy();
  });
  data.once("close", () => connection.destroy());
}
