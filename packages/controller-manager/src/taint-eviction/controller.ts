// Makes pods leave nodes with NoExecute taints once their tolerations have run out.
// @see kubernetes pkg/controller/tainteviction/taint_eviction.go

import { isReason, type Node, type Pod } from "@kubonsai/api";
import {
  createWorkQueue,
  keyOf,
  runControlLoop,
  secondsTimestamp,
  splitKey,
  type EventRecorder,
  type Logger,
  type ResourceClient,
  type WorkQueue,
} from "@kubonsai/client";
import type { Clock, Timer } from "@kubonsai/clock";
import type { Controller, MakeController, Surroundings } from "../controller.ts";
import { BY_NODE, type SharedInformers } from "../informers.ts";
import * as resources from "../resources.ts";
import { stayMs } from "./plan.ts";

interface Eviction {
  startMs: number;
  timer: Timer;
}

export const taintEvictionController: MakeController = (surroundings) =>
  new TaintEvictionController(surroundings);

class TaintEvictionController implements Controller {
  readonly #log: Logger;
  readonly #informers: SharedInformers;
  readonly #clock: Clock;
  readonly #pods: ResourceClient<Pod>;
  readonly #events: EventRecorder;
  readonly #evicting: WorkQueue;
  readonly #pending = new Map<string, Eviction>();

  constructor({ client, informers, clock, log, recorder }: Surroundings) {
    this.#log = log;
    this.#informers = informers;
    this.#clock = clock;
    this.#pods = client.resource<Pod>(resources.pods);
    this.#events = recorder("taint-eviction-controller");
    this.#evicting = createWorkQueue({ clock });
    this.#listen();
  }

  async run(signal: AbortSignal): Promise<void> {
    const { nodes, pods } = this.#informers;
    const loop = { name: "taint-eviction", informers: [nodes, pods], queue: this.#evicting };
    const sync = (key: string) => this.#evict(key);
    await runControlLoop({ ...loop, sync, log: this.#log }, signal);
    for (const { timer } of this.#pending.values()) timer.cancel();
    this.#pending.clear();
  }

  #listen(): void {
    this.#informers.nodes.on({
      added: (node) => this.#lookAtNode(node),
      updated: (node, old) => {
        if (noExecuteOf(node) !== noExecuteOf(old)) this.#lookAtNode(node);
      },
    });
    this.#informers.pods.on({
      added: (pod) => this.#lookAtPod(pod),
      updated: (pod, old) => {
        const hasMoved = pod.spec.nodeName !== old.spec.nodeName;
        if (hasMoved || tolerationsOf(pod) !== tolerationsOf(old)) this.#lookAtPod(pod);
      },
      deleted: (pod) => this.#cancel(keyOf(pod)),
    });
  }

  #lookAtNode(node: Node): void {
    for (const pod of this.#informers.pods.byIndex(BY_NODE, keyOf(node))) this.#look(pod, node);
  }

  #lookAtPod(pod: Pod): void {
    const node = this.#informers.nodes.get("", pod.spec.nodeName ?? "");
    if (node) this.#look(pod, node);
  }

  /** A stay once granted runs on, whatever taints come later, unless one of them grants none. */
  #look(pod: Pod, node: Node): void {
    const key = keyOf(pod);
    const ms = stayMs(node.spec?.taints ?? [], pod.spec.tolerations);
    if (ms === Infinity) return this.#cancel(key);
    if (ms === 0) {
      this.#cancel(key);
      return this.#evicting.add(key);
    }
    const nowMs = this.#clock.now();
    const before = this.#pending.get(key);
    if (before && before.startMs < nowMs) return;
    this.#cancel(key);
    const timer = this.#clock.after(ms, () => {
      this.#pending.delete(key);
      this.#evicting.add(key);
    });
    this.#pending.set(key, { startMs: nowMs, timer });
  }

  #cancel(key: string): void {
    const eviction = this.#pending.get(key);
    if (!eviction) return;
    eviction.timer.cancel();
    this.#pending.delete(key);
    this.#tell(key, `Cancelling deletion of Pod ${key}`);
  }

  async #evict(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const known = this.#informers.pods.get(namespace, name);
    if (!known || known.metadata.deletionTimestamp) return;
    this.#tell(key, `Marking for deletion Pod ${key}`);
    try {
      await this.#pods.patch(
        namespace,
        name,
        { type: "strategic", body: this.#disruption(known) },
        { subresource: "status" },
      );
      await this.#pods.delete(namespace, name);
    } catch (error) {
      if (!isReason(error, "NotFound")) throw error;
    }
  }

  #disruption({ metadata: { uid, generation } }: Pod): object {
    const condition = {
      type: "DisruptionTarget",
      status: "True",
      lastTransitionTime: secondsTimestamp(this.#clock.now()),
      reason: "DeletionByTaintManager",
      message: "Taint manager: deleting due to NoExecute taint",
      ...(generation ? { observedGeneration: generation } : {}),
    };
    return { metadata: { uid }, status: { conditions: [condition] } };
  }

  #tell(key: string, message: string): void {
    const { namespace, name } = splitKey(key);
    const regarding = { kind: "Pod", namespace, name, apiVersion: "v1" };
    this.#events.event({ regarding, type: "Normal", reason: "TaintManagerEviction", message });
  }
}

const noExecuteOf = ({ spec }: Node): string =>
  JSON.stringify((spec?.taints ?? []).filter(({ effect }) => effect === "NoExecute"));

const tolerationsOf = ({ spec }: Pod): string => JSON.stringify(spec.tolerations);
