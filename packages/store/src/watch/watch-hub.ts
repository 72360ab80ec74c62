// Tells watches what happens: history first, then live, nothing missed and nothing twice. A watch
// whose socket does not keep up goes back to reading history when there is room again, so that a slow
// reader costs no memory; when that history is gone, it is told so and ends.

import { isInside, type Change } from "../multi-version/entry.ts";
import type { Chunk } from "../multi-version/history.ts";
import {
  canceledAnswer,
  compactedAnswer,
  eventsAnswers,
  eventsParts,
  progressAnswer,
} from "./answers.ts";
import type { Message } from "./message.ts";
import { groupOf, type Watch, type WatchOutlet, type WatchRequest } from "./watch.ts";

/** The store as the hub sees it. */
export interface WatchedStore {
  readonly revision: number;
  readonly compactRevision: number;
  history(request: WatchRequest, from: number, withPrevious: boolean): Promise<Chunk>;
}

/** Live watches that are told the same. */
interface Group {
  request: WatchRequest;
  watches: Set<Watch>;
}

export class WatchHub {
  readonly #store: WatchedStore;
  readonly #onFailure: (error: unknown) => void;
  readonly #groups = new Map<string, Group>();
  #behind = 0;
  #told = 0;

  /** @param onFailure history could not be read; the watch was ended */
  constructor(store: WatchedStore, onFailure: (error: unknown) => void) {
    this.#store = store;
    this.#onFailure = onFailure;
  }

  /** For those who look after the store. */
  get figures(): { live: number; behind: number; told: number } {
    let live = 0;
    for (const { watches } of this.#groups.values()) live += watches.size;
    return { live, behind: this.#behind, told: this.#told };
  }

  /** The watch stands at `startRevision`, or after the newest; `begin` sets it off. */
  create(id: number, request: WatchRequest, outlet: WatchOutlet): Watch {
    const next = request.startRevision || this.#store.revision + 1;
    const group = groupOf(request);
    return { id, request, outlet, group, next, state: "replaying", isIdle: true };
  }

  begin(watch: Watch): void {
    if (watch.next > this.#store.revision) return this.#goLive(watch);
    this.#replay(watch).catch((error) => {
      this.#onFailure(error);
      watch.outlet.send(canceledAnswer(this.#store.revision, watch.id));
      this.#finish(watch);
    });
  }

  end(watch: Watch): void {
    if (watch.state === "live") this.#leaveGroup(watch);
    watch.state = "ended";
  }

  /** Changes of whole revisions that came to disk. */
  publish(changes: Change[], revision: number): void {
    if (changes.length === 0) return;
    for (const group of this.#groups.values()) this.#tell(group, changes, revision);
  }

  /** Idle notices for the watches that asked for them. */
  notifyProgress(): void {
    const { revision } = this.#store;
    for (const watch of [...this.#groups.values()].flatMap(({ watches }) => [...watches])) {
      if (!watch.request.notifiesProgress) continue;
      if (watch.isIdle) watch.outlet.send(progressAnswer(revision, watch.id));
      watch.isIdle = true;
    }
  }

  #tell({ request, watches }: Group, changes: Change[], revision: number): void {
    const wanted = changes.filter((change) => isWanted(change, request));
    if (wanted.length === 0) return;
    const parts = eventsParts(wanted, request);
    const answers = new Map<number, Message[]>();
    for (const watch of [...watches]) {
      if (watch.outlet.isCongested) this.#fallBehind(watch, changes);
      else if (watch.next > wanted[0]!.entry.modRevision) this.#tellLate(watch, wanted, revision);
      else {
        let messages = answers.get(watch.id);
        if (!messages) answers.set(watch.id, (messages = eventsAnswers(revision, watch.id, parts)));
        this.#send(watch, messages);
      }
    }
  }

  /** A watch that waits for a revision in the future gets what lies behind it. */
  #tellLate(watch: Watch, changes: Change[], revision: number): void {
    const due = changes.filter(({ entry }) => entry.modRevision >= watch.next);
    if (due.length === 0) return;
    const parts = eventsParts(due, watch.request);
    this.#send(watch, eventsAnswers(revision, watch.id, parts));
  }

  #send(watch: Watch, messages: Message[]): void {
    watch.isIdle = false;
    this.#told += messages.length;
    for (const message of messages) watch.outlet.send(message);
  }

  #fallBehind(watch: Watch, changes: Change[]): void {
    this.#leaveGroup(watch);
    watch.state = "replaying";
    watch.next = Math.max(watch.next, changes[0]!.entry.modRevision);
    this.begin(watch);
  }

  async #replay(watch: Watch): Promise<void> {
    this.#behind++;
    try {
      await this.#catchUp(watch);
    } finally {
      this.#behind--;
    }
  }

  async #catchUp(watch: Watch): Promise<void> {
    const { request, outlet } = watch;
    while (watch.state === "replaying") {
      if (outlet.isCongested) {
        await outlet.drained();
        continue;
      }
      if (watch.next > this.#store.revision) return this.#goLive(watch);
      const { compactRevision } = this.#store;
      if (watch.next < compactRevision) {
        outlet.send(compactedAnswer(compactRevision, watch.id));
        return this.#finish(watch);
      }
      const chunk = await this.#store.history(request, watch.next, request.withPrevious);
      if (watch.state === "replaying") this.#tellPast(watch, chunk);
    }
  }

  #tellPast(watch: Watch, { changes, through }: Chunk): void {
    const wanted = changes.filter((change) => isWanted(change, watch.request));
    if (wanted.length > 0) {
      const parts = eventsParts(wanted, watch.request);
      this.#send(watch, eventsAnswers(through, watch.id, parts));
    }
    watch.next = through + 1;
  }

  #goLive(watch: Watch): void {
    watch.state = "live";
    const group = this.#groups.get(watch.group);
    if (group) group.watches.add(watch);
    else this.#groups.set(watch.group, { request: watch.request, watches: new Set([watch]) });
    watch.outlet.onLive();
  }

  #leaveGroup(watch: Watch): void {
    const group = this.#groups.get(watch.group);
    group?.watches.delete(watch);
    if (group?.watches.size === 0) this.#groups.delete(watch.group);
  }

  #finish(watch: Watch): void {
    this.end(watch);
    watch.outlet.onEnd(watch);
  }
}

function isWanted(change: Change, request: WatchRequest): boolean {
  return isInside(request, change.entry.key) && !request.filters.includes(change.type);
}
