// The scheduler at work: pods come off the queue one by one, each decision is made on the cluster as
// assumed so far, and bindings are on their way while the next pod is decided.

import { isReason, type Node, type Pod } from "@kubonsai/api";
import { keyOf, UnavailableError, type Logger } from "@kubonsai/client";
import type { Clock, Random } from "@kubonsai/clock";
import type { Failure } from "./decision/failure.ts";
import { rejectionBy, schedule } from "./decision/schedule.ts";
import { ClusterState } from "./nodes/cluster-state.ts";
import type { NodeInfo } from "./nodes/node-info.ts";
import { matters } from "./nodes/node-changes.ts";
import { plugins } from "./plugins/index.ts";
import { demandOf } from "./pods/pod-demand.ts";
import { isAssigned, isWaiting } from "./pods/duty.ts";
import { SchedulingQueue } from "./queue/scheduling-queue.ts";
import type { WaitingPod } from "./queue/waiting-pod.ts";

/** What the scheduler does to the world. */
export interface Effects {
  /** @throws StatusError or UnavailableError when the API server does not do it */
  bind(pod: Pod, nodeName: string): Promise<void>;
  /** Tells users why the pod waits; never throws. */
  report(pod: Pod, failure: { reason: "Unschedulable" | "SchedulerError"; message: string }): void;
}

export interface SchedulerOptions {
  clock: Clock;
  random: Random;
  log: Logger;
  effects: Effects;
}

/** Decisions in a row before others get a turn of the event loop. */
const DECISIONS_PER_TURN = 16;
const MOST_BINDINGS = 64;

export class Scheduler {
  readonly #cluster = new ClusterState();
  readonly #queue: SchedulingQueue;
  readonly #options: SchedulerOptions;
  readonly #bindings = new Set<Promise<void>>();

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#queue = new SchedulingQueue(options.clock);
  }

  /** Schedules until `signal` aborts and the bindings under way have ended. */
  async run(signal: AbortSignal): Promise<void> {
    signal.addEventListener("abort", () => this.#queue.stop(), { once: true });
    while (!signal.aborted) {
      await this.#queue.filled();
      for (let n = 0; n < DECISIONS_PER_TURN && !signal.aborted; n++) this.#scheduleNext();
      await new Promise((resolve) => setImmediate(resolve));
      while (this.#bindings.size >= MOST_BINDINGS) await Promise.race(this.#bindings);
    }
    await Promise.all(this.#bindings);
  }

  onPod(pod: Pod, old?: Pod): void {
    const key = keyOf(pod);
    if (isAssigned(pod)) {
      this.#queue.delete(key);
      return this.#cluster.setPod(pod);
    }
    // bound a moment ago, and this is from before
    if (this.#cluster.isAssumed(key)) return;
    this.#reconsider(this.#cluster.removePod(key));
    if (!isWaiting(pod)) this.#queue.delete(key);
    else if (old && isSameDemand(pod, old)) this.#queue.replace(demandOf(pod));
    else this.#queue.add(demandOf(pod));
  }

  onPodGone(pod: Pod): void {
    const key = keyOf(pod);
    this.#queue.delete(key);
    this.#reconsider(this.#cluster.removePod(key));
  }

  onNode(node: Node, old?: Node): void {
    this.#cluster.setNode(node);
    if (!old || matters(node, old)) this.#reconsider(this.#cluster.get(node.metadata.name!));
  }

  onNodeGone(node: Node): void {
    this.#cluster.removeNode(node.metadata.name!);
  }

  /**
   * A node is new, changed, or has more room. All that plugins look at lies in the node, so that a
   * look at it tells whom that helps.
   */
  #reconsider(info: NodeInfo | undefined): void {
    if (info?.isPresent) this.#queue.reconsider((demand) => !rejectionBy(demand, info, plugins));
  }

  #scheduleNext(): void {
    const waiting = this.#queue.pop();
    if (!waiting) return;
    const { demand } = waiting;
    const { random } = this.#options;
    const decision = schedule(demand, { nodes: this.#cluster, plugins, random });
    if ("failure" in decision) return this.#giveUp(waiting, decision.failure);
    this.#cluster.assume(demand, decision.nodeName);
    const binding = this.#bind(waiting, decision.nodeName);
    this.#bindings.add(binding);
    void binding.finally(() => this.#bindings.delete(binding));
  }

  #giveUp(waiting: WaitingPod, { message, sawNoNodes }: Failure): void {
    this.#queue.giveUp(waiting, sawNoNodes);
    this.#options.effects.report(waiting.demand.pod, { reason: "Unschedulable", message });
  }

  async #bind(waiting: WaitingPod, nodeName: string): Promise<void> {
    const { effects, log } = this.#options;
    const { pod, key } = waiting.demand;
    try {
      await effects.bind(pod, nodeName);
    } catch (error) {
      this.#reconsider(this.#cluster.forget(key));
      // the pod is gone: there is nobody to tell
      if (isReason(error, "NotFound")) return;
      log.warn({ pod: key, node: nodeName, err: error }, "a pod could not be bound");
      this.#queue.backOff(waiting);
      if (error instanceof UnavailableError) return;
      const detail = error instanceof Error ? error.message : String(error);
      const message = `running Bind plugin "DefaultBinder": ${detail}`;
      effects.report(pod, { reason: "SchedulerError", message });
    }
  }
}

/** A change of status alone cannot help. */
function isSameDemand(pod: Pod, old: Pod): boolean {
  return (
    pod.metadata.generation === old.metadata.generation &&
    JSON.stringify(pod.metadata.labels) === JSON.stringify(old.metadata.labels) &&
    isWaiting(old)
  );
}
