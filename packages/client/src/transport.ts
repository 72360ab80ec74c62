// Bytes to and from one API server over HTTPS: connections are kept alive and TLS sessions resumed.

import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { Agent, request, type RequestOptions } from "node:https";
import { createSecureContext } from "node:tls";
import { holding, type Clock } from "@kubonsai/clock";
import type { Connection } from "./connection.ts";
import { UnavailableError } from "./unavailable-error.ts";

export interface Call {
  method: string;
  /** With query: `/api/v1/pods?limit=500` */
  path: string;
  body?: Buffer;
  contentType?: string;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Transport {
  /** One exchange; virtual time stands still meanwhile. @throws UnavailableError */
  send(call: Call): Promise<Answer>;
  /** An answer whose body is read as it comes; ends when `signal` aborts. @throws UnavailableError */
  open(call: Call, signal: AbortSignal): Promise<IncomingMessage>;
  close(): void;
}

/** Requests at once; watches have connections of their own. More only cost handshakes at the start. */
const MOST_SOCKETS = 8;

/** After this long without an answer a request counts as lost. */
const ANSWER_LIMIT_MS = 60_000;

export function connectTransport(connection: Connection, clock: Clock): Transport {
  const { ca, certificate: cert, key } = connection;
  // a ready context keeps the PEM texts out of the name by which the agent finds idle sockets
  const secureContext = createSecureContext({ ca, cert, key });
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS, secureContext });
  const watchAgent = new Agent({ keepAlive: false, secureContext });
  const optionsFor = requestOptions(connection);
  return {
    send: (call) =>
      holding(clock, () => {
        const options = { ...optionsFor(call), agent };
        return resendOnStaleSocket(call, () => exchange(options, call.body, clock));
      }),
    open: (call, signal) => openStream({ ...optionsFor(call), agent: watchAgent, signal }),
    close() {
      agent.destroy();
      watchAgent.destroy();
    },
  };
}

function requestOptions({ server, token, userAgent }: Connection) {
  const { hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, "");
  const standing: { [name: string]: string } = {
    accept: "application/json",
    "user-agent": userAgent,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
  return ({ method, path, body, contentType }: Call): RequestOptions => ({
    host,
    port: port === "" ? 443 : Number(port),
    method,
    path,
    headers: body
      ? {
          ...standing,
          "content-type": contentType ?? "application/json",
          "content-length": body.length,
        }
      : standing,
  });
}

/** A reading request on a kept connection that the server was just closing is sent once more. */
async function resendOnStaleSocket({ method }: Call, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    if (method === "GET" && error instanceof StaleSocketError) return send();
    throw error;
  }
}

class StaleSocketError extends UnavailableError {}

function exchange(
  options: RequestOptions,
  body: Buffer | undefined,
  clock: Clock,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options);
    const limit = clock.after(ANSWER_LIMIT_MS, () => outgoing.destroy(new Error("no answer")));
    const fail = (error: Error) => {
      limit.cancel();
      reject(unavailable(error, outgoing.reusedSocket));
    };
    outgoing.on("error", fail);
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", fail);
      incoming.on("end", () => {
        limit.cancel();
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
        });
      });
    });
    outgoing.end(body);
  });
}

function openStream(options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(options);
    outgoing.on("error", (error) => reject(unavailable(error, false)));
    outgoing.on("response", resolve);
    outgoing.end();
  });
}

function unavailable(cause: Error & { code?: string }, isReused: boolean): UnavailableError {
  const isStale = isReused && (cause.code === "ECONNRESET" || cause.code === "EPIPE");
  const Kind = isStale ? StaleSocketError : UnavailableError;
  return new Kind(`the API server gave no answer: ${cause.message}`, { cause });
}
