// Which nodes are given up, zone by zone.

import type { Node } from "@kubonsai/api";
import { keyOf } from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import { TaintQueue } from "./taint-queue.ts";
import { hasNoExecute, noExecuteKey, NOT_READY, UNREACHABLE } from "./taints.ts";
import { byZone, evictionRate, zoneOf, zoneState } from "./zones.ts";

export class Evictions {
  readonly #clock: Clock;
  readonly #taint: (node: string) => Promise<void>;
  readonly #queues = new Map<string, TaintQueue>();
  #isStopped = false;

  /** @param taint called for a node whose turn has come; must not throw */
  constructor(clock: Clock, taint: (node: string) => Promise<void>) {
    this.#clock = clock;
    this.#taint = taint;
  }

  /** No node at all is ready: the fault may be ours, and nothing is evicted. */
  get areStopped(): boolean {
    return this.#isStopped;
  }

  /** @returns whether evictions were stopped or taken up again by this look */
  judge(nodes: readonly Node[]): boolean {
    const states = [...byZone(nodes)].map(([zone, members]) => ({
      zone,
      size: members.length,
      state: zoneState(members),
    }));
    const wasStopped = this.#isStopped;
    this.#isStopped = states.length > 0 && states.every(({ state }) => state === "FullDisruption");
    for (const { zone, size, state } of states) {
      this.#queue(zone).setRate(evictionRate(state, size, this.#isStopped));
    }
    for (const node of nodes) this.#line(node);
    return wasStopped !== this.#isStopped;
  }

  forget(node: string): void {
    for (const queue of this.#queues.values()) queue.remove(node);
  }

  stop(): void {
    for (const queue of this.#queues.values()) queue.stop();
  }

  #line(node: Node): void {
    const queue = this.#queue(zoneOf(node));
    const isDue = noExecuteKey(node) && !hasNoExecute(node, NOT_READY, UNREACHABLE);
    if (isDue && !this.#isStopped) queue.add(keyOf(node));
    else queue.remove(keyOf(node));
  }

  #queue(zone: string): TaintQueue {
    const known = this.#queues.get(zone);
    if (known) return known;
    const queue = new TaintQueue(this.#clock, this.#taint);
    this.#queues.set(zone, queue);
    return queue;
  }
}
