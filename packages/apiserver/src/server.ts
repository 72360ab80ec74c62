// The HTTPS server: TLS, upgrades through the same chain as requests, an orderly end.

import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { Duplex } from "node:stream";
import { systemClock } from "@kubonsai/clock";
import { buildApp, type App } from "./app.ts";
import type { Rooms } from "./rooms.ts";

export interface ServerOptions {
  host: string;
  port: number;
  tls: { ca: string; cert: string; key: string };
  rooms: Rooms;
}

export interface RunningServer {
  readonly port: number;
  /** Ends what is under way, lasting requests at once, and frees the port. */
  stop(): Promise<void>;
}

const LARGEST_HEADERS_BYTES = 256 * 1024;

/** Longer than clients keep an idle connection, so that they never write into one we just closed. */
const KEEP_ALIVE_MS = 180_000;

/** @throws Error with code EADDRINUSE when the port is taken */
export async function serveHttps(options: ServerOptions): Promise<RunningServer> {
  const { rooms, host, port, tls } = options;
  const app = buildApp(rooms);
  const server = createServer(
    {
      ...tls,
      requestCert: true,
      rejectUnauthorized: false,
      maxHeaderSize: LARGEST_HEADERS_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      IncomingMessage: app.Req,
      ServerResponse: app.Res as typeof ServerResponse,
    },
    app.listener,
  );
  const upgraded = acceptUpgrades(server, app, rooms);
  const underWay = countAnswers(server);
  await listen(server, host, port);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was bound");
  return {
    port: address.port,
    stop: () => drain(server, { upgraded, underWay }),
  };
}

/** exec, attach and port-forward: the same chain, with an answer that writes to the bare socket. */
function acceptUpgrades(server: Server, app: App, { log }: Rooms): Set<Duplex> {
  const sockets = new Set<Duplex>();
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", (err) => log.debug({ err }, "upgraded connection broke"));
    const response = new app.Res(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket as Parameters<typeof response.assignSocket>[0]);
    response.once("finish", () => socket.end());
    app.upgrade(request, response, head);
  });
  return sockets;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

interface Answers {
  readonly open: ReadonlySet<ServerResponse>;
  /** Resolves when none is open. */
  finished(): Promise<void>;
}

function countAnswers(server: Server): Answers {
  const open = new Set<ServerResponse>();
  let onEmpty = () => {};
  server.on("request", (_request, response) => {
    open.add(response);
    response.once("close", () => {
      open.delete(response);
      if (open.size === 0) onEmpty();
    });
  });
  return {
    open,
    finished: () =>
      open.size === 0 ? Promise.resolve() : new Promise((resolve) => (onEmpty = resolve)),
  };
}

const DRAIN_LIMIT_MS = 2000;

interface UnderWay {
  upgraded: ReadonlySet<Duplex>;
  underWay: Answers;
}

async function drain(server: Server, { upgraded, underWay }: UnderWay): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of upgraded) socket.destroy();
  for (const response of underWay.open) {
    if (!response.headersSent) response.shouldKeepAlive = false;
  }
  // Clients outside live on wall time, whatever the cluster's own clock is: nobody moves that one now.
  const limit = systemClock.after(DRAIN_LIMIT_MS, () => server.closeAllConnections());
  await Promise.race([underWay.finished(), closed]);
  server.closeAllConnections();
  await closed;
  limit.cancel();
}
