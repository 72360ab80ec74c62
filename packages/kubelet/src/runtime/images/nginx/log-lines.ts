// nginx's log lines: access, error, and what it says when it starts.

import type { HttpAnswer, IncomingRequest } from "../../network/listener.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** The `main` format of the image's nginx.conf. */
export function accessLine(request: IncomingRequest, answer: HttpAnswer, nowMs: number): string {
  const { method, target, httpVersion, headers, remoteAddress } = request;
  const sent = method === "HEAD" || answer.status === 304 ? 0 : answer.body.length;
  const quoted = (name: string) => `"${headers[name] ?? "-"}"`;
  return (
    `${remoteAddress} - - [${localTime(nowMs)}] "${method} ${target} HTTP/${httpVersion}" ` +
    `${answer.status} ${sent} ${quoted("referer")} ${quoted("user-agent")} ` +
    `${quoted("x-forwarded-for")}\n`
  );
}

export function errorLine(
  request: IncomingRequest,
  text: string,
  where: { nowMs: number; pid: number; count: number; server: string },
): string {
  const { method, target, httpVersion, headers, remoteAddress } = request;
  const { nowMs, pid, count, server } = where;
  return (
    `${errorTime(nowMs)} [error] ${pid}#${pid}: *${count} ${text}, client: ${remoteAddress}, ` +
    `server: ${server}, request: "${method} ${target} HTTP/${httpVersion}", ` +
    `host: "${headers["host"] ?? ""}"\n`
  );
}

export function noticeLine(text: string, nowMs: number, pid: number): string {
  return `${errorTime(nowMs)} [notice] ${pid}#${pid}: ${text}\n`;
}

/** Pods that start within one second share these bytes. */
let started = { key: "", bytes: new Uint8Array(0) };

export function startNotices(version: string, nowMs: number, pid: number): Uint8Array {
  const key = `${version} ${Math.floor(nowMs / 1000)} ${pid}`;
  if (started.key !== key) {
    const texts = [
      'using the "epoll" event method',
      version,
      "built by gcc 12.2.0 (Debian 12.2.0-14)",
      "OS: Linux 6.8.0-kubonsai",
      "getrlimit(RLIMIT_NOFILE): 1048576:1048576",
      "start worker processes",
      "start worker process 29",
    ];
    const lines = texts.map((text) => noticeLine(text, nowMs, pid));
    started = { key, bytes: Buffer.from(lines.join("")) };
  }
  return started.bytes;
}

function localTime(ms: number): string {
  const date = new Date(ms);
  const day = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}`;
  return `${day}:${clockTime(date)} +0000`;
}

function errorTime(ms: number): string {
  const date = new Date(ms);
  const day = `${date.getUTCFullYear()}/${two(date.getUTCMonth() + 1)}/${two(date.getUTCDate())}`;
  return `${day} ${clockTime(date)}`;
}

function clockTime(date: Date): string {
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(":");
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
