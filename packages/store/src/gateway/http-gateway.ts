// The HTTP side of the store: etcd's JSON calls as POST, watches as WebSockets.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { EtcdError, requestTooLarge, stopped } from "../etcd-error.ts";
import type { MultiVersionStore } from "../multi-version/multi-version-store.ts";
import type { WatchHub } from "../watch/watch-hub.ts";
import { calls, type Call } from "./calls.ts";
import { VERSION } from "./encode-answers.ts";
import { parseBody } from "./fields.ts";
import { WatchSocket } from "./watch-socket.ts";

/** etcd's limit for a request, and what base64 makes of it. */
const LARGEST_BODY_BYTES = Math.ceil((1.5 * 1024 * 1024 * 4) / 3) + 4096;
const KEEP_ALIVE_MS = 120_000;

const HEALTH = '{"health":"true"}';
const VERSIONS = JSON.stringify({ etcdserver: VERSION, etcdcluster: "3.5.0" });

export interface GatewayOptions {
  store: MultiVersionStore;
  hub: WatchHub;
  onFailure: (error: unknown) => void;
}

export interface Gateway {
  server: Server;
  /** Ends watches and idle connections; requests under way go on. */
  stopAccepting(): void;
  /** Ends what is left. */
  close(): Promise<void>;
}

export function createGateway(options: GatewayOptions): Gateway {
  const sockets = new Set<WebSocket>();
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) =>
    route(request, response, options),
  );
  acceptWatches(server, (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    new WatchSocket(socket, options.store, options.hub);
  });
  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  return {
    server,
    stopAccepting() {
      server.close();
      for (const socket of sockets) socket.terminate();
      server.closeIdleConnections();
    },
    close() {
      server.closeAllConnections();
      return closed;
    },
  };
}

function acceptWatches(server: Server, accept: (socket: WebSocket) => void): void {
  const upgrader = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_BODY_BYTES,
    perMessageDeflate: false,
  });
  server.on("upgrade", (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    if (pathOf(request) === "/v3/watch") upgrader.handleUpgrade(request, socket, head, accept);
    else socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
  });
}

function route(request: IncomingMessage, response: ServerResponse, options: GatewayOptions): void {
  const path = pathOf(request);
  if (path === "/health") return send(response, 200, HEALTH);
  if (path === "/version") return send(response, 200, VERSIONS);
  const call = calls.get(path);
  if (!call) return notFound(response);
  if (request.method !== "POST") return refuse(response, notAllowed());
  readBody(request, (error, text) => {
    if (error) return refuse(response, error);
    void answer(call, text, { response, ...options });
  });
}

async function answer(
  call: Call,
  text: string,
  { response, store, onFailure }: GatewayOptions & { response: ServerResponse },
): Promise<void> {
  try {
    send(response, 200, await call(store, parseBody(text)));
  } catch (error) {
    if (error instanceof EtcdError) return refuse(response, error);
    if (store.isClosed) return refuse(response, stopped());
    onFailure(error);
    refuse(response, new EtcdError("internal", `etcdserver: internal error: ${String(error)}`));
  }
}

/** Calls `done` once; a body that breaks off has nobody to be answered to. */
function readBody(
  request: IncomingMessage,
  done: (error: EtcdError | undefined, text: string) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= LARGEST_BODY_BYTES) chunks.push(chunk);
    else chunks.length = 0;
  });
  request.on("end", () => {
    if (length > LARGEST_BODY_BYTES) return done(requestTooLarge(), "");
    const [first] = chunks;
    const whole = chunks.length === 1 ? first! : Buffer.concat(chunks);
    done(undefined, whole.toString());
  });
  request.on("error", () => request.destroy());
}

const pathOf = ({ url = "" }: IncomingMessage): string => {
  const query = url.indexOf("?");
  return query < 0 ? url : url.slice(0, query);
};

function refuse(response: ServerResponse, error: EtcdError): void {
  send(response, error.status, error.toJson());
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}

const NOT_FOUND = "Not Found\n";

function notFound(response: ServerResponse): void {
  response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
  response.end(NOT_FOUND);
}

const notAllowed = () => new EtcdError("unimplemented", "Method Not Allowed");
