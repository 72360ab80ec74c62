// Leads one pod through its life on the node, one step at a time: living, terminating, terminated.
// What is wanted meanwhile is remembered once, however often it is said.
// @see kubernetes pkg/kubelet/pod_workers.go

import type { Pod } from "@kubonsai/api";
import type { Timer } from "@kubonsai/clock";
import type { Verdict } from "../probes/prober.ts";
import { errorText } from "../text/describe.ts";
import { DEADLINE_EXCEEDED, deadlineOf } from "./active-deadline.ts";
import type { NodeContext } from "./node-context.ts";
import { PodOnNode } from "./pod-on-node.ts";
import { retryDelay } from "./retry-delay.ts";
import { withVerdict } from "./status/probe-verdict.ts";
import { isTerminalPhase } from "./status/phase.ts";
import { effectiveGrace, LEAST_GRACE_SECONDS } from "./stop/grace.ts";
import { syncPod } from "./sync-pod.ts";
import { terminatePod } from "./terminate-pod.ts";

const FAILED_TERMINATION_RETRY_MS = 10_000;

export type Stage = "living" | "terminating" | "terminated";

export class PodWorker {
  readonly self: PodOnNode;
  readonly #onGone: () => void;
  /** Of the sync under way. */
  #interrupt: AbortController | undefined;
  #stage: Stage = "living";
  #grace = 0;
  #isWorking = false;
  #isWanted = false;
  /** A container ended since the last sync began. */
  #hasExit = false;
  /** The object is gone from the API. */
  #isRemoved = false;
  #isStopped = false;
  #timer: Timer | undefined;
  #deadline: Timer | undefined;

