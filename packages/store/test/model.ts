// What a store is, in a page: every state that there ever was, kept whole. Slow, and plain to see right.

import type { Operation } from "../src/index.ts";

export type Contents = Map<string, { value: string; create: number; mod: number; version: number }>;

export class Model {
  revision = 1;
  compacted = 0;
  /** By revision. */
  readonly states: Contents[] = [new Map(), new Map()];
  /** `2:/a=1` a put, `3:/a-` a deletion; in order. */
  readonly events: string[] = [];

  /** Returns whether the comparisons held. */
  txn(compare: { key: string; modRevision: number }[], success: Operation[]): boolean {
    const now = this.states[this.revision]!;
    if (!compare.every(({ key, modRevision }) => (now.get(key)?.mod ?? 0) === modRevision)) {
      return false;
    }
    const next: Contents = new Map(now);
    const revision = this.revision + 1;
    const events = success.flatMap((operation) => apply(next, operation, revision));
    if (events.length === 0) return true;
    this.revision = revision;
    this.states.push(next);
    this.events.push(...events);
    return true;
  }

  /** `/a=1 1 2 1` as of `revision`: value, created, modified, version. */
  range(revision: number): string[] {
    return [...this.states[revision]!]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([key, { value, create, mod, version }]) => `${key}=${value} ${create} ${mod} ${version}`,
      );
  }

  eventsFrom(revision: number): string[] {
    return this.events.filter((event) => Number(event.split(":")[0]) >= revision);
  }
}

function apply(contents: Contents, operation: Operation, revision: number): string[] {
  if ("put" in operation) {
    const { key, value } = operation.put;
    const before = contents.get(key);
    const text = value.toString();
    const [create, version] = [before?.create ?? revision, (before?.version ?? 0) + 1];
    contents.set(key, { value: text, create, mod: revision, version });
    return [`${revision}:${key}=${text}`];
  }
  if (!("delete" in operation)) return [];
  const { key, rangeEnd } = operation.delete;
  const gone = [...contents.keys()].filter((one) => isIn(one, key, rangeEnd)).sort();
  for (const one of gone) contents.delete(one);
  return gone.map((one) => `${revision}:${one}-`);
}

const isIn = (key: string, first: string, end: string | undefined): boolean =>
  end === undefined ? key === first : key >= first && key < end;
