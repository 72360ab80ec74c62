// The kubelet's HTTPS server: one for all nodes of the process, for the API server alone.

import type { Logger, Running } from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import type { PodWorkers } from "../pods/pod-workers.ts";
import { errorText } from "../text/describe.ts";
import { HttpError } from "./http-error.ts";
import { matchRoute, type Route } from "./path.ts";
import { httpRoutes, streamRoutes, type StreamRoute } from "./routes.ts";
import { Upgrader, type Upgrade } from "./upgrade.ts";

/** PEM */
export interface ServingCertificate {
  cert: string;
  key: string;
  /** Who may sign callers' certificates. */
  clientCa: string;
}

export interface ServerContext {
  workers: PodWorkers;
  clock: Clock;
  log: Logger;
}

export interface ServerOptions extends ServerContext {
  serving: ServingCertificate;
  port: number;
}

/** Listens on 127.0.0.1. @throws Error when the port is taken */
export async function startServer(options: ServerOptions): Promise<Running & { port: number }> {
  const { cert, key, clientCa } = options.serving;
  // a caller without a certificate is told so in HTTP instead of being cut off
  const tls = { cert, key, ca: clientCa, requestCert: true, rejectUnauthorized: false };
  const server = createServer(tls, (request, response) => void answer(options, request, response));
  const upgrader = new Upgrader();
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    upgrade(options, upgrader, { request, socket, head });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        upgrader.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    demandApiserver(request);
    const { handler, parameters } = routeOf(httpRoutes, request);
    await handler(context, { parameters, query: queryOf(request), response });
  } catch (error) {
    refuse(context, response, error);
  }
}

function refuse({ log }: ServerContext, response: ServerResponse, error: unknown): void {
  if (!(error instanceof HttpError)) log.warn({ err: error }, "kubelet request failed");
  if (response.headersSent) return void response.destroy();
  const status = error instanceof HttpError ? error.status : 500;
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(errorText(error));
}

function upgrade(context: ServerContext, upgrader: Upgrader, asked: Upgrade): void {
  const { request, socket } = asked;
  socket.on("error", () => socket.destroy());
  try {
    demandApiserver(request);
    const route: { handler: StreamRoute; parameters: string[] } = routeOf(streamRoutes, request);
    // what cannot be done is said before the protocol changes
    const { parameters } = route;
    upgrader.accept(asked, route.handler(context, { parameters, query: queryOf(request) }));
  } catch (error) {
    const status = error instanceof HttpError ? error.status : 500;
    const body = errorText(error);
    const length = Buffer.byteLength(body);
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_WORDS[status] ?? "Error"}\r\n` +
        "Content-Type: text/plain; charset=utf-8\r\n" +
        `Content-Length: ${length}\r\nConnection: close\r\n\r\n${body}`,
    );
  }
}

const STATUS_WORDS: { [status: number]: string } = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  500: "Internal Server Error",
};

function routeOf<T>(routes: readonly Route<T>[], { method, url = "/" }: IncomingMessage) {
  const path = url.split("?")[0]!;
  const found = matchRoute(routes, path);
  if (!found) throw new HttpError(404, "404 page not found");
  if (method !== "GET" && method !== "POST") throw new HttpError(405, "405: Method Not Allowed");
  return found;
}

const queryOf = ({ url = "/" }: IncomingMessage) => new URL(url, "https://kubelet").searchParams;

/** Pods' logs and shells are for the API server, which knows who may see them. */
function demandApiserver({ socket }: IncomingMessage): void {
  const tls = socket as TLSSocket;
  if (!tls.authorized) throw new HttpError(401, "Unauthorized");
  const { CN, O } = tls.getPeerCertificate().subject ?? {};
  const groups: string[] = O === undefined ? [] : [O].flat();
  if (CN === "kube-apiserver-kubelet-client" || groups.includes("system:masters")) return;
  throw new HttpError(
    403,
    `Forbidden (user=${String(CN)}, verb=get, resource=nodes, subresource=proxy)`,
  );
}
