// Redis commands on hashes.

import type { Client } from "../client.ts";
import { OK, Refusal } from "../resp.ts";
import { command, float, floatText, integer, type Commands } from "./command.ts";

const NONE: ReadonlyMap<string, string> = new Map();

const fields = ({ keys }: Client, key: string) => keys.get(key, "hash")?.fields ?? NONE;

function put(client: Client, name: string, [key = "", ...pairs]: readonly string[]): number {
  if (pairs.length % 2 !== 0) {
    throw new Refusal(`ERR wrong number of arguments for '${name}' command`);
  }
  const hash = client.keys.obtain(key, "hash").fields;
  const before = hash.size;
  for (let at = 0; at < pairs.length; at += 2) hash.set(pairs[at]!, pairs[at + 1]!);
  return hash.size - before;
}

function add(client: Client, key: string, field: string, number: number): number {
  const before = fields(client, key).get(field) ?? "0";
  if (!/^-?\d+$/.test(before)) throw new Refusal("ERR hash value is not an integer");
  const sum = Number(before) + number;
  client.keys.obtain(key, "hash").fields.set(field, String(sum));
  return sum;
}

export const hashes: Commands = {
  hset: command(-4, (client, args) => put(client, "hset", args)),
  hmset: command(-4, (client, args) => {
    put(client, "hmset", args);
    return OK;
  }),
  hsetnx: command(4, (client, [key = "", field = "", text = ""]) =>
    fields(client, key).has(field) ? 0 : put(client, "hsetnx", [key, field, text]),
  ),
  hget: command(3, (client, [key = "", field = ""]) => fields(client, key).get(field) ?? null),
  hmget: command(-3, (client, [key = "", ...names]) =>
    names.map((name) => fields(client, key).get(name) ?? null),
  ),
  hgetall: command(2, (client, [key = ""]) => [...fields(client, key)].flat()),
  hdel: command(-3, (client, [key = "", ...names]) => {
    const hash = client.keys.get(key, "hash")?.fields;
    const removed = names.filter((name) => hash?.delete(name)).length;
    client.keys.dropEmpty(key);
    return removed;
  }),
  hexists: command(3, (client, [key = "", field = ""]) => (fields(client, key).has(field) ? 1 : 0)),
  hlen: command(2, (client, [key = ""]) => fields(client, key).size),
  hkeys: command(2, (client, [key = ""]) => [...fields(client, key).keys()]),
  hvals: command(2, (client, [key = ""]) => [...fields(client, key).values()]),
  hincrby: command(4, (client, [key = "", field = "", number]) =>
    add(client, key, field, integer(number)),
  ),
  hincrbyfloat: command(4, (client, [key = "", field = "", number]) => {
    const before = fields(client, key).get(field) ?? "0";
    const text = floatText(float(before) + float(number));
    client.keys.obtain(key, "hash").fields.set(field, text);
    return text;
  }),
};
