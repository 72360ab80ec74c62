// All probes of this process, and what they found: the pods' workers and statuses ask here.
// @see kubernetes pkg/kubelet/prober/prober_manager.go

import { isSidecar, type ContainerStatus, type Pod } from "@kubonsai/api";
import type { Clock, Random } from "@kubonsai/clock";
import type { ProbeResult, ProbeResults } from "../pods/pod-actions.ts";
import { ProbeWorker } from "./probe-worker.ts";
import { PROBE_TYPES, probeOf, type PodUnderProbe, type ProbeType } from "./probe-target.ts";

export interface Verdict {
  podUid: string;
  type: ProbeType;
  containerId: string;
  result: ProbeResult;
}

export class Prober implements ProbeResults {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #startedAt: number;
  /** By pod, then by `<container>/<type>`. */
  readonly #workers = new Map<string, Map<string, ProbeWorker>>();
  readonly #results = {
    startup: new Map<string, ProbeResult>(),
    readiness: new Map<string, ProbeResult>(),
    liveness: new Map<string, ProbeResult>(),
  };
  readonly #onChange: (verdict: Verdict) => void;

  /** @param onChange told when a verdict differs from the one before */
  constructor(
    { clock, random }: { clock: Clock; random: Random },
    onChange: (verdict: Verdict) => void,
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#startedAt = clock.now();
    this.#onChange = onChange;
  }

  /** Begins probing a pod's containers; nothing happens for those under probe already. */
  add(target: PodUnderProbe): void {
    const { metadata, spec } = target.current();
    const uid = metadata.uid ?? "";
    if (this.#workers.has(uid)) return;
    const workers = new Map<string, ProbeWorker>();
    const sidecars = (spec.initContainers ?? []).filter(isSidecar);
    for (const container of [...spec.containers, ...sidecars]) {
      for (const type of PROBE_TYPES) {
        if (!probeOf(container, type)) continue;
        const worker: ProbeWorker = new ProbeWorker({
          target,
          container,
          type,
          publish: (containerId, result) =>
            this.#publish({ podUid: uid, type, containerId, result }),
          withdraw: (containerId) => this.#results[type].delete(containerId),
        });
        workers.set(`${container.name}/${type}`, worker);
      }
    }
    if (workers.size === 0) return;
    this.#workers.set(uid, workers);
    for (const worker of workers.values()) worker.start(this.#firstDelay(worker.periodMs));
  }

  /** The pod ends: only its readiness is still of interest. */
  stopLivenessAndStartup(podUid: string): void {
    for (const [key, worker] of this.#workers.get(podUid) ?? []) {
      if (!key.endsWith("/readiness")) worker.stop();
    }
  }

  remove(podUid: string): void {
    for (const worker of this.#workers.get(podUid)?.values() ?? []) {
      worker.stop();
      worker.withdraw();
    }
    this.#workers.delete(podUid);
  }

  stop(): void {
    for (const uid of [...this.#workers.keys()]) this.remove(uid);
  }

  liveness(containerId: string): ProbeResult | undefined {
    return this.#results.liveness.get(containerId);
  }

  startup(containerId: string): ProbeResult | undefined {
    return this.#results.startup.get(containerId);
  }

  /** Sets `started` and `ready`; a container that might be ready by now is probed at once. */
  applyTo(pod: Pod, statuses: ContainerStatus[]): void {
    const uid = pod.metadata.uid ?? "";
    const plainInit = new Set(
      (pod.spec.initContainers ?? []).filter((one) => !isSidecar(one)).map(({ name }) => name),
    );
    for (const status of statuses) {
      status.started = this.#isStarted(uid, status);
      if (plainInit.has(status.name)) status.ready = status.state?.terminated?.exitCode === 0;
      else status.ready = status.started && this.#isReady(uid, status);
    }
  }

  #isStarted(uid: string, { name, state, containerID = "" }: ContainerStatus): boolean {
    if (!state?.running) return false;
    const result = this.#results.startup.get(bareId(containerID));
    if (result) return result === "success";
    return !this.#workers.get(uid)?.has(`${name}/startup`);
  }

  #isReady(uid: string, { name, containerID = "" }: ContainerStatus): boolean {
    if (this.#results.readiness.get(bareId(containerID)) === "success") return true;
    const worker = this.#workers.get(uid)?.get(`${name}/readiness`);
    worker?.trigger();
    return !worker;
  }

  #publish(verdict: Verdict): void {
    const results = this.#results[verdict.type];
    const old = results.get(verdict.containerId);
    results.set(verdict.containerId, verdict.result);
    if (old !== verdict.result) this.#onChange(verdict);
  }

  /** After a restart of this process all its probes would come at once: they are spread. */
  #firstDelay(periodMs: number): number {
    const isYoung = this.#clock.now() - this.#startedAt < periodMs;
    return isYoung ? Math.floor(this.#random.next() * periodMs) : 0;
  }
}

const bareId = (containerID: string) => containerID.replace(/^.*:\/\//, "");
