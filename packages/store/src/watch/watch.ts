// One watch: a range, where it stands, and the stream that it speaks through.

import type { Change, KeyRange } from "../multi-version/entry.ts";
import type { Message } from "./message.ts";

export interface WatchRequest extends KeyRange {
  /** 0: from now on */
  startRevision: number;
  withPrevious: boolean;
  notifiesProgress: boolean;
  /** A large message comes in parts. */
  fragments: boolean;
  /** Leaves out puts or deletes. */
  filters: readonly Change["type"][];
}

/** Where a watch's messages go. */
export interface WatchOutlet {
  /** Whether what was sent has not left yet, so that more would pile up. */
  readonly isCongested: boolean;
  send(message: Message): void;
  /** Resolves when there is room again, or the outlet is closed. */
  drained(): Promise<void>;
  /** Called when a watch has caught up. */
  onLive(): void;
  /** Called when a watch ends by itself. */
  onEnd(watch: Watch): void;
}

export interface Watch {
  readonly id: number;
  readonly request: WatchRequest;
  readonly outlet: WatchOutlet;
  /** Watches with the same value are told the same. */
  readonly group: string;
  /** The first revision not yet told. */
  next: number;
  /** `replaying` reads history, `live` is told as things happen. */
  state: "replaying" | "live" | "ended";
  /** Nothing was told since the last idle notice. */
  isIdle: boolean;
}

export function groupOf({ key, end, withPrevious, filters, fragments }: WatchRequest): string {
  return JSON.stringify([key, end ?? null, withPrevious, filters, fragments]);
}
