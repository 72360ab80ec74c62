// The pods that wait for a node. A pod is in one of three places: `active`, to be tried next; backing
// off, to be tried in a moment, or earlier when there is nothing else to do; unschedulable, until
// something in the cluster changes that may help it, or five minutes have gone by.
// @see kubernetes pkg/scheduler/backend/queue/scheduling_queue.go

import type { Clock, Timer } from "@kubonsai/clock";
import type { PodDemand } from "../pods/pod-demand.ts";
import { Heap } from "./heap.ts";
import { backOffMs, backsOffShorter, isMoreUrgent, type WaitingPod } from "./waiting-pod.ts";

const LONGEST_UNSCHEDULABLE_MS = 5 * 60_000;
const FLUSH_PERIOD_MS = 30_000;

export class SchedulingQueue {
  readonly #clock: Clock;
  readonly #active = new Heap<WaitingPod>(isMoreUrgent);
  readonly #backingOff = new Heap<WaitingPod>(backsOffShorter);
  readonly #unschedulable = new Map<string, WaitingPod>();
  readonly #flushing: Timer;
  #backOffTimer: Timer | undefined;
  #isStopped = false;
  #order = 0;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#flushing = clock.every(FLUSH_PERIOD_MS, () => this.#flush());
  }

  /** A pod that is new, or that changed in a way that may matter. */
  add(demand: PodDemand): void {
    const known = this.delete(demand.key);
    this.#activate(known ? { ...known, demand } : this.#newcomer(demand));
  }

  /** A pod that changed in a way that does not matter: it waits on with its new face. */
  replace(demand: PodDemand): void {
    const { key } = demand;
    const waiting =
      this.#active.get(key) ?? this.#backingOff.get(key) ?? this.#unschedulable.get(key);
    if (waiting) waiting.demand = demand;
    else this.add(demand);
  }

  delete(key: string): WaitingPod | undefined {
    const active = this.#active.delete(key) ?? this.#backingOff.delete(key);
    const unschedulable = this.#unschedulable.get(key);
    this.#unschedulable.delete(key);
    return active ?? unschedulable;
  }

  /** The most urgent; when nothing is active, the one that would be next to end its back-off. */
  pop(): WaitingPod | undefined {
    const next = this.#active.pop() ?? this.#popEarly();
    if (next) next.attempts++;
    return next;
  }

  /** Resolves when there is something to pop, or the queue was stopped. */
  async filled(): Promise<void> {
    while (!this.#isStopped && this.#active.size === 0 && !this.#earliest()) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** No node will do. */
  giveUp(pod: WaitingPod, sawNoNodes: boolean): void {
    this.#unschedulable.set(pod.demand.key, { ...this.#tried(pod), sawNoNodes, hasError: false });
  }

  /** Something went wrong: it is tried again when its back-off has ended. */
  backOff(pod: WaitingPod): void {
    this.#backingOff.set(pod.demand.key, { ...this.#tried(pod), hasError: true });
    this.#planBackOffEnd();
  }

  /** Something happened: unschedulable pods whom it may help are tried again. */
  reconsider(helps: (demand: PodDemand) => boolean): void {
    for (const pod of [...this.#unschedulable.values()]) {
      if (pod.sawNoNodes || helps(pod.demand)) this.#moveOn(pod);
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#wake?.();
    this.#flushing.cancel();
    this.#backOffTimer?.cancel();
  }

  #newcomer(demand: PodDemand): WaitingPod {
    const nowMs = this.#clock.now();
    const past = { attempts: 0, sawNoNodes: false, hasError: false };
    return { demand, ...past, queuedMs: nowMs, backOffEndMs: nowMs, order: this.#order++ };
  }

  #tried(pod: WaitingPod): WaitingPod {
    const nowMs = this.#clock.now();
    const backOffEndMs = nowMs + backOffMs(pod.attempts);
    return { ...pod, queuedMs: nowMs, order: this.#order++, backOffEndMs };
  }

  #moveOn(pod: WaitingPod): void {
    const { key } = pod.demand;
    this.#unschedulable.delete(key);
    if (pod.backOffEndMs <= this.#clock.now()) return this.#activate(pod);
    this.#backingOff.set(key, pod);
    this.#planBackOffEnd();
    this.#wake?.();
  }

  #activate(pod: WaitingPod): void {
    this.#active.set(pod.demand.key, pod);
    this.#wake?.();
  }

  /** Errors wait their time; want of a node need not, when somebody has time to look again. */
  #earliest(): WaitingPod | undefined {
    const first = this.#backingOff.peek();
    return first && !first.hasError ? first : undefined;
  }

  #popEarly(): WaitingPod | undefined {
    return this.#earliest() && this.#backingOff.pop();
  }

  #planBackOffEnd(): void {
    this.#backOffTimer?.cancel();
    const first = this.#backingOff.peek();
    if (!first) return;
    const delayMs = first.backOffEndMs - this.#clock.now();
    this.#backOffTimer = this.#clock.after(delayMs, () => this.#endBackOffs());
  }

  #endBackOffs(): void {
    const nowMs = this.#clock.now();
    for (let first = this.#backingOff.peek(); first; first = this.#backingOff.peek()) {
      if (first.backOffEndMs > nowMs) break;
      this.#backingOff.pop();
      this.#activate(first);
    }
    this.#planBackOffEnd();
  }

  #flush(): void {
    const before = this.#clock.now() - LONGEST_UNSCHEDULABLE_MS;
    for (const pod of [...this.#unschedulable.values()]) {
      if (pod.queuedMs < before) this.#moveOn(pod);
    }
  }
}
