// Holds the newest status of every pod and brings the API to it, one patch at a time per pod: what
// comes while a patch is under way waits, and only the newest is sent then.
// @see kubernetes pkg/kubelet/status/status_manager.go

import { isReason, type Pod, type PodStatus } from "@kubonsai/api";
import type { Logger, ResourceClient } from "@kubonsai/client";
import type { Clock, Timer } from "@kubonsai/clock";
import { isDeepStrictEqual } from "node:util";
import { timestamp } from "../../text/timestamp.ts";
import { mergedStatus } from "./merge.ts";
import { isTerminalPhase } from "./phase.ts";
import { statusPatch } from "./status-patch.ts";
import { withTransitionTimes } from "./transition-times.ts";

const RECONCILE_PERIOD_MS = 10_000;
const RETRY_MS = 1_000;

export interface StatusWriterOptions {
  pods: ResourceClient<Pod>;
  /** The pod as the watch last showed it. */
  seen: (namespace: string, name: string) => Pod | undefined;
  mayHaveRunningContainers: (uid: string) => boolean;
  clock: Clock;
  log: Logger;
}

interface Entry {
  namespace: string;
  name: string;
  status: PodStatus;
  version: number;
  sentVersion: number;
  isSending: boolean;
  /** The pod's termination is over: it may be deleted. */
  isFinished: boolean;
  /** What the last patch answered. */
  answered?: Pod;
  retry?: Timer;
}

export class StatusWriter {
  readonly #options: StatusWriterOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #reconciler: Timer;
  #isStopped = false;

  constructor(options: StatusWriterOptions) {
    this.#options = options;
    this.#reconciler = options.clock.every(RECONCILE_PERIOD_MS, () => this.#reconcile());
  }

  /** The newest status, sent or not. */
  get(uid: string): PodStatus | undefined {
    return this.#entries.get(uid)?.status;
  }

  /** @param isFinished nothing of the pod is left on the node */
  set(pod: Pod, status: PodStatus, isFinished = false): void {
    const uid = pod.metadata.uid ?? "";
    const now = timestamp(this.#options.clock.now());
    const known = this.#entries.get(uid);
    const old = known?.status ?? pod.status ?? {};
    const next: PodStatus = {
      ...status,
      startTime: old.startTime ?? status.startTime ?? now,
      conditions: withTransitionTimes(status.conditions ?? [], old.conditions ?? [], now),
    };
    const entry = known ?? this.#add(pod, next);
    entry.isFinished ||= isFinished;
    if (known && !isFinished && isDeepStrictEqual(old, next)) return;
    entry.status = next;
    entry.version++;
    this.#send(uid, entry);
  }

  /** The pod is gone, or the node lets go of it. */
  forget(uid: string): void {
    this.#entries.get(uid)?.retry?.cancel();
    this.#entries.delete(uid);
  }

  stop(): void {
    this.#isStopped = true;
    this.#reconciler.cancel();
    for (const uid of [...this.#entries.keys()]) this.forget(uid);
  }

  #add({ metadata }: Pod, status: PodStatus): Entry {
    const { namespace = "", name = "", uid = "" } = metadata;
    const entry = { namespace, name, status, version: 0, sentVersion: 0 };
    const added: Entry = { ...entry, isSending: false, isFinished: false };
    this.#entries.set(uid, added);
    return added;
  }

  #send(uid: string, entry: Entry): void {
    if (entry.isSending || this.#isStopped) return;
    entry.isSending = true;
    entry.retry?.cancel();
    const { version } = entry;
    void this.#write(uid, entry).then(
      () => this.#sent(uid, entry, version),
      (error: unknown) => this.#failed(uid, entry, error),
    );
  }

  #sent(uid: string, entry: Entry, version: number): void {
    entry.isSending = false;
    entry.sentVersion = version;
    if (entry.version !== version && this.#entries.get(uid) === entry) this.#send(uid, entry);
  }

  #failed(uid: string, entry: Entry, error: unknown): void {
    entry.isSending = false;
    if (this.#isStopped || this.#entries.get(uid) !== entry) return;
    if (isReason(error, "NotFound")) return;
    const { namespace, name } = entry;
    this.#options.log.debug({ namespace, pod: name, err: error }, "pod status not written");
    // the watch may be behind: the patch was made against an object that is no more
    delete entry.answered;
    entry.retry = this.#options.clock.after(RETRY_MS, () => this.#send(uid, entry));
  }

  async #write(uid: string, entry: Entry): Promise<void> {
    const current = this.#current(uid, entry);
    if (!current) return;
    let pod = current;
    const body = statusPatch(uid, pod.status ?? {}, this.#merge(pod, entry.status));
    const { namespace, name } = entry;
    if (body) {
      const patch = { type: "strategic" as const, body };
      pod = await this.#options.pods.patch(namespace, name, patch, { subresource: "status" });
      entry.answered = pod;
    }
    if (!canBeDeleted(pod, entry)) return;
    await this.#options.pods.delete(namespace, name, {
      gracePeriodSeconds: 0,
      preconditions: { uid },
    });
  }

  #merge(pod: Pod, status: PodStatus): PodStatus {
    return mergedStatus(pod, status, {
      mayHaveRunningContainers: this.#options.mayHaveRunningContainers(pod.metadata.uid ?? ""),
      now: timestamp(this.#options.clock.now()),
    });
  }

  /** The newest object known: the watch's, or the answer to the last patch while the watch lags. */
  #current(uid: string, { namespace, name, answered }: Entry): Pod | undefined {
    const seen = this.#options.seen(namespace, name);
    if (!seen || seen.metadata.uid !== uid) return undefined;
    return answered && revision(answered) > revision(seen) ? answered : seen;
  }

  /** Others write statuses too (a node that was called lost): put right what they changed. */
  #reconcile(): void {
    for (const [uid, entry] of this.#entries) {
      if (entry.isSending) continue;
      const pod = this.#current(uid, entry);
      if (!pod || pod === entry.answered) continue;
      entry.answered = pod;
      if (statusPatch(uid, pod.status ?? {}, this.#merge(pod, entry.status)))
        this.#send(uid, entry);
    }
  }
}

const revision = ({ metadata }: Pod) => Number(metadata.resourceVersion);

/** The object goes last: after its containers, and after its final status was stored. */
function canBeDeleted(pod: Pod, entry: Entry): boolean {
  if (pod.metadata.deletionTimestamp === undefined) return false;
  return entry.isFinished && isTerminalPhase(pod.status?.phase);
}
