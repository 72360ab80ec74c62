// The whole HTTP server behind the plain connections: streams, health, figures, snapshots, and calls in
// any form that HTTP allows.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { WebSocketServer } from "ws";
import { requestTooLarge } from "../etcd-error.ts";
import { CALLS_PATH } from "./call-stream.ts";
import { calls, carryOut } from "./calls.ts";
import { CLUSTER_VERSION, VERSION } from "./encode-answers.ts";
import { carryOverHttp } from "./http-transport.ts";
import { LARGEST_BODY_BYTES } from "./limits.ts";
import { metricsText } from "./metrics.ts";
import type { GatewayParts } from "./parts.ts";
import { sendSnapshot } from "./send-snapshot.ts";
import { streamAt } from "./streams.ts";
import { carryOverWebSocket } from "./web-socket-transport.ts";

const KEEP_ALIVE_MS = 120_000;
const JSON_TYPE = "application/json";
const TEXT_TYPE = "text/plain; charset=utf-8";
const METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const HEALTH = '{"health":"true"}';
const VERSIONS = JSON.stringify({ etcdserver: VERSION, etcdcluster: CLUSTER_VERSION });
const SNAPSHOT_PATH = "/v3/maintenance/snapshot";

/** Listens nowhere: connections are given to it. */
export function createHttpServer(parts: GatewayParts): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) =>
    route(request, response, parts),
  );
  const upgrader = new WebSocketServer({
    noServer: true,
    maxPayload: 16 * LARGEST_BODY_BYTES,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  server.on("upgrade", (request, wire, head) => {
    wire.on("error", () => wire.destroy());
    const open = streamAt(pathOf(request), parts);
    if (!open) return wire.end("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    upgrader.handleUpgrade(request, wire, head, (socket) => carryOverWebSocket(socket, wire, open));
  });
  // what node does for a server that listens: time-outs of half-sent requests
  server.emit("listening");
  return server;
}

function route(request: IncomingMessage, response: ServerResponse, parts: GatewayParts): void {
  const path = pathOf(request);
  const page = pages.get(path);
  if (page) return page(response, parts);
  const call = calls.get(path);
  // lines of calls are for WebSockets alone
  const stream = path === CALLS_PATH ? undefined : streamAt(path, parts);
  if (!call && !stream && path !== SNAPSHOT_PATH) return text(response, 404, "Not Found\n");
  if (request.method !== "POST") return text(response, 405, "Method Not Allowed\n");
  if (stream) return carryOverHttp(request, response, stream);
  if (!call) return void sendSnapshot(response, parts);
  readBody(request, (body) => {
    if (body === undefined)
      return json(response, requestTooLarge().status, requestTooLarge().toJson());
    carryOut(call, body, { parts, done: (status, answer) => json(response, status, answer) });
  });
}

const pages = new Map<string, (response: ServerResponse, parts: GatewayParts) => void>([
  ["/health", (response) => json(response, 200, HEALTH)],
  ["/version", (response) => json(response, 200, VERSIONS)],
  [
    "/metrics",
    (response, parts) => {
      metricsText(parts).then(
        (figures) => send(response, { status: 200, type: METRICS_TYPE, body: figures }),
        (error: unknown) => {
          parts.onFailure(error);
          text(response, 500, "the figures cannot be told\n");
        },
      );
    },
  ],
]);

/** Calls `done` once, with nothing when it is too large; one that breaks off has nobody to answer to. */
function readBody(request: IncomingMessage, done: (text: string | undefined) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LARGEST_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on("end", () => {
    done(length > LARGEST_BODY_BYTES ? undefined : Buffer.concat(chunks).toString());
  });
  request.on("error", () => request.destroy());
}

const pathOf = ({ url = "" }: IncomingMessage): string => {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
};

const json = (response: ServerResponse, status: number, body: string): void =>
  send(response, { status, type: JSON_TYPE, body });

const text = (response: ServerResponse, status: number, body: string): void =>
  send(response, { status, type: TEXT_TYPE, body });

function send(
  response: ServerResponse,
  { status, type, body }: { status: number; type: string; body: string },
): void {
  // all of the gateway's text is ASCII
  response.writeHead(status, { "content-type": type, "content-length": body.length });
  response.end(body, "latin1");
}
