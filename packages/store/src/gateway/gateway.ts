// The store's front: takes connections, plain or over TLS, and knows them all, to end them.

import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { createHttpServer } from "./http-server.ts";
import type { GatewayParts } from "./parts.ts";
import { PlainConnection } from "./plain-connection.ts";

/** PEM. Only clients with a certificate of `ca` are let in. */
export interface ServerTls {
  ca: string;
  cert: string;
  key: string;
}

export interface Gateway {
  server: Server;
  /** Ends streams and idle connections; calls under way go on. */
  stopAccepting(): void;
  /** Ends what is left. */
  close(): Promise<void>;
}

export function createGateway(parts: GatewayParts, tls: ServerTls | undefined): Gateway {
  const http = createHttpServer(parts);
  const sockets = new Set<Socket>();
  const accept = (socket: Socket) => {
    const handOver = (one: Socket) => void http.emit("connection", one);
    new PlainConnection(socket, { parts, handOver });
  };
  const options = { allowHalfOpen: true, noDelay: true, keepAlive: true };
  const server = tls
    ? createTlsServer({ ...options, ...tls, requestCert: true, rejectUnauthorized: true }, accept)
    : createServer(options, accept);
  // also those that do not get through TLS
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  // a client that does not get through TLS is not let in, and that is all
  server.on("tlsClientError", () => {});
  const closed = new Promise<void>((resolve) => server.once("close", resolve));
  return {
    server,
    stopAccepting() {
      server.close();
      http.closeIdleConnections();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      http.close();
      return closed;
    },
  };
}
