// proxy_pass: the request goes on to another server of the simulated network.

import { requestHttp } from "../../network/http-request.ts";
import type { HttpAnswer } from "../../network/listener.ts";
import { DialError, type HttpResponse } from "../../network/network.ts";
import { errorAnswer, own, substituted, type At } from "./answers.ts";

const CONNECT_TIMEOUT_MS = 60_000;

export async function proxied(at: At): Promise<HttpAnswer> {
  const written = at.location!.block.find(({ name }) => name === "proxy_pass")!.args[0] ?? "";
  const match = /^(https?):\/\/([^/:]+)(?::(\d+))?(\/.*)?$/.exec(substituted(at, written));
  if (!match) return errorAnswer(at, 500);
  const [, scheme, host = "", port, prefix] = match;
  const upstream = upstreamOf(at, host);
  const isTls = scheme === "https";
  const target = { host: upstream.host, port: upstream.port ?? Number(port ?? (isTls ? 443 : 80)) };
  try {
    const response = await ask(at, target, isTls, pathFor(at, prefix));
    return passedBack(at, response);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    at.serving.complain(`${error.message} while connecting to upstream`, at.request);
    const isLate = error instanceof DialError ? error.reason === "timeout" : true;
    return errorAnswer(at, isLate ? 504 : 502);
  }
}

/** The first server of an `upstream` block of this name. */
function upstreamOf(at: At, host: string): { host: string; port: number | undefined } {
  const block = at.site.http.find(({ name, args }) => name === "upstream" && args[0] === host);
  const server = block?.block?.find(({ name }) => name === "server")?.args[0];
  if (!server) return { host, port: undefined };
  const [name = host, port] = server.split(":");
  return { host: name, port: port ? Number(port) : 80 };
}

function pathFor(at: At, prefix: string | undefined): string {
  const { target } = at.request;
  if (prefix === undefined) return target;
  return prefix + target.slice(at.location!.path.length);
}

async function ask(
  at: At,
  target: { host: string; port: number },
  tls: boolean,
  path: string,
): Promise<HttpResponse> {
  const { process } = at.serving;
  const { network } = process.world;
  const headers: { [name: string]: string } = {};
  for (const [name, value] of Object.entries(at.request.headers)) {
    if (value !== undefined && name !== "connection") headers[name] = value;
  }
  headers["host"] = target.host;
  for (const { name, args } of at.location!.block) {
    if (name === "proxy_set_header" && args[0])
      headers[args[0].toLowerCase()] = substituted(at, args[1] ?? "");
  }
  const { method } = at.request;
  const request = { ...target, tls, method, path, headers, timeoutMs: CONNECT_TIMEOUT_MS };
  const body = await at.request.body();
  const dialer = { fabric: network.fabric, from: network };
  return process.until(requestHttp(dialer, request, { body }));
}

function passedBack(at: At, response: HttpResponse): HttpAnswer {
  const type = response.headers["content-type"] ?? "text/plain";
  const answer = own(at.serving, response.status, type, response.body);
  for (const [name, value] of Object.entries(response.headers)) {
    const isOwn = ["server", "date", "content-type", "content-length", "connection"].includes(name);
    if (!isOwn && name !== "transfer-encoding" && name !== "keep-alive")
      answer.headers[name] = value;
  }
  return answer;
}
