// Where a store listens: `unix:/path/to/socket` or `http://host:port`.

import type { RequestOptions } from "node:http";

const UNIX = "unix:";

/** What node's HTTP client needs to get there. */
export function requestTarget(address: string): RequestOptions {
  if (address.startsWith(UNIX))
    return { socketPath: address.slice(UNIX.length), host: "localhost" };
  const { hostname, port } = new URL(address);
  return { hostname: hostname.replace(/^\[|\]$/g, ""), port };
}

export function watchUrl(address: string): string {
  if (address.startsWith(UNIX)) return `ws+unix:${address.slice(UNIX.length)}:/v3/watch`;
  return new URL("/v3/watch", address).href.replace(/^http/, "ws");
}
