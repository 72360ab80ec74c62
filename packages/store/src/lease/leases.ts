// The leases and the keys that end with them. In memory as the newest write sees them; the rows from
// which they are read again at the next start travel with the writes themselves.

import {
  attachmentKey,
  ATTACHMENTS,
  decodeRevision,
  encodeRevision,
  keyOfAttachment,
  leaseKey,
  leaseOf,
  LEASES,
} from "../database/layout.ts";
import type { Row } from "../database/log-record.ts";
import type { Database } from "../database/open-database.ts";
import type { Change } from "../multi-version/entry.ts";

export interface Lease {
  readonly id: bigint;
  readonly ttlSeconds: number;
  expiresAtMs: number;
  readonly keys: Set<string>;
}

const NOTHING = Buffer.alloc(0);

export class Leases {
  readonly #leases = new Map<bigint, Lease>();

  /** After a start every lease has its whole time again. */
  static async load(database: Database, nowMs: number): Promise<Leases> {
    const leases = new Leases();
    for await (const [row, value] of database.iterator(LEASES)) {
      leases.grant(leaseOf(row), { ttlSeconds: decodeRevision(value), nowMs });
    }
    for await (const row of database.keys(ATTACHMENTS)) {
      leases.get(leaseOf(row))?.keys.add(keyOfAttachment(row));
    }
    return leases;
  }

  has(id: bigint): boolean {
    return this.#leases.has(id);
  }

  get(id: bigint): Lease | undefined {
    return this.#leases.get(id);
  }

  all(): Iterable<Lease> {
    return this.#leases.values();
  }

  /** @returns the row that makes it last */
  grant(id: bigint, { ttlSeconds, nowMs }: { ttlSeconds: number; nowMs: number }): Row {
    const expiresAtMs = nowMs + ttlSeconds * 1000;
    this.#leases.set(id, { id, ttlSeconds, expiresAtMs, keys: new Set() });
    return { type: "put", key: leaseKey(id), value: encodeRevision(ttlSeconds) };
  }

  /** Its keys are the caller's to delete. */
  remove(id: bigint): Row {
    this.#leases.delete(id);
    return { type: "del", key: leaseKey(id) };
  }

  /** Keeps keys with their leases. @returns the rows that have to change for it */
  follow({ entry, previous }: Change): Row[] {
    const before = previous?.lease ?? 0n;
    if (before === entry.lease) return [];
    const rows: Row[] = [];
    if (before !== 0n) {
      this.#leases.get(before)?.keys.delete(entry.key);
      rows.push({ type: "del", key: attachmentKey(before, entry.key) });
    }
    if (entry.lease !== 0n) {
      this.#leases.get(entry.lease)?.keys.add(entry.key);
      rows.push({ type: "put", key: attachmentKey(entry.lease, entry.key), value: NOTHING });
    }
    return rows;
  }
}
