// Real HTTP bytes for simulated servers: one node:http server per kubelet process, made when the
// first connection comes, serves every listener; it opens no port and keeps no timer.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Address } from "./connection.ts";
import type { HttpHandler, IncomingRequest } from "./listener.ts";

interface Served {
  handler: HttpHandler;
  source: Address;
}

const LARGEST_BODY = 64 * 1024 * 1024;

const served = new WeakMap<object, Served>();
let shared: Server | undefined;

/** Answers the requests that arrive on `stream` with `handler`. */
export function serveHttp(stream: Duplex, handler: HttpHandler, source: Address): void {
  served.set(stream, { handler, source });
  stream.on("error", () => stream.destroy());
  shared ??= makeServer();
  shared.emit("connection", stream);
}

function makeServer(): Server {
  const server = createServer((request, response) => void answer(request, response));
  // a client that has said all it wants to say (`nc`) still waits for the answer
  return Object.assign(server, { httpAllowHalfOpen: true });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { handler, source } = served.get(request.socket)!;
  try {
    const { status, reason, headers, body } = await handler(incoming(request, source));
    const hasBody = request.method !== "HEAD" && status !== 304 && status !== 204;
    response.sendDate = false;
    const connection = response.shouldKeepAlive ? "keep-alive" : "close";
    response.writeHead(status, reason, { ...headers, Connection: connection });
    response.end(hasBody ? body : undefined);
  } catch {
    // the simulated server ended while it was asked: its client sees the connection reset
    request.socket.destroy();
  }
}

function incoming(request: IncomingMessage, source: Address): IncomingRequest {
  return {
    method: request.method ?? "GET",
    target: request.url ?? "/",
    httpVersion: request.httpVersion,
    headers: flat(request.headers),
    remoteAddress: source.ip,
    remotePort: source.port,
    body: () => bodyOf(request),
  };
}

function flat(headers: IncomingMessage["headers"]): { [name: string]: string | undefined } {
  const result: { [name: string]: string | undefined } = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    result[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return result;
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Error("request body too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
