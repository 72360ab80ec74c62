// A command's streams as SPDY streams: the client opens one for each, and one for the outcome.
// @see kubernetes cri-streaming/pkg/streaming/remotecommand/httpstream.go

import type { Clock } from "@kubonsai/clock";
import type { Duplex } from "node:stream";
import type { CommandClient, CommandEvents } from "./command-client.ts";
import { SpdySession } from "./spdy/session.ts";
import type { SpdyStream } from "./spdy/stream.ts";

/** Newest first. They differ in the last word: a Status in JSON since v4, a text before. */
export const COMMAND_PROTOCOLS = [
  "v4.channel.k8s.io",
  "v3.channel.k8s.io",
  "v2.channel.k8s.io",
  "channel.k8s.io",
];
const RESIZING = ["v4.channel.k8s.io", "v3.channel.k8s.io"];
const STREAM_CREATION_TIMEOUT_MS = 30_000;

export interface CommandStreams {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

interface Expected {
  streams: CommandStreams;
  protocol: string;
  clock: Clock;
}

/** Calls `serve` once the client has opened all the streams that it asked for. */
export function commandBySpdy(
  connection: Duplex,
  { streams, protocol, clock }: Expected,
  serve: (client: CommandClient) => void,
): void {
  const missing = new Set(typesOf(streams, protocol));
  const opened = new Map<string, SpdyStream>();
  const session = new SpdySession(connection, (stream) => {
    const type = stream.headers.get("streamtype") ?? "";
    if (!missing.delete(type)) throw new Error(`unexpected stream type: "${type}"`);
    opened.set(type, stream);
    if (missing.size > 0) return;
    tooLate.cancel();
    serve(clientOf(session, opened, protocol));
  });
  const tooLate = clock.after(STREAM_CREATION_TIMEOUT_MS, () => session.close());
  session.once("close", () => tooLate.cancel());
}

function typesOf({ stdin, stdout, stderr, tty }: CommandStreams, protocol: string): string[] {
  const types = ["error"];
  if (stdin) types.push("stdin");
  if (stdout) types.push("stdout");
  if (stderr) types.push("stderr");
  if (tty && RESIZING.includes(protocol)) types.push("resize");
  return types;
}

function clientOf(
  session: SpdySession,
  streams: ReadonlyMap<string, SpdyStream>,
  protocol: string,
): CommandClient {
  // what comes on a stream for output is read, so that its end is seen
  for (const name of ["error", "stdout", "stderr"]) streams.get(name)?.resume();
  return {
    async send(name, bytes) {
      const stream = streams.get(name);
      if (stream) await new Promise<void>((resolve) => stream.write(bytes, () => resolve()));
    },
    async finish(status) {
      for (const name of ["stdout", "stderr"]) streams.get(name)?.end();
      const isJson = protocol === "v4.channel.k8s.io";
      streams.get("error")?.end(isJson ? JSON.stringify(status) : textOf(status));
      // the client hangs up when it has read this
    },
    listen(events) {
      session.once("close", () => events.gone());
      void takeInput(streams.get("stdin"), events);
      streams.get("resize")?.on("data", (bytes: Buffer) => events.resized(bytes));
    },
  };
}

/** Before v4, success says nothing. */
function textOf(status: { status?: string; message?: string }): string {
  return status.status === "Success" ? "" : (status.message ?? "");
}

async function takeInput(stdin: SpdyStream | undefined, events: CommandEvents): Promise<void> {
  if (!stdin) return;
  try {
    const chunks = stdin.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const chunk of chunks) {
      // nobody reads any more: what comes is dropped, as by a closed pipe
      await events.input(chunk).catch(() => undefined);
    }
  } catch {
    // reset by the client: it ends as if it were closed
  }
  events.inputEnded();
}
