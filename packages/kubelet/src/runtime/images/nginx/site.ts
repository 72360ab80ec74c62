// Servers and locations: which block of the configuration answers a request.

import { lookUp, type Directive } from "./configuration.ts";

export interface Site {
  /** Everything in `http`, for inherited directives. */
  readonly http: readonly Directive[];
  readonly servers: readonly VirtualServer[];
  readonly mimeTypes: ReadonlyMap<string, string>;
}

export interface VirtualServer {
  readonly block: readonly Directive[];
  readonly ports: readonly number[];
  readonly names: readonly string[];
  readonly locations: readonly Location[];
}

export interface Location {
  readonly modifier: "" | "=" | "^~" | "~" | "~*" | "@";
  readonly path: string;
  readonly pattern: RegExp | undefined;
  readonly block: readonly Directive[];
}

export function siteOf(directives: readonly Directive[]): Site {
  const http = directives.find(({ name }) => name === "http")?.block ?? [];
  const servers = http.filter(({ name }) => name === "server").map(serverOf);
  const types = http.find(({ name }) => name === "types")?.block ?? [];
  const mimeTypes = new Map<string, string>();
  for (const { name, args } of types) for (const ending of args) mimeTypes.set(ending, name);
  return { http, servers, mimeTypes };
}

export function portsOf(site: Site): number[] {
  return [...new Set(site.servers.flatMap(({ ports }) => ports))];
}

function serverOf({ block = [] }: Directive): VirtualServer {
  const listens = block.filter(({ name }) => name === "listen");
  return {
    block,
    ports: listens.length > 0 ? listens.map(({ args }) => portOf(args[0] ?? "80")) : [80],
    names: block.filter(({ name }) => name === "server_name").flatMap(({ args }) => args),
    locations: block.filter(({ name }) => name === "location").map(locationOf),
  };
}

function portOf(listen: string): number {
  const digits = /(?:^|:)(\d+)$/.exec(listen)?.[1];
  return digits ? Number(digits) : 80;
}

function locationOf({ args, block = [] }: Directive): Location {
  const [first = "/", second] = args;
  if (second === undefined && first.startsWith("@")) {
    return { modifier: "@", path: first, pattern: undefined, block };
  }
  if (second === undefined) return { modifier: "", path: first, pattern: undefined, block };
  const modifier = first as Location["modifier"];
  const isPattern = modifier === "~" || modifier === "~*";
  const pattern = isPattern ? new RegExp(second, modifier === "~*" ? "i" : "") : undefined;
  return { modifier, path: second, pattern, block };
}

/** By port, then by Host; the first server on a port is its default. */
export function chooseServer(site: Site, port: number, host: string): VirtualServer | undefined {
  const onPort = site.servers.filter(({ ports }) => ports.includes(port));
  const name = host.replace(/:\d+$/, "").toLowerCase();
  return (
    onPort.find(({ names }) => names.includes(name)) ??
    onPort.find(({ names }) => names.some((pattern) => matchesName(pattern, name))) ??
    onPort[0]
  );
}

function matchesName(pattern: string, name: string): boolean {
  if (pattern.startsWith("*.")) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith(".*")) return name.startsWith(pattern.slice(0, -1));
  return pattern.startsWith("~") && new RegExp(pattern.slice(1)).test(name);
}

/** Exact, then the longest prefix when it forbids patterns, then patterns in order, then the prefix. */
export function chooseLocation(server: VirtualServer, path: string): Location | undefined {
  const { locations } = server;
  const exact = locations.find((location) => location.modifier === "=" && location.path === path);
  if (exact) return exact;
  const longest = locations
    .filter(({ modifier }) => modifier === "" || modifier === "^~")
    .filter((location) => path.startsWith(location.path))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (longest?.modifier === "^~") return longest;
  return locations.find(({ pattern }) => pattern?.test(path)) ?? longest;
}

/** A directive's arguments as the location inherits them. */
export function setting(
  name: string,
  at: { site: Site; server: VirtualServer; location: Location | undefined },
): readonly string[] | undefined {
  return lookUp(name, at.location?.block ?? [], at.server.block, at.site.http);
}
