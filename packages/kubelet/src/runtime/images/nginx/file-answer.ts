// A file as nginx serves it: type, validators, conditions, ranges.

import type { File } from "../../file-system/file-system.ts";
import type { HttpAnswer } from "../../network/listener.ts";
import { errorAnswer, own, type At } from "./answers.ts";
import { reasonOf } from "./pages.ts";
import { setting } from "./site.ts";

export function fileAnswer(at: At, file: File, disk: string): HttpAnswer {
  const { serving, request } = at;
  const seconds = Math.floor(file.meta.modifiedMs / 1000);
  const etag = `"${seconds.toString(16)}-${file.size.toString(16)}"`;
  const lastModified = new Date(seconds * 1000).toUTCString();
  const answer = own(serving, 200, typeOf(at, disk), file.read());
  answer.headers["Last-Modified"] = lastModified;
  answer.headers["ETag"] = etag;
  const asked = request.headers["if-none-match"];
  const since = request.headers["if-modified-since"];
  const isUnchanged = asked !== undefined ? matches(asked, etag) : since === lastModified;
  if (isUnchanged) return notModified(answer);
  answer.headers["Accept-Ranges"] = "bytes";
  return ranged(at, answer);
}

function matches(asked: string, etag: string): boolean {
  return asked === "*" || asked.split(/,\s*/).some((one) => one.replace(/^W\//, "") === etag);
}

function notModified(answer: HttpAnswer): HttpAnswer {
  delete answer.headers["Content-Type"];
  delete answer.headers["Content-Length"];
  return { ...answer, status: 304, reason: reasonOf(304), body: new Uint8Array(0) };
}

function ranged(at: At, answer: HttpAnswer): HttpAnswer {
  const range = /^bytes=(\d*)-(\d*)$/.exec(at.request.headers["range"] ?? "");
  if (!range || (!range[1] && !range[2])) return answer;
  const size = answer.body.length;
  const from = range[1] ? Number(range[1]) : Math.max(0, size - Number(range[2]));
  const to = range[1] && range[2] ? Math.min(size - 1, Number(range[2])) : size - 1;
  if (from > to) {
    const refused = errorAnswer(at, 416);
    refused.headers["Content-Range"] = `bytes */${size}`;
    return refused;
  }
  const body = answer.body.subarray(from, to + 1);
  answer.headers["Content-Length"] = String(body.length);
  answer.headers["Content-Range"] = `bytes ${from}-${to}/${size}`;
  return { ...answer, status: 206, reason: reasonOf(206), body };
}

function typeOf(at: At, disk: string): string {
  const name = disk.slice(disk.lastIndexOf("/") + 1);
  const ending = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";
  const type = at.site.mimeTypes.get(ending) ?? setting("default_type", at)?.[0] ?? "text/plain";
  const charset = setting("charset", at)?.[0];
  return charset && type.startsWith("text/") ? `${type}; charset=${charset}` : type;
}
