// Removes pods whose node is gone or off, that never got one, and the oldest of very many that ended.
// @see kubernetes pkg/controller/podgc

import { isReason, type Node, type Pod } from "@kubonsai/api";
import {
  aborted,
  keyOf,
  secondsTimestamp,
  type Logger,
  type ResourceClient,
} from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";

import type { Controller, MakeController, Surroundings } from "../controller.ts";
import type { SharedInformers } from "../informers.ts";
import { isPodTerminal } from "../pods/pod-state.ts";
import * as resources from "../resources.ts";
import { planPodGc, type Doomed } from "./plan.ts";

const PERIOD_MS = 20_000;

export const podGcController: MakeController = (surroundings) => new PodGcController(surroundings);

class PodGcController implements Controller {
  readonly #log: Logger;
  readonly #informers: SharedInformers;
  readonly #clock: Clock;
  readonly #pods: ResourceClient<Pod>;
  readonly #nodes: ResourceClient<Node>;
  readonly #missingSinceMs = new Map<string, number>();

  constructor({ client, informers, clock, log }: Surroundings) {
    this.#log = log;
    this.#informers = informers;
    this.#clock = clock;
    this.#pods = client.resource<Pod>(resources.pods);
    this.#nodes = client.resource<Node>(resources.nodes);
  }

  async run(signal: AbortSignal): Promise<void> {
    const watched = [this.#informers.pods, this.#informers.nodes];
    await Promise.race([Promise.all(watched.map((one) => one.synced())), aborted(signal)]);
    while (!signal.aborted) {
      await this.#look();
      await this.#clock.sleep(PERIOD_MS, signal);
    }
  }

  async #look(): Promise<void> {
    const doomed = planPodGc({
      pods: this.#informers.pods.list(),
      nodeOf: (name) => this.#informers.nodes.get("", name),
      missingSinceMs: this.#missingSinceMs,
      nowMs: this.#clock.now(),
    });
    await Promise.all(doomed.map((one) => this.#remove(one)));
  }

  async #remove(one: Doomed): Promise<void> {
    const { namespace = "", name = "" } = one.pod.metadata;
    try {
      if (one.why === "orphaned" && (await this.#isThere(one.pod.spec.nodeName!))) return;
      if (!isPodTerminal(one.pod)) await this.#markFailed(one);
      await this.#pods.delete(namespace, name, { gracePeriodSeconds: 0 });
    } catch (error) {
      if (isReason(error, "NotFound")) return;
      this.#log.warn(
        { pod: keyOf(one.pod), err: error },
        "a pod could not be collected, will try again",
      );
    }
  }

  /** Asks the server itself before pods are removed by force. */
  async #isThere(node: string): Promise<boolean> {
    try {
      await this.#nodes.get("", node);
      return true;
    } catch (error) {
      if (isReason(error, "NotFound")) return false;
      throw error;
    }
  }

  /** No kubelet will report the end of its containers. */
  async #markFailed({ pod, why }: Doomed): Promise<void> {
    const { namespace = "", name = "", uid, generation } = pod.metadata;
    const observed = generation ? { observedGeneration: generation } : {};
    const condition = {
      type: "DisruptionTarget",
      status: "True",
      lastTransitionTime: secondsTimestamp(this.#clock.now()),
      reason: "DeletionByPodGC",
      message: "PodGC: node no longer exists",
      ...observed,
    };
    const conditions = why === "orphaned" ? { conditions: [condition] } : {};
    const body = { metadata: { uid }, status: { phase: "Failed", ...conditions, ...observed } };
    await this.#pods.patch(namespace, name, { type: "strategic", body }, { subresource: "status" });
  }
}
