// The httpd program: serves its folder, logs in the common format, ends on its signals.

import { STATUS_CODES } from "node:http";
import { errnoOf } from "../../file-system/files.ts";
import type { HttpAnswer, IncomingRequest } from "../../network/listener.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import { occupy, openPort, partsOf, textAnswer } from "../http-service.ts";
import { commonLogTime, errorLogTime } from "./times.ts";

/** What a PHP image adds: a page for each script. */
export interface HttpdOptions {
  /** What comes before the settings of the configuration file. */
  root?: string;
  run?(process: Process, request: IncomingRequest, disk: string): Promise<HttpAnswer>;
}

interface Settings {
  root: string;
  ports: number[];
  index: string[];
}

const TYPES: { readonly [ending: string]: string } = {
  css: "text/css", gif: "image/gif", htm: "text/html", html: "text/html", ico: "image/x-icon",
  jpg: "image/jpeg", js: "text/javascript", json: "application/json", png: "image/png",
  svg: "image/svg+xml", txt: "text/plain", xml: "text/xml",
}; // prettier-ignore

export const httpdProgram: Program = (process) => runHttpd(process, {});

export async function runHttpd(process: Process, options: HttpdOptions): Promise<number> {
  const version = process.env.get("HTTPD_VERSION") ?? "2.4.65";
  const [first = ""] = process.argv.slice(1);
  if (/^-[vV]$/.test(first)) {
    await process.print(`Server version: Apache/${version} (Unix)\n`);
    return 0;
  }
  if (first === "-t" || first === "configtest") {
    await process.complain("Syntax OK\n");
    return 0;
  }
  occupy(process, 9);
  const settings = readSettings(process, options);
  const warning = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${process.world.network.ip}. Set the 'ServerName' directive globally to suppress this message\n`;
  await process.complain(warning);
  for (const port of settings.ports) {
    openPort(process, port, (request) => answer(process, request, { settings, options, version }));
  }
  const note = (code: string, text: string) =>
    process.complain(`[${errorLogTime(process.now())}] [mpm_event:notice] [pid ${process.pid}:tid ${process.pid}] ${code}: ${text}\n`); // prettier-ignore
  await note("AH00489", `Apache/${version} (Unix) configured -- resuming normal operations`);
  await note("AH00094", "Command line: 'httpd -D FOREGROUND'");
  for (;;) {
    const signal = await process.nextSignal(["SIGWINCH", "SIGTERM", "SIGINT", "SIGUSR1", "SIGHUP"]);
    if (signal === "SIGUSR1" || signal === "SIGHUP") continue;
    if (signal === "SIGWINCH") await note("AH00492", "caught SIGWINCH, shutting down gracefully");
    else await note("AH00491", "caught SIGTERM, shutting down");
    return 0;
  }
}

function readSettings({ files }: Process, { root }: HttpdOptions): Settings {
  const path = "/usr/local/apache2/conf/httpd.conf";
  const text = files.find(path)?.kind === "file" ? files.readText(path) : "";
  const values = (name: string) =>
    [...text.matchAll(new RegExp(`^\\s*${name}\\s+(.*)$`, "gim"))].map(([, value = ""]) => value);
  const ports = values("Listen").map((value) => Number(/(\d+)\s*$/.exec(value)?.[1] ?? 80));
  return {
    root: root ?? values("DocumentRoot")[0]?.replaceAll('"', "") ?? "/usr/local/apache2/htdocs",
    ports: ports.length > 0 ? ports : [80],
    index: (values("DirectoryIndex")[0] ?? "index.html").trim().split(/\s+/),
  };
}

interface Serving {
  settings: Settings;
  options: HttpdOptions;
  version: string;
}

async function answer(
  process: Process,
  request: IncomingRequest,
  serving: Serving,
): Promise<HttpAnswer> {
  const made = await find(process, request, serving);
  made.headers["Server"] = `Apache/${serving.version} (Unix)`;
  const { method, target, httpVersion, remoteAddress } = request;
  const size = made.body.length > 0 ? made.body.length : "-";
  await process.print(
    `${remoteAddress} - - [${commonLogTime(process.now())}] ` +
      `"${method} ${target} HTTP/${httpVersion}" ${made.status} ${size}\n`,
  );
  return made;
}

async function find(
  process: Process,
  request: IncomingRequest,
  serving: Serving,
): Promise<HttpAnswer> {
  const { settings, options } = serving;
  const path = decoded(partsOf(request.target).path);
  if (path === undefined) return errorPage(process, 400);
  const disk = settings.root + path;
  const { files } = process;
  try {
    const entry = files.get(disk);
    if (entry.kind === "directory" && !path.endsWith("/")) return moved(process, request, path);
    const names = options.run ? ["index.php", ...settings.index] : settings.index;
    const name = names.find((one) => files.find(disk + one)?.kind === "file");
    if (entry.kind === "directory" && name === undefined) return errorPage(process, 403);
    const found = entry.kind === "directory" ? disk + name! : disk;
    if (options.run && found.endsWith(".php")) return await options.run(process, request, found);
    return fileAnswer(process, found);
  } catch (error) {
    const code = errnoOf(error);
    if (code === undefined) throw error;
    return errorPage(process, code === "EACCES" ? 403 : 404);
  }
}

function fileAnswer(process: Process, disk: string): HttpAnswer {
  const file = process.files.file(disk);
  const ending = disk.slice(disk.lastIndexOf(".") + 1).toLowerCase();
  const type = Object.hasOwn(TYPES, ending) ? TYPES[ending]! : "application/octet-stream";
  const seconds = Math.floor(file.meta.modifiedMs / 1000);
  const made = textAnswer(process, "", {
    type,
    headers: {
      "Last-Modified": new Date(seconds * 1000).toUTCString(),
      ETag: `"${file.size.toString(16)}-${(seconds * 1_000_000).toString(16)}"`,
      "Accept-Ranges": "bytes",
    },
  });
  made.body = file.read();
  made.headers["Content-Length"] = String(made.body.length);
  return made;
}

const EXPLANATIONS: { readonly [status: number]: string } = {
  301: "The document has moved.",
  400: "Your browser sent a request that this server could not understand.",
  403: "You don't have permission to access this resource.",
  404: "The requested URL was not found on this server.",
};

export function errorPage(process: Process, status: number): HttpAnswer {
  const reason = STATUS_CODES[status] ?? "";
  const text = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${reason}</title>\n</head><body>\n<h1>${reason}</h1>\n<p>${EXPLANATIONS[status] ?? reason}</p>\n</body></html>\n`;
  return textAnswer(process, text, { status, type: "text/html; charset=iso-8859-1" });
}

function moved(process: Process, request: IncomingRequest, path: string): HttpAnswer {
  const made = errorPage(process, 301);
  made.headers["Location"] = `http://${request.headers["host"] ?? "localhost"}${encodeURI(path)}/`;
  return made;
}

function decoded(path: string): string | undefined {
  try {
    const text = decodeURIComponent(path);
    const climbs = text.split("/").includes("..");
    return !text.startsWith("/") || climbs ? undefined : text.replace(/\/{2,}/g, "/");
  } catch {
    return undefined;
  }
}
