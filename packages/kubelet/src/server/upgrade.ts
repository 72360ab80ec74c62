// From HTTP to streams: by WebSocket, or by SPDY as Kubernetes' older clients ask for it.

import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { HttpError } from "./http-error.ts";

/** How one connection is served once its protocol is agreed on. */
export interface StreamService {
  readonly webSocket: Way<WebSocket>;
  readonly spdy: Way<Duplex>;
}

interface Way<Connection> {
  /** What both sides know is taken, the first of these before others. */
  readonly protocols: readonly string[];
  /** @param protocol empty when the client named none */
  readonly serve: (connection: Connection, protocol: string) => void;
}

export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What came right behind the request. */
  readonly head: Buffer;
}

const MOST_MESSAGE_BYTES = 16 << 20;

export class Upgrader {
  readonly #sockets: WebSocketServer;
  readonly #agreed = new WeakMap<IncomingMessage, string>();
  readonly #spdy = new Set<Duplex>();

  constructor() {
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: MOST_MESSAGE_BYTES,
      handleProtocols: (_offered, request) => this.#agreed.get(request) ?? false,
    });
  }

  /** @throws HttpError when the two sides have no protocol in common */
  accept(upgrade: Upgrade, service: StreamService): void {
    const { request, socket } = upgrade;
    if (socket instanceof Socket) socket.setNoDelay(true);
    const wanted = String(request.headers.upgrade).toLowerCase();
    if (wanted === "websocket") return this.#acceptWebSocket(upgrade, service.webSocket);
    if (wanted === "spdy/3.1") return this.#acceptSpdy(upgrade, service.spdy);
    throw new HttpError(400, `unable to upgrade: unknown protocol ${JSON.stringify(wanted)}`);
  }

  close(): void {
    for (const client of this.#sockets.clients) client.terminate();
    for (const socket of this.#spdy) socket.destroy();
  }

  #acceptWebSocket({ request, socket, head }: Upgrade, { protocols, serve }: Way<WebSocket>): void {
    const { headers } = request;
    const offered = listOf(headers["sec-websocket-protocol"]);
    const agreed = protocols.find((protocol) => offered.includes(protocol));
    if (agreed !== undefined) this.#agreed.set(request, agreed);
    // the slash in "SPDY/3.1+portforward.k8s.io" is against the RFC, and refused by the library
    if (offered.length > 0) headers["sec-websocket-protocol"] = "offered";
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      client.on("error", () => client.terminate());
      serve(client, agreed ?? "");
    });
  }

  #acceptSpdy({ request, socket, head }: Upgrade, { protocols, serve }: Way<Duplex>): void {
    const offered = listOf(request.headers["x-stream-protocol-version"]);
    const agreed = protocols.find((protocol) => offered.includes(protocol));
    if (offered.length > 0 && agreed === undefined) throw nothingInCommon(offered, protocols);
    const answer = ["HTTP/1.1 101 Switching Protocols", "Connection: Upgrade", "Upgrade: SPDY/3.1"];
    if (agreed !== undefined) answer.push(`X-Stream-Protocol-Version: ${agreed}`);
    socket.write(`${answer.join("\r\n")}\r\n\r\n`);
    if (head.length > 0) socket.unshift(head);
    this.#spdy.add(socket);
    socket.once("close", () => this.#spdy.delete(socket));
    serve(socket, agreed ?? "");
  }
}

function listOf(header: string | string[] | undefined): string[] {
  const texts = header === undefined ? [] : [header].flat();
  return texts.flatMap((text) => text.split(",")).map((text) => text.trim());
}

function nothingInCommon(offered: string[], ours: readonly string[]): HttpError {
  const both = `client supports [${offered.join(" ")}], server accepts [${ours.join(" ")}]`;
  return new HttpError(
    403,
    `unable to upgrade: unable to negotiate protocol: ${both.replace(/\s+/g, " ")}`,
  );
}
