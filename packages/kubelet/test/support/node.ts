// A node with a scripted runtime and virtual time, and one pod on it whose life is written down line
// by line: `0s status ContainerCreating`, `0s event Normal Started spec.containers{a}: …`.

import { notFoundError, summarisePod, type Pod, type PodStatus } from "@kubonsai/api";
import { connectClient } from "@kubonsai/client";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { createSources } from "../../src/environment/sources.ts";
import { crashBackOff } from "../../src/pods/back-off.ts";
import type { NodeContext } from "../../src/pods/node-context.ts";
import { fieldPathOf } from "../../src/pods/pod-events.ts";
import { PodWorkers } from "../../src/pods/pod-workers.ts";
import { ImagePuller } from "../../src/pods/start/image-puller.ts";
import { StatusWriter } from "../../src/pods/status/status-writer.ts";
import { Prober } from "../../src/probes/prober.ts";
import type { Network } from "../../src/runtime/network/network.ts";
import { ScriptedRuntime } from "./scripted-runtime.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

export class TestNode {
  readonly clock = new VirtualClock();
  readonly runtime = new ScriptedRuntime(this.clock);
  readonly lines: string[] = [];
  readonly workers: PodWorkers;
  readonly context: NodeContext;
  readonly configMaps = new Map<string, { [key: string]: string }>();
  network: Network = {
    dial: () => Promise.reject(new Error("not scripted")),
    http: () => Promise.reject(new Error("not scripted")),
  };
  readonly #startMs = this.clock.now();
  #pod: Pod | undefined;

  constructor() {
    const { clock, runtime } = this;
    const random = { ...seededRandom(1), next: () => 0 };
    const statuses = this.#statuses();
    const events = {
      record: (pod: Pod, { type, reason, message, container }: Recorded) => {
        const where = container ? `${fieldPathOf(pod, container.name)}: ` : "";
        this.#write(`event ${type} ${reason} ${where}${message}`);
      },
    };
    const outer = this;
    this.context = {
      clock,
      random,
      log: quiet,
      get network() {
        return outer.network;
      },
      statuses,
      prober: new Prober({ clock, random }, (verdict) => this.workers.probed(verdict)),
      crashes: crashBackOff(),
      sources: createSources(
        {
          cached: (_namespace, name) => {
            const data = this.configMaps.get(name);
            return data && { metadata: { name }, data };
          },
          fetch: (_namespace, name) => Promise.reject(notFound(name)),
        },
        { cached: () => undefined, fetch: (_namespace, name) => Promise.reject(notFound(name)) },
      ),
      tokens: { token: async () => "token", forget: () => {} },
      services: () => [],
      name: "node-1",
      ip: "172.18.0.2",
      runtime,
      images: new ImagePuller({ images: runtime.images, events, clock }),
      events,
      allocatable: { cpu: "8", memory: "16Gi", pods: "110" },
      labels: () => ({ "kubernetes.io/os": "linux" }),
      networkProblem: () => "",
    };
    this.workers = new PodWorkers((name) => (name === "node-1" ? this.context : undefined));
    runtime.onChange((uid, id) => this.workers.runtimeChanged(uid, id));
  }

  get status(): PodStatus {
    return this.context.statuses.get(this.#pod!.metadata.uid!) ?? {};
  }

  async add(pod: Pod): Promise<void> {
    this.#pod = pod;
    this.workers.added(pod);
    await this.clock.settle();
  }

  /** As the watch does when somebody changed the pod. */
  async update(pod: Pod): Promise<void> {
    this.#pod = pod;
    this.workers.updated(pod);
    await this.clock.settle();
  }

  /** As a DELETE with grace does. */
  async delete(grace: number): Promise<void> {
    const { metadata } = this.#pod!;
    this.#pod = {
      ...this.#pod!,
      status: this.status,
      metadata: {
        ...metadata,
        deletionTimestamp: new Date(this.clock.now() + grace * 1000).toISOString(),
        deletionGracePeriodSeconds: grace,
      },
    };
    this.#write("deleted");
    this.workers.updated(this.#pod);
    await this.clock.settle();
  }

  async after(ms: number): Promise<this> {
    await this.clock.advance(ms);
    return this;
  }

  /** The lines since the last call. */
  take(): string[] {
    return this.lines.splice(0);
  }

  async stop(): Promise<void> {
    this.context.prober.stop();
    this.context.statuses.stop();
    await this.workers.stop();
  }

  /** Nothing is written: the watch shows no pod, so every status stays here. */
  #statuses(): StatusWriter {
    const { clock } = this;
    const client = connectClient(
      { server: "https://127.0.0.1:1", ca: "", userAgent: "" },
      { clock },
    );
    const options = {
      pods: client.resource<Pod>({
        group: "",
        version: "v1",
        resource: "pods",
        namespaced: true,
        kind: "Pod",
      }),
      seen: () => undefined,
      mayHaveRunningContainers: () => false,
      clock,
      log: quiet,
    };
    const write = (text: string) => this.#write(text);
    return new (class extends StatusWriter {
      override set(pod: Pod, status: PodStatus, isFinished = false): void {
        const before = this.get(pod.metadata.uid!);
        super.set(pod, status, isFinished);
        const now = this.get(pod.metadata.uid!)!;
        const line = describe(pod, now);
        if (!before || line !== describe(pod, before)) write(`status ${line}`);
      }
    })(options);
  }

  #write(line: string): void {
    const seconds = (this.clock.now() - this.#startMs) / 1000;
    this.lines.push(`${seconds}s ${line}`);
  }
}

interface Recorded {
  type: string;
  reason: string;
  message: string;
  container?: { name: string };
}

/**
 * `Running CrashLoopBackOff 0/1 restarts=2 SI-`: phase, printed status, ready containers, restarts,
 * and which of PodReadyToStartContainers (S), Initialized and Ready are True.
 */
function describe(pod: Pod, status: PodStatus): string {
  const summary = summarisePod({ ...pod, status });
  const isTrue = (type: string) =>
    status.conditions?.find((one) => one.type === type)?.status === "True";
  const marks =
    (isTrue("PodReadyToStartContainers") ? "S" : "-") +
    (isTrue("Initialized") ? "I" : "-") +
    (isTrue("Ready") ? "R" : "-");
  const ready = `${summary.readyContainers}/${summary.totalContainers}`;
  return `${status.phase} ${summary.status} ${ready} restarts=${summary.restarts} ${marks}`;
}

const notFound = (name: string) => notFoundError({ group: "", resource: "configmaps" }, name);
