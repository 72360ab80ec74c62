// From a request to nginx's answer: server, location, then what the location says.

import { ErrnoError } from "../../file-system/errno.ts";
import type { File } from "../../file-system/file-system.ts";
import type { HttpAnswer, IncomingRequest } from "../../network/listener.ts";
import { fileAnswer } from "./file-answer.ts";
import {
  diskPath,
  errorAnswer,
  own,
  plainError,
  substituted,
  type At,
  type Serving,
} from "./answers.ts";
import { fastcgiPassed } from "./fastcgi.ts";
import { listing } from "./pages.ts";
import { proxied } from "./proxy.ts";
import { chooseLocation, chooseServer, setting } from "./site.ts";

const MOST_REDIRECTS = 10;

export async function answerRequest(
  serving: Serving,
  request: IncomingRequest,
): Promise<HttpAnswer> {
  const { site, port } = serving;
  const path = decodedPath(request.target);
  const server = chooseServer(site, port, request.headers["host"] ?? "");
  if (path === undefined || !server) return plainError(400, serving);
  return answerPath({ serving, request, site, server, location: undefined, path }, 0);
}

function answerPath(at: At, depth: number): HttpAnswer | Promise<HttpAnswer> {
  if (depth > MOST_REDIRECTS) return plainError(500, at.serving);
  const location = chooseLocation(at.server, at.path);
  return answerAt({ ...at, location }, depth);
}

function answerAt(at: At, depth: number): HttpAnswer | Promise<HttpAnswer> {
  const returned = setting("return", at);
  if (returned) return returnAnswer(at, returned);
  if (at.location?.block.some(({ name }) => name === "proxy_pass")) return proxied(at);
  if (at.location?.block.some(({ name }) => name === "fastcgi_pass")) return fastcgiPassed(at);
  const tried = setting("try_files", at);
  if (tried) return tryFiles(at, tried, depth);
  return staticAnswer(at, depth);
}

function returnAnswer(at: At, [first = "200", text]: readonly string[]): HttpAnswer {
  const isUrl = !/^\d+$/.test(first);
  const status = isUrl ? 302 : Number(first);
  const target = substituted(at, isUrl ? first : (text ?? ""));
  if (status >= 300 && status < 400 && target) return redirect(at, status, target);
  if (text === undefined) return errorAnswer(at, status);
  const type = setting("default_type", at)?.[0] ?? "text/plain";
  return own(at.serving, status, type, Buffer.from(target));
}

function tryFiles(
  at: At,
  candidates: readonly string[],
  depth: number,
): HttpAnswer | Promise<HttpAnswer> {
  const { files } = at.serving.process;
  for (const candidate of candidates.slice(0, -1)) {
    const path = substituted(at, candidate);
    const entry = files.find(diskPath(at, path));
    if (entry?.kind === (path.endsWith("/") ? "directory" : "file")) {
      return staticAnswer({ ...at, path }, depth);
    }
  }
  const last = substituted(at, candidates[candidates.length - 1] ?? "");
  if (last.startsWith("=")) return errorAnswer(at, Number(last.slice(1)));
  if (last.startsWith("@")) {
    const location = at.server.locations.find(({ path }) => path === last);
    return location ? answerAt({ ...at, location }, depth + 1) : errorAnswer(at, 500);
  }
  return answerPath({ ...at, path: last.split("?")[0]! }, depth + 1);
}

function staticAnswer(at: At, depth: number): HttpAnswer | Promise<HttpAnswer> {
  const { method } = at.request;
  if (method !== "GET" && method !== "HEAD") return errorAnswer(at, 405);
  const disk = diskPath(at, at.path);
  try {
    if (at.path.endsWith("/")) return directoryAnswer(at, disk, depth);
    const entry = at.serving.process.files.get(disk);
    if (entry.kind === "directory") return redirect(at, 301, `${at.path}/`);
    return fileAnswer(at, readable(at, disk), disk);
  } catch (error) {
    return fileError(at, error, disk);
  }
}

function readable(at: At, disk: string): File {
  return at.serving.process.files.file(disk);
}

function directoryAnswer(at: At, disk: string, depth: number): HttpAnswer | Promise<HttpAnswer> {
  const { files } = at.serving.process;
  for (const name of setting("index", at) ?? ["index.html"]) {
    if (files.find(disk + name)?.kind !== "file") continue;
    const path = at.path + name;
    const location = chooseLocation(at.server, path);
    if (location !== at.location) return answerPath({ ...at, path }, depth + 1);
    return fileAnswer(at, readable(at, disk + name), disk + name);
  }
  files.directory(disk);
  if (setting("autoindex", at)?.[0] === "on") return listingAnswer(at, disk);
  at.serving.complain(`directory index of "${disk}" is forbidden`, at.request);
  return errorAnswer(at, 403);
}

function listingAnswer(at: At, disk: string): HttpAnswer {
  const { files } = at.serving.process;
  const rows = files.list(disk).map((name) => {
    const entry = files.get(disk + name);
    const isDirectory = entry.kind === "directory";
    const date = new Date(entry.meta.modifiedMs).toUTCString().slice(5, 22).replaceAll(" ", "-");
    const size = entry.kind === "file" ? String(entry.size) : "-";
    return { name: isDirectory ? `${name}/` : name, size, date };
  });
  return own(at.serving, 200, "text/html", Buffer.from(listing(at.path, rows)));
}

const NUMBERS: { readonly [code: string]: number } = { ENOENT: 2, EACCES: 13, ENOTDIR: 20 };

function fileError(at: At, error: unknown, disk: string): HttpAnswer | Promise<HttpAnswer> {
  if (!(error instanceof ErrnoError)) throw error;
  const detail = `(${NUMBERS[error.code] ?? 5}: ${error.message})`;
  const isDirectory = disk.endsWith("/");
  const shown = isDirectory ? `${disk}index.html" is not found ${detail}` : undefined;
  at.serving.complain(shown ? `"${shown}` : `open() "${disk}" failed ${detail}`, at.request);
  return errorAnswer(at, error.code === "EACCES" ? 403 : 404);
}

/** Redirects name the host as the client did, and the port that nginx listens on. */
function redirect(at: At, status: number, target: string): HttpAnswer {
  const { serving, request } = at;
  const host = (request.headers["host"] ?? "localhost").replace(/:\d+$/, "");
  const port = serving.port === 80 ? "" : `:${serving.port}`;
  const isRelative = target.startsWith("/") && setting("absolute_redirect", at)?.[0] !== "off";
  const answer = plainError(status, serving);
  answer.headers["Location"] = isRelative ? `http://${host}${port}${encodeURI(target)}` : target;
  return answer;
}

/** @returns undefined for what nginx calls a bad request */
function decodedPath(target: string): string | undefined {
  const raw = target.startsWith("/") ? target.split("?")[0]! : "";
  if (!raw) return undefined;
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
    } else if (part !== "." && (part !== "" || parts.length === 0)) {
      parts.push(part);
    }
  }
  const isDirectory = /(?:^|\/)\.{0,2}$/.test(decoded);
  const path = `/${parts.filter(Boolean).join("/")}`;
  return isDirectory && path !== "/" ? `${path}/` : path;
}
