// Redis commands on keys, whatever they hold.

import type { Client } from "../client.ts";
import { OK, Refusal, Status, type Reply } from "../resp.ts";
import { command, globPattern, integer, type Commands } from "./command.ts";

const NO_KEY = new Refusal("ERR no such key");

const remove = ({ keys }: Client, names: readonly string[]) =>
  names.filter((key) => keys.delete(key)).length;

function expire({ keys, now }: Client, key: string, atMs: number): number {
  if (atMs <= now()) return keys.delete(key) ? 1 : 0;
  return keys.expire(key, atMs) ? 1 : 0;
}

/** -2: no such key; -1: it stays. */
function remainingMs({ keys, now }: Client, key: string): number {
  const expiresMs = keys.expiry(key);
  if (expiresMs === undefined) return -2;
  return expiresMs === null ? -1 : expiresMs - now();
}

function inSeconds(ms: number): number {
  return ms < 0 ? ms : Math.ceil(ms / 1000);
}

function rename({ keys }: Client, from: string, to: string): void {
  const value = keys.find(from);
  if (!value) throw NO_KEY;
  const expiresMs = keys.expiry(from) ?? undefined;
  keys.delete(from);
  keys.set(to, value);
  keys.expire(to, expiresMs);
}

/** The whole in one step: the cursor is always the last. */
function scan({ keys }: Client, [, ...words]: readonly string[]): Reply {
  const option = (name: string) => {
    const at = words.findIndex((word) => word.toLowerCase() === name);
    return at < 0 ? undefined : words[at + 1];
  };
  const pattern = globPattern(option("match") ?? "*");
  const kind = option("type");
  const found = keys
    .names()
    .filter((key) => pattern.test(key) && (kind === undefined || keys.find(key)?.kind === kind));
  return ["0", found];
}

export const keys: Commands = {
  del: command(-2, remove),
  unlink: command(-2, remove),
  exists: command(-2, ({ keys }, names) => names.filter((key) => keys.find(key)).length),
  touch: command(-2, ({ keys }, names) => names.filter((key) => keys.find(key)).length),
  type: command(2, ({ keys }, [key = ""]) => new Status(keys.find(key)?.kind ?? "none")),
  keys: command(2, ({ keys }, [glob = ""]) => {
    const pattern = globPattern(glob);
    return keys.names().filter((key) => pattern.test(key));
  }),
  scan: command(-2, scan),
  randomkey: command(1, ({ keys, server }) => {
    const names = keys.names();
    return names[Math.floor(server.process.world.random.next() * names.length)] ?? null;
  }),
  expire: command(-3, (client, [key = "", seconds]) =>
    expire(client, key, client.now() + integer(seconds) * 1000),
  ),
  pexpire: command(-3, (client, [key = "", ms]) => expire(client, key, client.now() + integer(ms))),
  expireat: command(-3, (client, [key = "", at]) => expire(client, key, integer(at) * 1000)),
  pexpireat: command(-3, (client, [key = "", at]) => expire(client, key, integer(at))),
  persist: command(2, ({ keys }, [key = ""]) => {
    if (typeof keys.expiry(key) !== "number") return 0;
    keys.expire(key, undefined);
    return 1;
  }),
  ttl: command(2, (client, [key = ""]) => inSeconds(remainingMs(client, key))),
  pttl: command(2, (client, [key = ""]) => remainingMs(client, key)),
  rename: command(3, (client, [from = "", to = ""]) => {
    rename(client, from, to);
    return OK;
  }),
  renamenx: command(3, (client, [from = "", to = ""]) => {
    if (client.keys.find(to)) return 0;
    rename(client, from, to);
    return 1;
  }),
};
