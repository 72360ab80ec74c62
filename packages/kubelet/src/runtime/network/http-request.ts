// One HTTP request, as probes, hooks and wget make it: straight to the handler where there is one.

import { request as httpRequest, type IncomingMessage } from "node:http";
import type { Clock } from "@kubonsai/clock";
import { reachHost, streamTo, type Dialer } from "./dial.ts";
import type { Reached } from "./fabric.ts";
import type { HttpAnswer } from "./listener.ts";
import type { HttpRequest, HttpResponse } from "./network.ts";

export interface RequestOptions {
  /** Bytes of the answer's body to keep; default all. */
  mostBytes?: number;
  body?: Uint8Array;
}

const HEADERS_TIMEOUT =
  "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
const NOTHING = new Uint8Array(0);

/** @throws DialError, or Error in Go's words */
export async function requestHttp(
  dialer: Dialer,
  request: HttpRequest,
  { mostBytes = Infinity, body = NOTHING }: RequestOptions = {},
): Promise<HttpResponse> {
  const { host, port, timeoutMs } = request;
  const { clock } = dialer.fabric;
  const startedMs = clock.now();
  const reached = await reachHost(dialer, host, port, timeoutMs);
  demandSameProtocol(reached, request.tls);
  const restMs = timeoutMs - (clock.now() - startedMs);
  const answer = reached.listener.http
    ? askHandler(reached, request, body)
    : askStream(reached, request, body);
  const { status, headers, body: content } = await within(clock, restMs, answer);
  const kept = request.method === "HEAD" ? NOTHING : content.subarray(0, mostBytes);
  return { status, headers: lowerCased(headers), body: kept };
}

function demandSameProtocol({ listener }: Reached, isTls: boolean): void {
  if (!listener.http || listener.tls === "either") return;
  if (isTls && !listener.tls) throw new Error("http: server gave HTTP response to HTTPS client");
}

function askHandler(
  { listener, source }: Reached,
  request: HttpRequest,
  body: Uint8Array,
): HttpAnswer | Promise<HttpAnswer> {
  const headers: { [name: string]: string } = Object.create(null);
  const isUsualPort = request.port === (request.tls ? 443 : 80);
  headers["host"] = isUsualPort ? request.host : `${request.host}:${request.port}`;
  for (const [name, value] of Object.entries(request.headers)) headers[name.toLowerCase()] = value;
  return listener.http!({
    method: request.method,
    target: request.path,
    httpVersion: "1.1",
    headers,
    remoteAddress: source.ip,
    remotePort: source.port,
    body: () => Promise.resolve(body),
  });
}

/** Real HTTP over the bytes, for servers that are scripts. */
function askStream(reached: Reached, request: HttpRequest, body: Uint8Array): Promise<HttpAnswer> {
  const stream = streamTo(reached);
  return new Promise<HttpAnswer>((resolve, reject) => {
    const { host, port, method, path, headers } = request;
    const options = { host, port, method, path, headers, createConnection: () => stream };
    const sent = httpRequest(options, (response) => {
      collect(response).then((content) => {
        stream.destroy();
        const { statusCode = 0, headers: received } = response;
        resolve({ status: statusCode, headers: plain(received), body: content });
      }, reject);
    });
    sent.on("error", (error: NodeJS.ErrnoException) => reject(new Error(goText(error))));
    sent.end(body.length > 0 ? body : undefined);
  });
}

function goText(error: NodeJS.ErrnoException): string {
  if (error.code === "ECONNRESET") return "EOF";
  if (error.code?.startsWith("HPE_")) return "net/http: HTTP/1.x transport connection broken";
  return error.message;
}

async function collect(response: IncomingMessage): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function plain(headers: IncomingMessage["headers"]): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

function lowerCased(headers: { [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

/** An answer at once costs no timer; a slow one is waited for on the clock. */
async function within(
  clock: Clock,
  timeoutMs: number,
  answer: HttpAnswer | Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  if (!(answer instanceof Promise)) return answer;
  let timer;
  const timeout = new Promise<never>((_, reject) => {
    timer = clock.after(timeoutMs, () => reject(new Error(HEADERS_TIMEOUT)));
  });
  try {
    return await Promise.race([answer, timeout]);
  } finally {
    (timer as { cancel(): void } | undefined)?.cancel();
  }
}
