// One pod as its node holds it: the object, what runs of it, its volumes, why starts failed.

import type { Pod, PodStatus } from "@kubonsai/api";
import type { PodUnderProbe } from "../probes/probe-target.ts";
import { MountedVolumes } from "../volumes/mounted-volumes.ts";
import type { NodeContext } from "./node-context.ts";
import { PodRecord } from "./pod-record.ts";
import type { PodRuntimeStatus } from "./runtime-status.ts";
import type { StartFailure } from "./status/container-status.ts";
import { podStatus } from "./status/pod-status.ts";

export class PodOnNode implements PodUnderProbe {
  readonly node: NodeContext;
  readonly record: PodRecord;
  readonly volumes: MountedVolumes;
  /** By container: why its last start failed; made when something does. */
  #failures: Map<string, StartFailure> | undefined;
  /** Set when the kubelet itself ends the pod. */
  verdict: { reason: string; message: string } | undefined;
  /** The newest object known; while a sync is under way it may be newer than the sync's. */
  newest: Pod;
  /** Asks for another sync right after this one. */
  again: () => void = () => {};
  #pod: Pod;

  constructor(node: NodeContext, pod: Pod) {
    this.node = node;
    this.#pod = pod;
    this.newest = pod;
    this.record = new PodRecord(node.runtime);
    this.volumes = new MountedVolumes(node);
  }

  /** The object that the present sync works with. */
  get pod(): Pod {
    return this.#pod;
  }

  get uid(): string {
    return this.#pod.metadata.uid ?? "";
  }

  /** Begins a sync with the newest object. */
  take(): Pod {
    this.#pod = this.newest;
    return this.#pod;
  }

  /** @param failure undefined after a start that went well */
  noteStart(container: string, failure?: StartFailure): void {
    if (failure) (this.#failures ??= new Map()).set(container, failure);
    else this.#failures?.delete(container);
  }

  current(): Pod {
    return this.newest;
  }

  status(): PodStatus | undefined {
    return this.node.statuses.get(this.uid);
  }

  /** Computes the status from what runs and hands it to the writer. */
  publish(runtime: PodRuntimeStatus): PodStatus {
    const status = this.compute(runtime, { isTerminating: false });
    this.node.statuses.set(this.pod, status);
    return status;
  }

  compute(runtime: PodRuntimeStatus, { isTerminating }: { isTerminating: boolean }): PodStatus {
    const { node, pod } = this;
    return podStatus(pod, {
      runtime,
      previous: this.status() ?? pod.status ?? {},
      isTerminating,
      ...(this.verdict ? { verdict: this.verdict } : {}),
      failures: (name) => this.#failures?.get(name),
      applyProbes: (of, statuses) => node.prober.applyTo(of, statuses),
      hostIP: node.ip,
      runtimeName: node.runtime.name,
    });
  }
}