  /** @param onGone called once nothing of the pod is left, in the API or on the node */
  constructor(node: NodeContext, pod: Pod, onGone: () => void) {
    this.self = new PodOnNode(node, pod);
    this.self.again = () => (this.#isWanted = true);
    this.self.record.adopt(pod, node.clock.now());
    this.#onGone = onGone;
  }

  get stage(): Stage {
    return this.#stage;
  }

  /** A new or changed object. */
  update(pod: Pod): void {
    const isOwnEcho = pod.metadata.generation === this.self.newest.metadata.generation;
    const isDeletion =
      pod.metadata.deletionTimestamp !== this.self.newest.metadata.deletionTimestamp;
    const isFirst = pod === this.self.newest;
    const isEnded = isTerminalPhase(pod.status?.phase);
    const isForeign = hasOtherChange(pod, this.self.newest);
    this.self.newest = pod;
    if (this.#stage === "terminated") {
      if (isDeletion) this.#finishDeletion();
      return;
    }
    this.#watchDeadline();
    if (this.#mustEnd()) this.#interrupt?.abort();
    if (isDeletion && this.#stage === "terminating") this.#shorten();
    if (isFirst || isDeletion || isEnded || !isOwnEcho || isForeign) this.wake();
  }

  /** The object was deleted, by whomever. */
  remove(): void {
    this.#isRemoved = true;
    this.#interrupt?.abort();
    if (this.#stage === "terminated" && !this.#isWorking) this.#leave();
    else this.wake();
  }

  /** A container of the pod changed in the runtime. */
  runtimeChanged(containerId: string): void {
    const state = this.self.node.runtime.containerStatus(containerId)?.state;
    if (state === "exited") this.#hasExit = true;
    this.wake();
  }

  probed({ type, containerId, result }: Verdict): void {
    const { node, newest, uid } = this.self;
    const holds = result === "success";
    const status = node.statuses.get(uid);
    if (type !== "liveness" && status && this.#stage !== "terminated") {
      const flag = type === "readiness" ? { ready: holds } : { started: holds };
      const next = withVerdict(newest, status, { containerId, flag });
      if (next) node.statuses.set(newest, next);
    }
    const isNews = type !== "liveness" || result === "failure";
    if (isNews && result !== "unknown") this.wake();
  }

  wake(): void {
    this.#isWanted = true;
    if (this.#isWorking || this.#isStopped) return;
    this.#isWorking = true;
    void this.#work();
  }

  /** This process ends; the pod does not. */
  stop(): void {
    this.#isStopped = true;
    this.#interrupt?.abort();
    this.#cancelTimers();
  }

  async #work(): Promise<void> {
    while (this.#isWanted && !this.#isStopped) {
      this.#isWanted = false;
      this.#timer?.cancel();
      try {
        await this.#step();
      } catch (error) {
        this.#failed(error);
      }
    }
    this.#isWorking = false;
    if (this.#isRemoved && this.#stage === "terminated") this.#leave();
  }

  async #step(): Promise<void> {
    this.self.take();
    if (this.#stage === "living" && this.#mustEnd()) this.#stage = "terminating";
    if (this.#stage === "living") await this.#sync();
    else if (this.#stage === "terminating") await this.#terminate();
  }

  async #sync(): Promise<void> {
    const { node } = this.self;
    const isAfterExit = this.#hasExit;
    this.#hasExit = false;
    this.#interrupt = new AbortController();
    const { hasEnded, errors } = await syncPod(this.self, this.#interrupt.signal);
    this.#interrupt = undefined;
    this.#watchDeadline();
    if (hasEnded) {
      this.#stage = "terminating";
      this.#isWanted = true;
      return;
    }
    const { clock, random } = node;
    this.#again(retryDelay({ errors, isAfterExit, now: clock.now(), random }));
  }

  async #terminate(): Promise<void> {
    this.#cancelTimers();
    const { node, newest } = this.self;
    this.#grace = effectiveGrace(newest, this.#grace, this.#isRemoved ? 1 : undefined);
    const options = { grace: this.#grace, onStopped: () => (this.#stage = "terminated") };
    try {
      await terminatePod(this.self, options);
    } catch (error) {
      const message = `error killing pod: ${errorText(error)}`;
      node.events.record(newest, { type: "Warning", reason: "FailedKillPod", message });
      throw error;
    }
  }

  #mustEnd(): boolean {
    const { newest, verdict } = this.self;
    const isDeleted = newest.metadata.deletionTimestamp !== undefined || this.#isRemoved;
    return isDeleted || verdict !== undefined || isTerminalPhase(newest.status?.phase);
  }

  /**
   * A second deletion with less grace: what still runs when that is over is killed.
   * Unlike Kubernetes, where a stop under way is not shortened any more.
   */
  #shorten(): void {
    const { node, newest, record } = this.self;
    const grace = effectiveGrace(newest, this.#grace);
    if (grace >= this.#grace) return;
    this.#grace = grace;
    const kill = ({ id }: { id: string }) => node.runtime.stopContainer(id, 0);
    const waitMs = Math.max(grace, LEAST_GRACE_SECONDS) * 1000;
    node.clock.after(waitMs, () => void Promise.all(record.running().map(kill)));
  }

  /** It had ended by itself; now its object may go. */
  #finishDeletion(): void {
    const { node, newest, uid } = this.self;
    const status = node.statuses.get(uid);
    if (status) node.statuses.set(newest, status, true);
  }

  #watchDeadline(): void {
    const { node, newest } = this.self;
    const deadline = deadlineOf(newest, this.self.status() ?? newest.status);
    if (deadline === undefined || this.#deadline) return;
    this.#deadline = node.clock.after(deadline - node.clock.now(), () => {
      this.self.verdict = DEADLINE_EXCEEDED;
      node.events.record(newest, { type: "Normal", ...DEADLINE_EXCEEDED });
      this.wake();
    });
  }

  #failed(error: unknown): void {
    const { node, pod } = this.self;
    const { namespace, name } = pod.metadata;
    node.log.warn({ namespace, pod: name, err: error }, "pod sync failed, will try again");
    this.#again(FAILED_TERMINATION_RETRY_MS);
  }

  #again(delayMs: number): void {
    if (this.#isStopped) return;
    this.#timer?.cancel();
    this.#timer = this.self.node.clock.after(delayMs, () => this.wake());
  }

  #cancelTimers(): void {
    this.#timer?.cancel();
    this.#deadline?.cancel();
  }

  #leave(): void {
    if (this.#isStopped) return;
    const { node, record, uid } = this.self;
    this.stop();
    record.clear();
    node.prober.remove(uid);
    node.statuses.forget(uid);
    node.tokens.forget(uid);
    node.images.forget(uid);
    this.#onGone();
  }
}

/** Labels, annotations and foreign conditions (readiness gates) change without a new generation. */
function hasOtherChange(pod: Pod, old: Pod): boolean {
  if (pod === old) return false;
  if (pod.spec.readinessGates?.length) return true;
  const text = ({ metadata: { labels, annotations } }: Pod) =>
    JSON.stringify([labels, annotations]);
  return text(pod) !== text(old);
}
