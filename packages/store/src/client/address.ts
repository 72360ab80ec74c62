// Where a store listens: `unix:/path/to/socket`, `http://host:port` or `https://host:port`.

import type { RequestOptions } from "node:https";

const UNIX = "unix:";

/** `http://a:2379,http://b:2379` @throws Error with a line for a person */
export function addressesIn(list: string): string[] {
  const addresses = list.split(",").map((one) => one.trim());
  for (const address of addresses) check(address);
  return addresses;
}

function check(address: string): void {
  if (address.startsWith(UNIX)) return;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url && /^https?:$/.test(url.protocol) && url.hostname !== "") return;
  throw new Error(`"${address}" is no address of a store: http://HOST:PORT or https://HOST:PORT`);
}

export const isSecure = (address: string): boolean => address.startsWith("https:");

/** What node's HTTP client needs to get there. */
export function requestTarget(address: string): RequestOptions {
  if (address.startsWith(UNIX))
    return { socketPath: address.slice(UNIX.length), host: "localhost" };
  const { hostname, port } = new URL(address);
  return { hostname: hostname.replace(/^\[|\]$/g, ""), port };
}

export function webSocketUrl(address: string, path: string): string {
  if (address.startsWith(UNIX)) return `ws+unix:${address.slice(UNIX.length)}:${path}`;
  return new URL(path, address).href.replace(/^http/, "ws");
}
