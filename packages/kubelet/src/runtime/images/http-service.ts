// What small HTTP servers of the images have in common: a port, plain answers, Go's way to end.

import { STATUS_CODES } from "node:http";
import { ErrnoError } from "../file-system/errno.ts";
import type { HttpAnswer, HttpHandler } from "../network/listener.ts";
import type { Process } from "../process/process.ts";

/** Open until the process ends. @throws Error in Go's words when the port is taken */
export function openPort(process: Process, port: number, http: HttpHandler): void {
  try {
    process.onEnd(process.world.network.listen({ port, isLoopbackOnly: false, http }));
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    throw new Error(`listen tcp :${port}: bind: ${error.message.toLowerCase()}`);
  }
}

export interface TextOptions {
  status?: number;
  type?: string;
  headers?: { readonly [name: string]: string };
}

export function textAnswer(process: Process, text: string, options: TextOptions = {}): HttpAnswer {
  const { status = 200, type = "text/plain; charset=utf-8", headers = {} } = options;
  const body = Buffer.from(text);
  return {
    status,
    reason: STATUS_CODES[status] ?? "",
    headers: {
      ...headers,
      Date: new Date(process.now()).toUTCString(),
      "Content-Length": String(body.length),
      "Content-Type": type,
    },
    body,
  };
}

/** A Go program without a handler of its own, as first process of a container: exit code 2. */
export async function untilSignalled(process: Process): Promise<number> {
  await process.nextSignal(["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"]);
  return 2;
}

/** What a Go program's log package writes: `2026/06/01 08:00:00 text`. */
export function goLogLine(process: Process, text: string): string {
  const iso = new Date(process.now()).toISOString();
  return `${iso.slice(0, 10).replaceAll("-", "/")} ${iso.slice(11, 19)} ${text}\n`;
}

/** Path and query of a request's target. */
export function partsOf(target: string): { path: string; query: URLSearchParams } {
  const at = target.indexOf("?");
  const path = at < 0 ? target : target.slice(0, at);
  return { path, query: new URLSearchParams(at < 0 ? "" : target.slice(at + 1)) };
}

/** Holds memory from its start on; over the limit it is killed here. */
export function occupy(process: Process, megabytes: number): void {
  process.memoryBytes = megabytes * 1024 * 1024;
  process.world.memoryGrew();
  process.demandAlive();
}
