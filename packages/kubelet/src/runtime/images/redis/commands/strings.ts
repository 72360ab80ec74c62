// Redis commands on strings and counters.

import type { Client } from "../client.ts";
import { OK, Refusal, type Reply } from "../resp.ts";
import {
  bounds,
  command,
  float,
  floatText,
  integer,
  SYNTAX_ERROR,
  type Commands,
} from "./command.ts";

const get = ({ keys }: Client, key: string): string | null => keys.get(key, "string")?.text ?? null;
const put = ({ keys }: Client, key: string, text: string) =>
  keys.set(key, { kind: "string", text });

interface SetOptions {
  onlyIf: "nx" | "xx" | undefined;
  isGet: boolean;
  keepsExpiry: boolean;
  expiresMs: number | undefined;
}

function setOptions({ now }: Client, words: readonly string[]): SetOptions {
  const options: SetOptions = {
    onlyIf: undefined,
    isGet: false,
    keepsExpiry: false,
    expiresMs: undefined,
  };
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!.toLowerCase();
    if (word === "nx" || word === "xx") options.onlyIf = word;
    else if (word === "get") options.isGet = true;
    else if (word === "keepttl") options.keepsExpiry = true;
    else if (Object.hasOwn(EXPIRIES, word)) {
      const number = integer(words[++at]);
      if (number <= 0) throw new Refusal("ERR invalid expire time in 'set' command");
      options.expiresMs = EXPIRIES[word]!(number, now());
    } else throw SYNTAX_ERROR;
  }
  return options;
}

const EXPIRIES: { readonly [word: string]: (number: number, nowMs: number) => number } = {
  ex: (seconds, nowMs) => nowMs + seconds * 1000,
  px: (ms, nowMs) => nowMs + ms,
  exat: (seconds) => seconds * 1000,
  pxat: (ms) => ms,
};

function set(client: Client, [key = "", text = "", ...words]: readonly string[]): Reply {
  const { keys } = client;
  const { onlyIf, isGet, keepsExpiry, expiresMs } = setOptions(client, words);
  const before = isGet ? get(client, key) : null;
  const isThere = keys.find(key) !== undefined;
  if ((onlyIf === "nx" && isThere) || (onlyIf === "xx" && !isThere)) return before;
  keys.set(key, { kind: "string", text }, { keepsExpiry });
  if (expiresMs !== undefined) keys.expire(key, expiresMs);
  return isGet ? before : OK;
}

function setFor(client: Client, key: string, expiresMs: number, text: string): Reply {
  if (expiresMs <= client.now()) throw new Refusal("ERR invalid expire time in 'setex' command");
  put(client, key, text);
  client.keys.expire(key, expiresMs);
  return OK;
}

function add(client: Client, key: string, number: number): number {
  const sum = integer(get(client, key) ?? "0") + number;
  if (!Number.isSafeInteger(sum)) {
    throw new Refusal("ERR increment or decrement would overflow");
  }
  client.keys.set(key, { kind: "string", text: String(sum) }, { keepsExpiry: true });
  return sum;
}

function addFloat(client: Client, key: string, number: number): string {
  const text = floatText(float(get(client, key) ?? "0") + number);
  client.keys.set(key, { kind: "string", text }, { keepsExpiry: true });
  return text;
}

function setAll(client: Client, name: string, pairs: readonly string[]): void {
  if (pairs.length % 2 !== 0) {
    throw new Refusal(`ERR wrong number of arguments for '${name}' command`);
  }
  for (let at = 0; at < pairs.length; at += 2) put(client, pairs[at]!, pairs[at + 1]!);
}

export const strings: Commands = {
  get: command(2, (client, [key = ""]) => get(client, key)),
  set: command(-3, set),
  setnx: command(3, (client, [key = "", text = ""]) => {
    const isThere = client.keys.find(key) !== undefined;
    if (!isThere) put(client, key, text);
    return isThere ? 0 : 1;
  }),
  setex: command(4, (client, [key = "", seconds, text = ""]) =>
    setFor(client, key, client.now() + integer(seconds) * 1000, text),
  ),
  psetex: command(4, (client, [key = "", ms, text = ""]) =>
    setFor(client, key, client.now() + integer(ms), text),
  ),
  getset: command(3, (client, [key = "", text = ""]) => {
    const before = get(client, key);
    put(client, key, text);
    return before;
  }),
  getdel: command(2, (client, [key = ""]) => {
    const before = get(client, key);
    client.keys.delete(key);
    return before;
  }),
  mget: command(-2, ({ keys }, names) =>
    names.map((key) => {
      const value = keys.find(key);
      return value?.kind === "string" ? value.text : null;
    }),
  ),
  mset: command(-3, (client, pairs) => {
    setAll(client, "mset", pairs);
    return OK;
  }),
  append: command(3, (client, [key = "", text = ""]) => {
    const value = client.keys.obtain(key, "string");
    value.text += text;
    return value.text.length;
  }),
  strlen: command(2, (client, [key = ""]) => get(client, key)?.length ?? 0),
  getrange: command(4, (client, [key = "", first, last]) => {
    const text = get(client, key) ?? "";
    return text.slice(...bounds(text.length, integer(first), integer(last)));
  }),
  incr: command(2, (client, [key = ""]) => add(client, key, 1)),
  decr: command(2, (client, [key = ""]) => add(client, key, -1)),
  incrby: command(3, (client, [key = "", number]) => add(client, key, integer(number))),
  decrby: command(3, (client, [key = "", number]) => add(client, key, -integer(number))),
  incrbyfloat: command(3, (client, [key = "", number]) => addFloat(client, key, float(number))),
};
