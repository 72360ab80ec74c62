// Writes an answer's bytes: the headers that every answer carries, warnings, gzip where it pays.

import { constants, gzip } from "node:zlib";
import { promisify } from "node:util";
import type { Call } from "../call.ts";

const compress = promisify(gzip);

/** @see kubernetes apiserver/pkg/endpoints/handlers/responsewriters/writers.go defaultGzipThresholdBytes */
const GZIP_FROM_BYTES = 128 * 1024;

export interface Answer {
  readonly code: number;
  readonly type: string;
  readonly body: Buffer;
  readonly headers?: { readonly [name: string]: string };
}

export async function send(call: Call, answer: Answer): Promise<void> {
  const { response, request } = call;
  // an answer that comes after the deadline's is dropped
  if (response.headersSent) return;
  const headers = standingHeaders(call);
  headers["Content-Type"] = answer.type;
  Object.assign(headers, answer.headers);
  let { body } = answer;
  if (body.length >= GZIP_FROM_BYTES && acceptsGzip(request.headers["accept-encoding"])) {
    body = await compress(body, { level: constants.Z_BEST_SPEED });
    headers["Content-Encoding"] = "gzip";
    headers["Vary"] = "Accept-Encoding";
  }
  headers["Content-Length"] = body.length;
  if (response.headersSent) return;
  response.writeHead(answer.code, headers);
  response.end(request.method === "HEAD" ? undefined : body);
}

/** Audit-Id, Cache-Control and Warning, as on every answer. */
export function standingHeaders(call: Call): { [name: string]: string | number | string[] } {
  const headers: { [name: string]: string | number | string[] } = {
    "Audit-Id": call.auditId,
    "Cache-Control": "no-cache, private",
  };
  if (call.warnings.size > 0) headers["Warning"] = warningHeaders(call.warnings);
  return headers;
}

export function sendText(call: Call, code: number, text: string): Promise<void> {
  return send(call, {
    code,
    type: "text/plain; charset=utf-8",
    body: Buffer.from(text),
    headers: { "X-Content-Type-Options": "nosniff" },
  });
}

const acceptsGzip = (header: string | string[] | undefined) =>
  /\bgzip\b/.test(String(header ?? ""));

/** Longer lists of warnings are cut, so that proxies do not refuse the answer. */
const MAX_WARNING_CHARACTERS = 4 * 1024;

function warningHeaders(warnings: ReadonlySet<string>): string[] {
  const lines: string[] = [];
  let room = MAX_WARNING_CHARACTERS;
  for (const warning of warnings) {
    const text = headerText(warning).slice(0, room);
    if (text === "") break;
    room -= text.length;
    lines.push(`299 - "${text}"`);
  }
  return lines;
}

/** A quoted string of a header: no control characters, quotes escaped, other scripts as UTF-8 bytes. */
const headerText = (text: string) =>
  Buffer.from(text.replace(/[\x00-\x1f\x7f]/g, " ").replace(/["\\]/g, "\\$&")).toString("latin1");
