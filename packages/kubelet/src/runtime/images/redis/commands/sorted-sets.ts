// Redis commands on sorted sets.

import type { Client } from "../client.ts";
import { Refusal, type Reply } from "../resp.ts";
import {
  bounds,
  command,
  float,
  floatText,
  integer,
  SYNTAX_ERROR,
  type Commands,
} from "./command.ts";

type Scored = readonly [member: string, score: number];

const NONE: ReadonlyMap<string, number> = new Map();

const scores = ({ keys }: Client, key: string) => keys.get(key, "zset")?.scores ?? NONE;

function ranked(client: Client, key: string): Scored[] {
  const byMember = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...scores(client, key)].sort(([a, x], [b, y]) => x - y || byMember(a, b));
}

function shown(found: readonly Scored[], withScores: boolean): Reply {
  return found.flatMap(([member, score]) => (withScores ? [member, floatText(score)] : [member]));
}

function add(client: Client, [key = "", ...words]: readonly string[]): Reply {
  const flags = new Set<string>();
  while (/^(?:nx|xx|gt|lt|ch)$/i.test(words[0] ?? "")) flags.add(words.shift()!.toLowerCase());
  if (words.length === 0 || words.length % 2 !== 0) throw SYNTAX_ERROR;
  const set = client.keys.obtain(key, "zset").scores;
  let added = 0;
  let changed = 0;
  for (let at = 0; at < words.length; at += 2) {
    const score = float(words[at]);
    const member = words[at + 1]!;
    const before = set.get(member);
    if (before === undefined ? flags.has("xx") : flags.has("nx")) continue;
    if (before === undefined) added++;
    else if (before !== score) changed++;
    set.set(member, score);
  }
  client.keys.dropEmpty(key);
  return flags.has("ch") ? added + changed : added;
}

function range(client: Client, [key = "", first, last, ...words]: readonly string[]): Reply {
  const flags = words.map((word) => word.toLowerCase());
  const all = ranked(client, key);
  if (flags.includes("rev")) all.reverse();
  const found = all.slice(...bounds(all.length, integer(first), integer(last)));
  return shown(found, flags.includes("withscores"));
}

/** `1`, `(1`, `-inf`. */
function limit(text = ""): { score: number; isOpen: boolean } {
  const isOpen = text.startsWith("(");
  try {
    return { score: float(isOpen ? text.slice(1) : text), isOpen };
  } catch {
    throw new Refusal("ERR min or max is not a float");
  }
}

function between(client: Client, key: string, low?: string, high?: string): Scored[] {
  const [from, to] = [limit(low), limit(high)];
  return ranked(client, key).filter(
    ([, score]) =>
      (from.isOpen ? score > from.score : score >= from.score) &&
      (to.isOpen ? score < to.score : score <= to.score),
  );
}

function remove(client: Client, key: string, gone: readonly string[]): number {
  const set = client.keys.get(key, "zset")?.scores;
  const removed = gone.filter((member) => set?.delete(member)).length;
  client.keys.dropEmpty(key);
  return removed;
}

const rank = (found: readonly Scored[], member: string): number | null => {
  const at = found.findIndex(([name]) => name === member);
  return at < 0 ? null : at;
};

export const sortedSets: Commands = {
  zadd: command(-4, add),
  zrem: command(-3, (client, [key = "", ...gone]) => remove(client, key, gone)),
  zcard: command(2, (client, [key = ""]) => scores(client, key).size),
  zscore: command(3, (client, [key = "", member = ""]) => {
    const score = scores(client, key).get(member);
    return score === undefined ? null : floatText(score);
  }),
  zincrby: command(4, (client, [key = "", number, member = ""]) => {
    const sum = (scores(client, key).get(member) ?? 0) + float(number);
    client.keys.obtain(key, "zset").scores.set(member, sum);
    return floatText(sum);
  }),
  zrank: command(3, (client, [key = "", member = ""]) => rank(ranked(client, key), member)),
  zrevrank: command(3, (client, [key = "", member = ""]) =>
    rank(ranked(client, key).reverse(), member),
  ),
  zrange: command(-4, range),
  zrevrange: command(-4, (client, args) => range(client, [...args, "rev"])),
  zcount: command(4, (client, [key = "", low, high]) => between(client, key, low, high).length),
  zrangebyscore: command(-4, (client, [key = "", low, high, ...words]) =>
    shown(
      between(client, key, low, high),
      words.some((word) => word.toLowerCase() === "withscores"),
    ),
  ),
  zremrangebyscore: command(4, (client, [key = "", low, high]) => {
    const gone = between(client, key, low, high).map(([member]) => member);
    return remove(client, key, gone);
  }),
};
