// From a request to Tomcat's answer: the application by its folder, then its files.

import { STATUS_CODES } from "node:http";
import { ErrnoError } from "../../file-system/errno.ts";
import type { File } from "../../file-system/file-system.ts";
import type { HttpAnswer, IncomingRequest } from "../../network/listener.ts";
import type { Process } from "../../process/process.ts";
import { errorPage } from "./pages.ts";
import type { TomcatVersion } from "./versions.ts";

export interface Serving {
  readonly process: Process;
  readonly version: Pick<TomcatVersion, "name" | "major">;
}

const WEBAPPS = "/usr/local/tomcat/webapps";
const WELCOME_FILES = ["index.html", "index.htm", "index.jsp"];
const TYPES: { readonly [ending: string]: string } = {
  css: "text/css", csv: "text/csv", gif: "image/gif", htm: "text/html", html: "text/html",
  ico: "image/x-icon", jpeg: "image/jpeg", jpg: "image/jpeg", js: "text/javascript",
  json: "application/json", jsp: "text/html;charset=UTF-8", pdf: "application/pdf",
  png: "image/png", svg: "image/svg+xml", txt: "text/plain", xml: "application/xml",
}; // prettier-ignore

export function answerRequest(serving: Serving, request: IncomingRequest): HttpAnswer {
  const path = decodedPath(request.target);
  if (path === undefined) return failure(serving, 400, "Invalid URI");
  if (!/^(?:GET|HEAD|POST|OPTIONS)$/.test(request.method)) {
    return failure(serving, 405, `HTTP method ${request.method} is not supported`);
  }
  const { folder, rest } = applicationOf(serving.process, path);
  if (/^\/(?:WEB-INF|META-INF)(?:\/|$)/i.test(rest)) return missing(serving, path);
  try {
    return fileAnswer(serving, request, { path, disk: WEBAPPS + folder + rest });
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    return error.code === "EACCES" ? failure(serving, 403, path) : missing(serving, path);
  }
}

/** `/docs/a.html` belongs to docs when there is such a folder, else to ROOT. */
function applicationOf({ files }: Process, path: string): { folder: string; rest: string } {
  const [, first = ""] = path.split("/");
  const folder = `/${first}`;
  const isOne =
    first !== "" && first !== "ROOT" && files.find(WEBAPPS + folder)?.kind === "directory";
  return isOne ? { folder, rest: path.slice(folder.length) } : { folder: "/ROOT", rest: path };
}

interface Asked {
  path: string;
  disk: string;
}

/** @throws ErrnoError */
function fileAnswer(serving: Serving, request: IncomingRequest, { path, disk }: Asked): HttpAnswer {
  const { files } = serving.process;
  const entry = files.get(disk);
  if (entry.kind !== "directory") return content(serving, request, disk);
  if (!path.endsWith("/")) return redirect(serving, `${path}/`);
  const folder = disk.replace(/\/*$/, "/");
  const name = WELCOME_FILES.find((one) => files.find(folder + one)?.kind === "file");
  return name ? content(serving, request, folder + name) : missing(serving, path);
}

function content(serving: Serving, request: IncomingRequest, disk: string): HttpAnswer {
  const file = serving.process.files.file(disk);
  const name = disk.slice(disk.lastIndexOf("/") + 1);
  const ending = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toLowerCase() : "";
  const type = Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined;
  if (ending === "jsp") return answer(serving, 200, { type, body: compiled(serving, file) });
  const etag = `W/"${file.size}-${Math.floor(file.meta.modifiedMs)}"`;
  const validators = {
    "Accept-Ranges": "bytes",
    ETag: etag,
    "Last-Modified": new Date(file.meta.modifiedMs).toUTCString(),
  };
  const isUnchanged = request.headers["if-none-match"] === etag;
  const made = answer(serving, isUnchanged ? 304 : 200, { type, body: file.read() });
  return { ...made, headers: { ...validators, ...made.headers } };
}

/** Pages are static but for the time: directives and scriptlets leave no trace. */
function compiled({ process }: Serving, file: File): Uint8Array {
  const date = `${new Date(process.now()).toUTCString().replace("GMT", "UTC")}`;
  const text = Buffer.from(file.read())
    .toString()
    .replace(/<%=\s*new java\.util\.Date\(\)\s*%>/g, date)
    .replace(/<%=\s*(\d+)\s*([+*-])\s*(\d+)\s*%>/g, (_whole, a: string, sign: string, b: string) =>
      String(sign === "+" ? +a + +b : sign === "-" ? +a - +b : +a * +b),
    )
    .replace(/<%[^]*?%>\n?/g, "");
  return Buffer.from(text);
}

function missing(serving: Serving, path: string): HttpAnswer {
  const { major } = serving.version;
  const shown = path.replace(/[<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return failure(
    serving,
    404,
    major < 8 ? shown : `The requested resource [${shown}] is not available`,
  );
}

function failure(serving: Serving, status: number, message: string): HttpAnswer {
  const body = Buffer.from(errorPage(status, message, serving.version.name));
  const made = answer(serving, status, { type: "text/html;charset=utf-8", body });
  return { ...made, headers: { "Content-Language": "en", ...made.headers } };
}

function redirect(serving: Serving, target: string): HttpAnswer {
  const made = answer(serving, 302, { type: undefined, body: new Uint8Array(0) });
  return { ...made, headers: { Location: encodeURI(target), ...made.headers } };
}

function answer(
  { process, version }: Serving,
  status: number,
  { type, body }: { type: string | undefined; body: Uint8Array },
): HttpAnswer {
  const headers: { [name: string]: string } = {
    ...(version.major < 8 ? { Server: "Apache-Coyote/1.1" } : {}),
    ...(type ? { "Content-Type": type } : {}),
    "Content-Length": String(body.length),
    Date: new Date(process.now()).toUTCString(),
  };
  return { status, reason: version.major < 8 ? (STATUS_CODES[status] ?? "") : "", headers, body };
}

/** @returns undefined for what is no path */
function decodedPath(target: string): string | undefined {
  const raw = target.split(/[?;]/)[0]!;
  if (!raw.startsWith("/") || /%2f|%5c|%00|\\/i.test(raw)) return undefined;
  let decoded: string;
  try {
    decoded = decodeURIComponent(raw);
  } catch {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of decoded.split("/").slice(1)) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  const end = /\/\.{0,2}$/.test(decoded) && parts.length > 0 ? "/" : "";
  return `/${parts.join("/")}${end}`;
}
