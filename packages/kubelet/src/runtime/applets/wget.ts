// wget and curl: HTTP requests from inside a pod.

import { isIP } from "node:net";
import type { Process } from "../process/process.ts";
import { requestHttp } from "../network/http-request.ts";
import { DialError, type HttpResponse } from "../network/network.ts";
import { resolveHost } from "./resolve-host.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { parseOptions, type Parsed } from "./options.ts";

const TIMEOUT_MS = 900_000;
const MOST_REDIRECTS = 10;

interface Target {
  host: string;
  ip: string;
  port: number;
  path: string;
  tls: boolean;
}

interface Asked {
  method: string;
  headers: { [name: string]: string };
  body: Uint8Array;
  timeoutMs: number;
}

/** @returns undefined when the name does not resolve */
function targetOf(process: Process, url: string): Target | string {
  const match = /^(?:(https?):\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?([^#]*)/.exec(url);
  const [, scheme = "http", host = "", port, path = ""] = match ?? [];
  const ip = isIP(host) ? host : resolveHost(process, host)?.[0];
  if (ip === undefined) return host;
  const tls = scheme === "https";
  const target = path.startsWith("/") ? path : `/${path}`;
  return { host, ip, port: Number(port ?? (tls ? 443 : 80)), path: target, tls };
}

function ask(process: Process, target: Target, asked: Asked): Promise<HttpResponse> {
  const { network } = process.world;
  const { ip, port, path, tls } = target;
  const isUsual = port === (tls ? 443 : 80);
  const host = isUsual ? target.host : `${target.host}:${port}`;
  const headers = { host, ...asked.headers };
  const dialer = { fabric: network.fabric, from: network };
  const request = {
    host: ip,
    port,
    tls,
    method: asked.method,
    path,
    headers,
    timeoutMs: asked.timeoutMs,
  };
  return process.until(requestHttp(dialer, request, { body: asked.body }));
}

const WGET =
  "qO:T:t:SP:cY:U:U[spider][header]:[post-data]:[timeout]:[tries]:[quiet][output-document]:[no-check-certificate][server-response][user-agent]:";

async function wget(process: Process): Promise<number> {
  const options = await parseOptions(process, WGET);
  if (typeof options === "number") return options;
  let url = options.operands[0];
  if (url === undefined) return complaint(process, "missing URL");
  const post = options.value("post-data");
  const seconds = Number(options.value("T", "timeout") ?? TIMEOUT_MS / 1000);
  const headers: { [name: string]: string } = {
    "user-agent": options.value("U", "user-agent") ?? "Wget",
  };
  for (const header of options.values("header")) addHeader(headers, header);
  const asked = {
    method: post === undefined ? "GET" : "POST",
    headers,
    body: Buffer.from(post ?? ""),
    timeoutMs: seconds * 1000,
  };
  for (let round = 0; round < MOST_REDIRECTS; round++) {
    const target: Target | string = targetOf(process, url);
    if (typeof target === "string") return complaint(process, `bad address '${target}'`);
    if (!options.has("q", "quiet"))
      await process.complain(`Connecting to ${target.host} (${target.ip}:${target.port})\n`);
    const response = await wgetOnce(process, target, asked);
    if (typeof response === "number") return response;
    if (options.has("S", "server-response")) await process.complain(headerLines(response, "  "));
    const location: string | undefined = response.headers["location"];
    if (response.status >= 300 && response.status < 400 && location) url = absolute(location, url);
    else return finishWget(process, options, { response, url });
  }
  return complaint(process, "too many redirections");
}

async function wgetOnce(
  process: Process,
  target: Target,
  asked: Asked,
): Promise<HttpResponse | number> {
  try {
    return await ask(process, target, asked);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.demandAlive();
    if (!(error instanceof DialError))
      return complaint(
        process,
        /deadline/.test(error.message)
          ? "download timed out"
          : "error getting response: Connection reset by peer",
      );
    if (error.reason === "timeout") return complaint(process, "download timed out");
    const why = error.reason === "refused" ? "Connection refused" : "Host is unreachable";
    return complaint(process, `can't connect to remote host (${target.ip}): ${why}`);
  }
}

async function finishWget(
  process: Process,
  options: Parsed,
  { response, url }: { response: HttpResponse; url: string },
): Promise<number> {
  if (response.status >= 400) {
    return complaint(
      process,
      `server returned error: HTTP/1.1 ${response.status} ${reason(response.status)}`,
      process.flavour === "gnu" ? 8 : 1,
    );
  }
  const isQuiet = options.has("q", "quiet");
  if (options.has("spider")) {
    if (!isQuiet) await process.complain("remote file exists\n");
    return 0;
  }
  const output =
    options.value("O", "output-document") ??
    (url.replace(/[?#].*$/, "").replace(/^.*\//, "") || "index.html");
  if (output === "-") {
    if (!isQuiet) await process.complain("writing to stdout\n");
    await process.print(response.body);
  } else {
    if (!isQuiet) await process.complain(`saving to '${output}'\n`);
    process.files.create(output).write(response.body);
    if (!isQuiet) await process.complain(`'${output}' saved\n`);
  }
  return 0;
}

const CURL =
  "sSfLikvIGgXo:H:d:m:w:u:A:e:b:c:x:T:F:N0#OX:[silent][show-error][fail][location][include][insecure][verbose][head][request]:[output]:[header]:[data]:[data-raw]:[data-binary]:[max-time]:[connect-timeout]:[write-out]:[user-agent]:[retry]:[retry-delay]:[retry-connrefused][no-progress-meter][resolve]:[json]:";

async function curl(process: Process): Promise<number> {
  const options = await parseOptions(process, CURL);
  if (typeof options === "number") return 2;
  let url = options.operands[0];
  if (url === undefined) return complaint(process, "no URL specified", 2);
  const data = options.values("d", "data", "data-raw", "data-binary", "json");
  const headers: { [name: string]: string } = {
    "user-agent": options.value("A", "user-agent") ?? "curl/8.5.0",
    accept: "*/*",
  };
  if (data.length > 0)
    headers["content-type"] = options.has("json")
      ? "application/json"
      : "application/x-www-form-urlencoded";
  for (const header of options.values("H", "header")) addHeader(headers, header);
  const isHead = options.has("I", "head");
  const method =
    options.value("X", "request") ?? (isHead ? "HEAD" : data.length > 0 ? "POST" : "GET");
  const limit = options.value("m", "max-time") ?? options.value("connect-timeout");
  const asked = {
    method,
    headers,
    body: Buffer.from(data.join("&")),
    timeoutMs: limit ? Number(limit) * 1000 : TIMEOUT_MS,
  };
  for (let round = 0; round <= MOST_REDIRECTS; round++) {
    const target: Target | string = targetOf(process, url);
    if (typeof target === "string")
      return curlError(process, options, 6, `Could not resolve host: ${target}`);
    const response = await curlOnce(process, options, { target, asked });
    if (typeof response === "number") return response;
    const location: string | undefined = response.headers["location"];
    const isFollowed =
      options.has("L", "location") && response.status >= 300 && response.status < 400 && location;
    if (!isFollowed) return finishCurl(process, options, { response, isHead });
    url = absolute(location, url);
  }
  return curlError(process, options, 47, `Maximum (${MOST_REDIRECTS}) redirects followed`);
}

async function curlOnce(
  process: Process,
  options: Parsed,
  { target, asked }: { target: Target; asked: Asked },
): Promise<HttpResponse | number> {
  try {
    return await ask(process, target, asked);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.demandAlive();
    const isDial = error instanceof DialError;
    const isLate = isDial ? error.reason === "timeout" : /deadline/.test(error.message);
    if (isLate)
      return curlError(
        process,
        options,
        28,
        `Connection timed out after ${asked.timeoutMs} milliseconds`,
      );
    if (!isDial) return curlError(process, options, 52, "Empty reply from server");
    return curlError(
      process,
      options,
      7,
      `Failed to connect to ${target.host} port ${target.port} after 0 ms: Couldn't connect to server`,
    );
  }
}

async function curlError(
  process: Process,
  options: Parsed,
  code: number,
  text: string,
): Promise<number> {
  const isQuiet = options.has("s", "silent") && !options.has("S", "show-error");
  if (!isQuiet) await process.complain(`curl: (${code}) ${text}\n`);
  return code;
}

async function finishCurl(
  process: Process,
  options: Parsed,
  { response, isHead }: { response: HttpResponse; isHead: boolean },
): Promise<number> {
  if (options.has("f", "fail") && response.status >= 400) {
    return curlError(process, options, 22, `The requested URL returned error: ${response.status}`);
  }
  const head = isHead || options.has("i", "include") ? `${headerLines(response, "")}\r\n` : "";
  const output = options.value("o", "output");
  const whole = Buffer.concat([Buffer.from(head), isHead ? new Uint8Array(0) : response.body]);
  if (output === undefined || output === "-") await process.print(whole);
  else if (output !== "/dev/null") process.files.create(output).write(whole);
  const format = options.value("w", "write-out");
  if (format) await process.print(written(format, response));
  return 0;
}

function written(format: string, { status, body, headers }: HttpResponse): string {
  const values: { readonly [name: string]: string } = {
    http_code: String(status),
    response_code: String(status),
    size_download: String(body.length),
    content_type: headers["content-type"] ?? "",
    time_total: "0.001000",
  };
  const text = format.replace(/%\{(\w+)\}/g, (_whole, name: string) => values[name] ?? "");
  return text.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
}

function addHeader(headers: { [name: string]: string }, header: string): void {
  const colon = header.indexOf(":");
  if (colon > 0)
    headers[header.slice(0, colon).trim().toLowerCase()] = header.slice(colon + 1).trim();
}

function headerLines({ status, headers }: HttpResponse, indent: string): string {
  const lines = Object.entries(headers).map(
    ([name, value]) => `${indent}${titled(name)}: ${value}\r\n`,
  );
  return `${indent}HTTP/1.1 ${status} ${reason(status)}\r\n${lines.join("")}`;
}

function titled(name: string): string {
  return name === "etag" ? "ETag" : name.replace(/(?:^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

function absolute(location: string, base: string): string {
  if (/^https?:/.test(location)) return location;
  const origin = /^(?:https?:\/\/)?[^/]+/.exec(base)?.[0] ?? "";
  return origin + (location.startsWith("/") ? location : `/${location}`);
}

const REASONS: { readonly [status: number]: string } = {
  200: "OK",
  204: "No Content",
  301: "Moved Permanently",
  302: "Moved Temporarily",
  304: "Not Modified",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Not Allowed",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Time-out",
};

function reason(status: number): string {
  return REASONS[status] ?? "";
}

export const web: Applets = { wget, curl };
