// sessionAffinity ClientIP: a client comes back to the pod that it was led to, until it stays away
// for too long or the pod is gone.

import type { Clock } from "@kubonsai/clock";
import type { Address } from "../runtime/network/connection.ts";

const MOST_CLIENTS = 10_000;

interface Session {
  target: Address;
  usedAt: number;
}

export class SessionAffinity {
  readonly #clock: Clock;
  /** By `service port client`, the one used longest ago first. */
  readonly #sessions = new Map<string, Session>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The client's target if it is still one of `targets`, else what `pick` says. */
  choose(key: string, { targets, timeoutMs, pick }: Choice): Address | undefined {
    const now = this.#clock.now();
    const known = this.#sessions.get(key);
    const isAlive = known && now - known.usedAt < timeoutMs;
    const same = isAlive ? targets.find((one) => isSame(one, known.target)) : undefined;
    const target = same ?? pick();
    this.#sessions.delete(key);
    if (target) this.#sessions.set(key, { target, usedAt: now });
    this.#forgetOldest();
    return target;
  }

  #forgetOldest(): void {
    for (const key of this.#sessions.keys()) {
      if (this.#sessions.size <= MOST_CLIENTS) return;
      this.#sessions.delete(key);
    }
  }
}

export interface Choice {
  targets: readonly Address[];
  timeoutMs: number;
  pick: () => Address | undefined;
}

const isSame = (a: Address, b: Address) => a.ip === b.ip && a.port === b.port;
