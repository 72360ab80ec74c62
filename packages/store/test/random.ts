// Random operations on a store and on a model of it: ranges at old revisions, and watches that began
// at some time, must agree with the model. The seed tells everything about a run.

import { expect, it } from "vitest";
import { integerBelow, seededRandom, type Random } from "@kubonsai/clock";
import type { Operation, StoreClient } from "../src/index.ts";
import { follow, put, remove, until, type StoreUnderTest } from "./contract.ts";
import { Model } from "./model.ts";

const KEYS = ["/a", "/a/1", "/a/2", "/a\0", "/b", "/b/1", "/c", "/ä"];
const STEPS = 300;
const everything = { key: "/", rangeEnd: "0" };

export function randomTests(start: () => Promise<StoreUnderTest>, seeds: number[]): void {
  it.each(seeds)("agrees with the model, seed %i", async (seed) => {
    const { client, stop } = await start();
    const run = new Run(client, seededRandom(seed));
    for (let step = 0; step < STEPS; step++) await run.step();
    await run.checkWatches();
    await stop();
  });
}

class Run {
  readonly #client: StoreClient;
  readonly #random: Random;
  readonly #model = new Model();
  readonly #watches: { watch: ReturnType<typeof follow>; from: number }[] = [];

  constructor(client: StoreClient, random: Random) {
    this.#client = client;
    this.#random = random;
  }

  async step(): Promise<void> {
    const dice = integerBelow(this.#random, 100);
    if (dice < 70) await this.#write();
    else if (dice < 85) await this.#read();
    else if (dice < 90) this.#watch();
    else if (dice < 93) await this.#compact();
    else await this.#readPages();
  }

  async checkWatches(): Promise<void> {
    for (const { watch, from } of this.#watches) {
      const expected = this.#model.eventsFrom(from);
      await until(() => watch.words.length >= expected.length);
      expect(watch.words).toEqual(expected);
      watch.stop();
    }
  }

  async #write(): Promise<void> {
    const operations = this.#operations();
    const compare = integerBelow(this.#random, 2) === 0 ? [] : [this.#comparison()];
    const result = await this.#client.txn({ compare, success: operations });
    const held = this.#model.txn(compare, operations);
    expect([result.succeeded, result.revision]).toEqual([held, this.#model.revision]);
  }

  /** No key twice. */
  #operations(): Operation[] {
    if (integerBelow(this.#random, 8) === 0) return [remove(this.#key(), this.#key())];
    const keys = new Set(
      Array.from({ length: 1 + integerBelow(this.#random, 3) }, () => this.#key()),
    );
    return [...keys].map((key) =>
      integerBelow(this.#random, 4) === 0
        ? remove(key)
        : put(key, String(integerBelow(this.#random, 1000))),
    );
  }

  /** Sometimes right. */
  #comparison() {
    const key = this.#key();
    const mod = this.#model.states[this.#model.revision]!.get(key)?.mod ?? 0;
    return { key, modRevision: integerBelow(this.#random, 3) === 0 ? mod + 1 : mod };
  }

  async #read(): Promise<void> {
    const revision = this.#readable();
    const { kvs, count } = await this.#client.range({ ...everything, revision });
    expect(kvs.map(text)).toEqual(this.#model.range(revision));
    expect(count).toBe(kvs.length);
  }

  async #readPages(): Promise<void> {
    const revision = this.#readable();
    const found: string[] = [];
    for (let key: string | undefined = "/"; key !== undefined;) {
      const limit = 1 + integerBelow(this.#random, 3);
      const page = await this.#client.range({ ...everything, key, revision, limit });
      found.push(...page.kvs.map(text));
      expect(page.more).toBe(page.count > page.kvs.length);
      key = page.more ? `${page.kvs.at(-1)!.key}\0` : undefined;
    }
    expect(found).toEqual(this.#model.range(revision));
  }

  /** Above the compacted revision itself: etcd 3.4 has lost a deletion there. */
  #watch(): void {
    const from = this.#readable() + 1 + integerBelow(this.#random, 3);
    this.#watches.push({
      watch: follow(this.#client, { ...everything, startRevision: from }),
      from,
    });
  }

  /** Watches have what they began with before it goes. */
  async #compact(): Promise<void> {
    const revision = this.#readable();
    if (revision <= this.#model.compacted) return;
    for (const { watch, from } of this.#watches) {
      const expected = this.#model.eventsFrom(from).length;
      await until(() => watch.words.length >= expected);
    }
    await this.#client.compact(revision);
    this.#model.compacted = revision;
  }

  #readable(): number {
    const oldest = Math.max(1, this.#model.compacted);
    return oldest + integerBelow(this.#random, this.#model.revision - oldest + 1);
  }

  #key(): string {
    return KEYS[integerBelow(this.#random, KEYS.length)]!;
  }
}

const text = (kv: {
  key: string;
  value: Buffer;
  createRevision: number;
  modRevision: number;
  version: number;
}): string =>
  `${kv.key}=${kv.value.toString()} ${kv.createRevision} ${kv.modRevision} ${kv.version}`;
