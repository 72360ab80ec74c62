// What nginx's answers are made of: the request's place, error pages, headers, variables, paths.

import type { HttpAnswer, IncomingRequest } from "../../network/listener.ts";
import type { Process } from "../../process/process.ts";
import { reasonOf, statusPage } from "./pages.ts";
import { chooseLocation, setting, type Location, type Site, type VirtualServer } from "./site.ts";

export interface Serving {
  readonly process: Process;
  readonly site: Site;
  /** `nginx/1.20.2` */
  readonly version: string;
  readonly port: number;
  /** A line of the error log. */
  complain(text: string, request: IncomingRequest): void;
}

/** Where a request ended up. */
export interface At {
  readonly serving: Serving;
  readonly request: IncomingRequest;
  readonly site: Site;
  readonly server: VirtualServer;
  readonly location: Location | undefined;
  /** Decoded, without the query. */
  readonly path: string;
}

/** An error with its page: `error_page` where it names one, nginx's own otherwise. */
export function errorAnswer(at: At, status: number): HttpAnswer {
  const page = errorPage(at, status);
  if (!page) return plainError(status, at.serving);
  const location = chooseLocation(at.server, page);
  const disk = diskPath({ ...at, location }, page);
  const file = at.serving.process.files.find(disk);
  if (file?.kind !== "file") return plainError(status === 404 ? 404 : status, at.serving);
  return own(at.serving, status, "text/html", file.read());
}

function errorPage(at: At, status: number): string | undefined {
  const blocks = [at.location?.block ?? [], at.server.block, at.site.http];
  const entries = blocks.flatMap((block) => block.filter(({ name }) => name === "error_page"));
  const found = entries.find(({ args }) => args.slice(0, -1).includes(String(status)));
  return found?.args[found.args.length - 1];
}

export function plainError(status: number, serving: Serving): HttpAnswer {
  const page = status === 204 ? "" : statusPage(status, serving.version);
  return own(serving, status, "text/html", Buffer.from(page));
}

export function own(
  { version, process }: Serving,
  status: number,
  type: string,
  body: Uint8Array,
): HttpAnswer {
  const headers = {
    Server: version,
    Date: new Date(process.world.clock.now()).toUTCString(),
    "Content-Type": type,
    "Content-Length": String(body.length),
  };
  return { status, reason: reasonOf(status), headers, body };
}

/** root + path, or alias with the location's prefix replaced. */
export function diskPath(at: Pick<At, "site" | "server" | "location">, path: string): string {
  const alias = at.location?.block.find(({ name }) => name === "alias")?.args[0];
  if (alias !== undefined && at.location) return alias + path.slice(at.location.path.length);
  const root = setting("root", at)?.[0] ?? "/etc/nginx/html";
  return root.replace(/\/$/, "") + path;
}

/** The variables of the configuration language. */
export function substituted(at: At, text: string): string {
  const { request, path, serving } = at;
  const query = request.target.split("?")[1];
  const values: { readonly [name: string]: string | undefined } = {
    uri: path,
    document_uri: path,
    fastcgi_script_name: path,
    document_root: setting("root", at)?.[0] ?? "/etc/nginx/html",
    query_string: query ?? "",
    content_type: request.headers["content-type"],
    content_length: request.headers["content-length"],
    server_protocol: `HTTP/${request.httpVersion}`,
    remote_port: String(request.remotePort),
    request_scheme: "http",
    request_uri: request.target,
    args: query ?? "",
    is_args: query ? "?" : "",
    host: (request.headers["host"] ?? "").replace(/:\d+$/, ""),
    http_host: request.headers["host"],
    hostname: serving.process.world.hostname,
    remote_addr: request.remoteAddress,
    request_method: request.method,
    scheme: "http",
    server_port: String(serving.port),
    server_addr: serving.process.world.network.ip,
    server_name: at.server.names[0] ?? "",
    proxy_add_x_forwarded_for: request.remoteAddress,
    nginx_version: serving.version.slice("nginx/".length),
  };
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_whole, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? "";
    if (name.startsWith("http_") && name !== "http_host") {
      return request.headers[name.slice(5).replaceAll("_", "-")] ?? "";
    }
    return (Object.hasOwn(values, name) ? values[name] : "") ?? "";
  });
}
