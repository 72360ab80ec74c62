// All pods of all nodes of this process: objects come in from the watch, each goes to its worker.

import type { Pod } from "@kubonsai/api";
import { joinKey, keyOf, type InformerHandlers } from "@kubonsai/client";
import type { Verdict } from "../probes/prober.ts";
import { admit } from "./admission/admit.ts";
import type { NodeContext } from "./node-context.ts";
import { PodWorker } from "./pod-worker.ts";
import { isTerminalPhase } from "./status/phase.ts";

export class PodWorkers implements InformerHandlers<Pod> {
  readonly #nodes: (name: string) => NodeContext | undefined;
  readonly #workers = new Map<string, PodWorker>();
  /** By `namespace/name`: the newest pod of that name. */
  readonly #byName = new Map<string, PodWorker>();
  /** The same workers by node: what admission counts. */
  readonly #byNode = new Map<string, Set<PodWorker>>();

  constructor(nodes: (name: string) => NodeContext | undefined) {
    this.#nodes = nodes;
  }

  get(uid: string): PodWorker | undefined {
    return this.#workers.get(uid);
  }

  /** By name, for the server's paths. */
  find(namespace: string, name: string): PodWorker | undefined {
    return this.#byName.get(joinKey(namespace, name));
  }

  all(): Iterable<PodWorker> {
    return this.#workers.values();
  }

  added(pod: Pod): void {
    const node = this.#nodes(pod.spec.nodeName ?? "");
    if (!node) return;
    const uid = pod.metadata.uid ?? "";
    if (this.#workers.has(uid)) return this.updated(pod);
    if (!this.#isAdmitted(node, pod)) return;
    const worker = new PodWorker(node, pod, () => this.#forget(worker));
    this.#workers.set(uid, worker);
    this.#byName.set(keyOf(pod), worker);
    this.#peers(node.name).add(worker);
    worker.update(pod);
  }

  updated(pod: Pod): void {
    const worker = this.#workers.get(pod.metadata.uid ?? "");
    if (worker) worker.update(pod);
    else this.#boundOrRejected(pod);
  }

  deleted(pod: Pod): void {
    const uid = pod.metadata.uid ?? "";
    const worker = this.#workers.get(uid);
    if (worker) worker.remove();
    else this.#nodes(pod.spec.nodeName ?? "")?.statuses.forget(uid);
  }

  runtimeChanged(uid: string, containerId: string): void {
    this.#workers.get(uid)?.runtimeChanged(containerId);
  }

  probed(verdict: Verdict): void {
    this.#workers.get(verdict.podUid)?.probed(verdict);
  }

  /** Until its termination is over a pod must not be called ended. */
  mayHaveRunningContainers(uid: string): boolean {
    const worker = this.#workers.get(uid);
    return worker !== undefined && worker.stage !== "terminated";
  }

  /** The machine goes off: nobody is told, and what ran is gone when it comes back. */
  async stop(): Promise<void> {
    const workers = [...this.#workers.values()];
    for (const worker of workers) worker.stop();
    this.#workers.clear();
    this.#byName.clear();
    this.#byNode.clear();
    await Promise.all(workers.map(({ self }) => self.record.stopSandbox()));
  }

  /** A pod is new to this process when it gets its node; one that was rejected stays as it is. */
  #boundOrRejected(pod: Pod): void {
    const node = this.#nodes(pod.spec.nodeName ?? "");
    const known = node?.statuses.get(pod.metadata.uid ?? "");
    if (!node) return;
    if (known && pod.metadata.deletionTimestamp) node.statuses.set(pod, known, true);
    else if (!known) this.added(pod);
  }

  /** Pods that began before this process did are not asked again. */
  #isAdmitted(node: NodeContext, pod: Pod): boolean {
    if (pod.status?.startTime || pod.metadata.deletionTimestamp) return true;
    const others: Pod[] = [];
    for (const { self } of this.#peers(node.name)) {
      const phase = node.statuses.get(self.uid)?.phase ?? self.newest.status?.phase;
      if (!isTerminalPhase(phase)) others.push(self.newest);
    }
    const refusal = admit(pod, { node, others });
    if (!refusal) return true;
    const { reason, message } = refusal;
    node.events.record(pod, { type: "Warning", reason, message });
    const status = { ...pod.status, phase: "Failed" as const, reason };
    node.statuses.set(pod, { ...status, message: `Pod was rejected: ${message}` }, true);
    return false;
  }

  #peers(node: string): Set<PodWorker> {
    const peers = this.#byNode.get(node) ?? new Set();
    this.#byNode.set(node, peers);
    return peers;
  }

  #forget(worker: PodWorker): void {
    const { uid, node } = worker.self;
    this.#workers.delete(uid);
    const key = keyOf(worker.self.newest);
    if (this.#byName.get(key) === worker) this.#byName.delete(key);
    this.#byNode.get(node.name)?.delete(worker);
  }
}
