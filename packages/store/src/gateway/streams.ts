// The gateway's streams, path by path.

import { CallStream, CALLS_PATH } from "./call-stream.ts";
import { KeepAliveStream } from "./keep-alive-stream.ts";
import type { GatewayParts } from "./parts.ts";
import type { OpenStream, Stream, Transport } from "./transport.ts";
import { WatchStream } from "./watch-stream.ts";

type Open = (transport: Transport, parts: GatewayParts) => Stream;

const streams: ReadonlyMap<string, Open> = new Map<string, Open>([
  ["/v3/watch", (transport, parts) => new WatchStream(transport, parts)],
  ["/v3/lease/keepalive", (transport, parts) => new KeepAliveStream(transport, parts)],
  [CALLS_PATH, (transport, parts) => new CallStream(transport, parts)],
]);

/** Undefined when no stream has the path. */
export function streamAt(path: string, parts: GatewayParts): OpenStream | undefined {
  const open = streams.get(path);
  return open && ((transport) => open(transport, parts));
}
