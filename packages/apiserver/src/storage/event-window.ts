// The newest events of one resource, so that a watch can begin a little in the past.

import { expired } from "@kubonsai/api";
import type { StoredObject } from "./stored-object.ts";

export interface CacheEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly revision: number;
  readonly path: string;
  /** The new state; of a DELETED the last one, as of the deletion's revision. */
  readonly stored: StoredObject;
  readonly previous: StoredObject | undefined;
  /** `previous` as of this event, for those whose selection the object leaves; made when needed. */
  departed?: StoredObject;
}

const CAPACITY = 4096;

export class EventWindow {
  /** Every event after this revision is still here. */
  #floor: number;
  #events: CacheEvent[] = [];

  constructor(floor: number) {
    this.#floor = floor;
  }

  /** The revision of the newest event, or of the floor when there is none. */
  get newest(): number {
    return this.#events.at(-1)?.revision ?? this.#floor;
  }

  push(event: CacheEvent): void {
    this.#events.push(event);
    // dropping half at a time costs next to nothing per event
    if (this.#events.length < 2 * CAPACITY) return;
    const dropped = this.#events[CAPACITY - 1]!;
    this.#events = this.#events.slice(CAPACITY);
    this.#floor = dropped.revision;
  }

  /** @throws StatusError Expired when events after `revision` are no longer all here */
  after(revision: number): CacheEvent[] {
    if (revision < this.#floor) {
      throw expired(`too old resource version: ${revision} (${this.#floor})`);
    }
    let at = this.#events.length;
    while (at > 0 && this.#events[at - 1]!.revision > revision) at--;
    return this.#events.slice(at);
  }
}
