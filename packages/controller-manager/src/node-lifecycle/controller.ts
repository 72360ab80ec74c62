// Watches over nodes: says when a kubelet fell silent, taints what is not well, marks its pods.
// @see kubernetes pkg/controller/nodelifecycle

import { isReason, type Node, type Pod, type Taint } from "@kubonsai/api";
import {
  aborted,
  createWorkQueue,
  keyOf,
  runControlLoop,
  splitKey,
  type EventRecorder,
  type Logger,
  type ResourceClient,
  type WorkQueue,
} from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import type { Controller, MakeController, Surroundings } from "../controller.ts";
import { BY_NODE, type SharedInformers } from "../informers.ts";
import * as resources from "../resources.ts";
import { Evictions } from "./evictions.ts";
import { readyCondition } from "./health.ts";
import { NodeMonitor } from "./monitor.ts";
import { markNotReady } from "./pods-not-ready.ts";
import {
  hasNoExecute,
  noExecuteKey,
  NOT_READY,
  planNoExecute,
  planNoSchedule,
  UNREACHABLE,
} from "./taints.ts";

const MONITOR_PERIOD_MS = 5000;

export const nodeLifecycleController: MakeController = (surroundings) =>
  new NodeLifecycleController(surroundings);

class NodeLifecycleController implements Controller {
  readonly #log: Logger;
  readonly #informers: SharedInformers;
  readonly #clock: Clock;
  readonly #nodes: ResourceClient<Node>;
  readonly #pods: ResourceClient<Pod>;
  readonly #events: EventRecorder;
  readonly #tainting: WorkQueue;
  readonly #marking: WorkQueue;
  readonly #evictions: Evictions;
  readonly #monitor: NodeMonitor;

  constructor({ client, informers, clock, log, recorder }: Surroundings) {
    this.#log = log;
    this.#informers = informers;
    this.#clock = clock;
    this.#nodes = client.resource<Node>(resources.nodes);
    this.#pods = client.resource<Pod>(resources.pods);
    this.#events = recorder("node-controller");
    this.#tainting = createWorkQueue({ clock });
    this.#marking = createWorkQueue({ clock });
    this.#evictions = new Evictions(clock, (node) => this.#taintForEviction(node));
    this.#monitor = new NodeMonitor({
      ...{ informers, clock, log, nodes: this.#nodes, events: this.#events },
      removed: (name) => this.#evictions.forget(name),
    });
    this.#listen();
  }

  async run(signal: AbortSignal): Promise<void> {
    const loop = { informers: this.#watched, log: this.#log };
    const taint = (node: string) => this.#taint(node);
    const mark = (pod: string) => this.#mark(pod);
    await Promise.all([
      runControlLoop({ ...loop, name: "node-taints", queue: this.#tainting, sync: taint }, signal),
      runControlLoop({ ...loop, name: "node-pods", queue: this.#marking, sync: mark }, signal),
      this.#look(signal),
    ]);
    this.#evictions.stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    await Promise.race([Promise.all(this.#watched.map((one) => one.synced())), aborted(signal)]);
    while (!signal.aborted) {
      const all = await this.#monitor.look();
      if (this.#evictions.judge(all)) this.#changeOfMode(all);
      await this.#clock.sleep(MONITOR_PERIOD_MS, signal);
    }
  }

  get #watched() {
    const { nodes, pods, nodeLeases } = this.#informers;
    return [nodes, pods, nodeLeases];
  }

  #listen(): void {
    this.#informers.nodes.on({
      added: (node) => this.#enqueueNode(node),
      updated: (node, old) => {
        this.#enqueueNode(node);
        if (fellSilent(node, old)) for (const pod of this.#podsOn(node)) this.#enqueuePod(pod);
      },
    });
    this.#informers.pods.on({
      added: (pod) => this.#enqueueBound(pod),
      updated: (pod, old) => {
        if (pod.spec.nodeName !== old.spec.nodeName) this.#enqueueBound(pod);
      },
    });
  }

  #changeOfMode(all: readonly Node[]): void {
    if (this.#evictions.areStopped)
      this.#log.warn({}, "no node is ready: nothing is evicted until one is");
    else this.#monitor.startAnew();
    for (const node of all) this.#enqueueNode(node);
  }

  #enqueueNode(node: Node): void {
    this.#tainting.add(keyOf(node));
  }

  #enqueuePod(pod: Pod): void {
    this.#marking.add(keyOf(pod));
  }

  #enqueueBound(pod: Pod): void {
    if (pod.spec.nodeName) this.#enqueuePod(pod);
  }

  #podsOn(node: Node): Pod[] {
    return this.#informers.pods.byIndex(BY_NODE, keyOf(node));
  }

  /** NoSchedule follows the conditions at once; NoExecute too, once it is there. */
  async #taint(name: string): Promise<void> {
    const node = this.#informers.nodes.get("", name);
    if (!node) return;
    const nowMs = this.#clock.now();
    const scheduling = planNoSchedule(node, nowMs);
    const tainted = scheduling ? { ...node, spec: { ...node.spec, taints: scheduling } } : node;
    const isGivenUp = hasNoExecute(node, NOT_READY, UNREACHABLE);
    const key = this.#evictions.areStopped ? undefined : noExecuteKey(node);
    const executing = isGivenUp ? planNoExecute(tainted, key, nowMs) : undefined;
    await this.#writeTaints(node, executing ?? scheduling);
  }

  async #taintForEviction(name: string): Promise<void> {
    const node = this.#informers.nodes.get("", name);
    const key = node && noExecuteKey(node);
    if (!key) return;
    try {
      await this.#writeTaints(node, planNoExecute(node, key, this.#clock.now()));
    } catch (error) {
      // the next look lines it up again
      this.#log.debug({ node: name, err: error }, "a node could not be tainted yet");
    }
  }

  async #writeTaints(node: Node, taints: Taint[] | undefined): Promise<void> {
    if (!taints) return;
    const { resourceVersion } = node.metadata;
    const body = { metadata: { resourceVersion }, spec: { taints } };
    await this.#nodes.patch("", keyOf(node), { type: "merge", body }).catch(ignoreMissing);
  }

  async #mark(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const pod = this.#informers.pods.get(namespace, name);
    const node = pod && this.#informers.nodes.get("", pod.spec.nodeName ?? "");
    const ready = node && readyCondition(node);
    if (!ready || ready.status === "True") return;
    await markNotReady(pod, { pods: this.#pods, events: this.#events, clock: this.#clock });
  }
}

/** Only the monitor says Unknown; what a kubelet says of itself, it tells its pods as well. */
function fellSilent(node: Node, old: Node): boolean {
  return readyCondition(node)?.status === "Unknown" && readyCondition(old)?.status === "True";
}

function ignoreMissing(error: unknown): void {
  if (!isReason(error, "NotFound")) throw error;
}
