// Redis commands on sets.

import { integerBelow } from "@kubonsai/clock";
import type { Client } from "../client.ts";
import type { Reply } from "../resp.ts";
import { command, integer, type Commands } from "./command.ts";

const NONE: ReadonlySet<string> = new Set();

const members = ({ keys }: Client, key: string) => keys.get(key, "set")?.members ?? NONE;

function union(client: Client, names: readonly string[]): string[] {
  return [...new Set(names.flatMap((key) => [...members(client, key)]))];
}

function intersection(client: Client, [first = "", ...others]: readonly string[]): string[] {
  const sets = others.map((key) => members(client, key));
  return [...members(client, first)].filter((member) => sets.every((set) => set.has(member)));
}

function difference(client: Client, [first = "", ...others]: readonly string[]): string[] {
  const sets = others.map((key) => members(client, key));
  return [...members(client, first)].filter((member) => !sets.some((set) => set.has(member)));
}

type Operation = (client: Client, names: readonly string[]) => string[];

const storing =
  (operation: Operation) =>
  (client: Client, [to = "", ...names]: readonly string[]): Reply => {
    const found = operation(client, names);
    client.keys.set(to, { kind: "set", members: new Set(found) });
    client.keys.dropEmpty(to);
    return found.length;
  };

function random(client: Client, key: string, isTaken: boolean): string | null {
  const all = [...members(client, key)];
  if (all.length === 0) return null;
  const member = all[integerBelow(client.server.process.world.random, all.length)]!;
  if (isTaken) remove(client, [key, member]);
  return member;
}

function remove(client: Client, [key = "", ...gone]: readonly string[]): number {
  const set = client.keys.get(key, "set")?.members;
  const removed = gone.filter((member) => set?.delete(member)).length;
  client.keys.dropEmpty(key);
  return removed;
}

export const sets: Commands = {
  sadd: command(-3, (client, [key = "", ...added]) => {
    const set = client.keys.obtain(key, "set").members;
    const before = set.size;
    for (const member of added) set.add(member);
    return set.size - before;
  }),
  srem: command(-3, remove),
  smembers: command(2, (client, [key = ""]) => [...members(client, key)]),
  sismember: command(3, (client, [key = "", member = ""]) =>
    members(client, key).has(member) ? 1 : 0,
  ),
  scard: command(2, (client, [key = ""]) => members(client, key).size),
  spop: command(-2, (client, [key = "", count]) => {
    if (count === undefined) return random(client, key, true);
    const most = Math.min(integer(count), members(client, key).size);
    return Array.from({ length: most }, () => random(client, key, true));
  }),
  srandmember: command(-2, (client, [key = "", count]) => {
    if (count === undefined) return random(client, key, false);
    return [...members(client, key)].slice(0, Math.abs(integer(count)));
  }),
  sunion: command(-2, union),
  sinter: command(-2, intersection),
  sdiff: command(-2, difference),
  sunionstore: command(-3, storing(union)),
  sinterstore: command(-3, storing(intersection)),
  sdiffstore: command(-3, storing(difference)),
};
