// Grants leases, prolongs them and ends them: a lease that ends takes its keys with it, by the same
// way as any other deletion.

import type { Clock, Timer } from "@kubonsai/clock";
import { leaseExists, leaseNotFound, leaseTooLong } from "../etcd-error.ts";
import type { Draft } from "../multi-version/draft.ts";
import type { Writer, Written } from "../multi-version/writer.ts";
import type { Lease, Leases } from "./leases.ts";

/** etcd's limits. */
const SHORTEST_SECONDS = 2;
const LONGEST_SECONDS = 9_000_000_000;
/** The longest delay that timers take. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

export interface LessorOptions {
  leases: Leases;
  writer: Writer;
  clock: Clock;
  /** A lease could not be ended; it is tried again a second later. */
  onFailure: (error: unknown) => void;
}

export class Lessor {
  readonly #leases: Leases;
  readonly #writer: Writer;
  readonly #clock: Clock;
  readonly #onFailure: (error: unknown) => void;
  #timer: Timer | undefined;
  #isClosed = false;

  constructor({ leases, writer, clock, onFailure }: LessorOptions) {
    this.#leases = leases;
    this.#writer = writer;
    this.#clock = clock;
    this.#onFailure = onFailure;
    this.#schedule();
  }

  /** @param id 0n: any @throws EtcdError when it exists or would last too long */
  async grant(id: bigint, wantedSeconds: number): Promise<Written<Lease>> {
    if (wantedSeconds > LONGEST_SECONDS) throw leaseTooLong();
    const ttlSeconds = Math.max(SHORTEST_SECONDS, wantedSeconds);
    const granted = await this.#writer.submit({
      apply: (draft) => {
        const chosen = id === 0n ? this.#freeId() : id;
        if (this.#leases.has(chosen)) throw leaseExists();
        draft.rows.push(this.#leases.grant(chosen, { ttlSeconds, nowMs: this.#clock.now() }));
        return this.#leases.get(chosen)!;
      },
    });
    this.#schedule();
    return granted;
  }

  /** Ends the lease and deletes its keys at one revision. @throws EtcdError when there is none */
  revoke(id: bigint): Promise<Written<void>> {
    return this.#writer.submit({ apply: (draft) => this.#end(draft, id) });
  }

  /** Undefined when there is none. */
  keepAlive(id: bigint): Lease | undefined {
    const lease = this.#leases.get(id);
    if (lease) lease.expiresAtMs = this.#clock.now() + lease.ttlSeconds * 1000;
    return lease;
  }

  get(id: bigint): Lease | undefined {
    return this.#leases.get(id);
  }

  /** Whole seconds. */
  remaining({ expiresAtMs }: Lease): number {
    return Math.max(0, Math.floor((expiresAtMs - this.#clock.now()) / 1000));
  }

  /** The one that lives longest last. */
  all(): Lease[] {
    return [...this.#leases.all()].sort((a, b) => a.expiresAtMs - b.expiresAtMs);
  }

  close(): void {
    this.#isClosed = true;
    this.#timer?.cancel();
  }

  #end(draft: Draft, id: bigint): void {
    const lease = this.#leases.get(id);
    if (!lease) throw leaseNotFound();
    for (const key of [...lease.keys].sort()) {
      const entry = draft.get(key);
      if (entry) draft.delete(entry);
    }
    draft.rows.push(this.#leases.remove(id));
  }

  /** Grows with time, so that a lease is not given an id that another had before a restart. */
  #freeId(): bigint {
    let id = BigInt(this.#clock.now()) << 20n;
    while (this.#leases.has(id)) id++;
    return id;
  }

  /** One timer, for the lease that ends next. */
  #schedule(leastMs = 0): void {
    this.#timer?.cancel();
    let next = Infinity;
    for (const { expiresAtMs } of this.#leases.all()) next = Math.min(next, expiresAtMs);
    if (next === Infinity || this.#isClosed) return;
    const delayMs = Math.max(leastMs, next - this.#clock.now());
    this.#timer = this.#clock.after(Math.min(delayMs, LONGEST_SLEEP_MS), () => void this.#sweep());
  }

  async #sweep(): Promise<void> {
    const now = this.#clock.now();
    const expired = this.all().filter(({ expiresAtMs }) => expiresAtMs <= now);
    const ended = await Promise.allSettled(expired.map((lease) => this.#expire(lease)));
    const failed = ended.filter((one) => one.status === "rejected");
    for (const { reason } of failed) this.#onFailure(reason);
    this.#schedule(failed.length > 0 ? 1000 : 0);
  }

  /** Unless it was revoked or prolonged meanwhile. */
  #expire({ id }: Lease): Promise<Written<void>> {
    return this.#writer.submit({
      apply: (draft) => {
        const lease = this.#leases.get(id);
        if (lease && lease.expiresAtMs <= this.#clock.now()) this.#end(draft, id);
      },
    });
  }
}
