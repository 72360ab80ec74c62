// Redis commands on lists, those that wait for an element included.

import type { Client } from "../client.ts";
import { OK, Refusal, type Reply } from "../resp.ts";
import { bounds, command, float, integer, type Commands } from "./command.ts";

type End = "left" | "right";

const items = ({ keys }: Client, key: string): string[] => keys.get(key, "list")?.items ?? [];

function push(client: Client, end: End, [key = "", ...added]: readonly string[]): number {
  const list = client.keys.obtain(key, "list").items;
  for (const item of added) {
    if (end === "left") list.unshift(item);
    else list.push(item);
  }
  client.server.changed();
  return list.length;
}

function take(client: Client, end: End, key: string): string | null {
  const list = items(client, key);
  const item = end === "left" ? list.shift() : list.pop();
  client.keys.dropEmpty(key);
  return item ?? null;
}

function pop(client: Client, end: End, [key = "", count]: readonly string[]): Reply {
  if (count === undefined) return take(client, end, key);
  if (integer(count) < 0) throw new Refusal("ERR value is out of range, must be positive");
  if (items(client, key).length === 0) return null;
  const most = Math.min(integer(count), items(client, key).length);
  return Array.from({ length: most }, () => take(client, end, key));
}

/** Until one of the keys has an element; 0 seconds: as long as it takes. */
function blockingPop(client: Client, end: End, args: readonly string[]): Promise<Reply> {
  const seconds = float(args.at(-1));
  const names = args.slice(0, -1);
  const attempt = (): Reply => {
    const key = names.find((name) => items(client, name).length > 0);
    return key === undefined ? null : [key, take(client, end, key)];
  };
  return client.server.until(client, attempt, seconds);
}

function move(client: Client, [from = "", to = ""]: readonly string[], ends: [End, End]): Reply {
  const item = take(client, ends[0], from);
  if (item !== null) push(client, ends[1], [to, item]);
  return item;
}

function endOf(word: string | undefined): End {
  const end = word?.toLowerCase();
  if (end !== "left" && end !== "right") throw new Refusal("ERR syntax error");
  return end;
}

function remove(client: Client, [key = "", count, item = ""]: readonly string[]): number {
  const list = items(client, key);
  const number = integer(count);
  let left = number === 0 ? Infinity : Math.abs(number);
  let removed = 0;
  while (left-- > 0) {
    const at = number < 0 ? list.lastIndexOf(item) : list.indexOf(item);
    if (at < 0) break;
    list.splice(at, 1);
    removed++;
  }
  client.keys.dropEmpty(key);
  return removed;
}

export const lists: Commands = {
  lpush: command(-3, (client, args) => push(client, "left", args)),
  rpush: command(-3, (client, args) => push(client, "right", args)),
  lpushx: command(-3, (client, args) =>
    items(client, args[0]!).length > 0 ? push(client, "left", args) : 0,
  ),
  rpushx: command(-3, (client, args) =>
    items(client, args[0]!).length > 0 ? push(client, "right", args) : 0,
  ),
  lpop: command(-2, (client, args) => pop(client, "left", args)),
  rpop: command(-2, (client, args) => pop(client, "right", args)),
  blpop: command(-3, (client, args) => blockingPop(client, "left", args)),
  brpop: command(-3, (client, args) => blockingPop(client, "right", args)),
  rpoplpush: command(3, (client, args) => move(client, args, ["right", "left"])),
  brpoplpush: command(4, (client, args) =>
    client.server.until(client, () => move(client, args, ["right", "left"]), float(args[2])),
  ),
  lmove: command(5, (client, args) => move(client, args, [endOf(args[2]), endOf(args[3])])),
  llen: command(2, (client, [key = ""]) => items(client, key).length),
  lrange: command(4, (client, [key = "", first, last]) => {
    const list = items(client, key);
    return list.slice(...bounds(list.length, integer(first), integer(last)));
  }),
  lindex: command(3, (client, [key = "", at]) => items(client, key).at(integer(at)) ?? null),
  lset: command(4, (client, [key = "", at, item = ""]) => {
    const list = items(client, key);
    if (list.length === 0) throw new Refusal("ERR no such key");
    const index = integer(at) < 0 ? list.length + integer(at) : integer(at);
    if (list[index] === undefined) throw new Refusal("ERR index out of range");
    list[index] = item;
    return OK;
  }),
  ltrim: command(4, (client, [key = "", first, last]) => {
    const list = items(client, key);
    const kept = list.slice(...bounds(list.length, integer(first), integer(last)));
    list.splice(0, list.length, ...kept);
    client.keys.dropEmpty(key);
    return OK;
  }),
  lrem: command(4, remove),
};
