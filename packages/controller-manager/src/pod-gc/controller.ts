// Removes pods whose node is gone or off, that never got one, and the oldest of very many that ended.
// @see kubernetes pkg/controller/podgc

import { isReason, type Node, type Pod } from "@kubonsai/api";
import { aborted, keyOf, secondsTimestamp } from "@kubonsai/client";
import type { Controller, Surroundings } from "../controller.ts";
import { isPodTerminal } from "../pods/pod-state.ts";
import * as resources from "../resources.ts";
import { planPodGc, type Doomed } from "./plan.ts";

const PERIOD_MS = 20_000;

export function podGcController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log } = surroundings;
  const pods = client.resource<Pod>(resources.pods);
  const nodes = client.resource<Node>(resources.nodes);
  const missingSinceMs = new Map<string, number>();
  return { run };

  async function run(signal: AbortSignal): Promise<void> {
    const watched = [informers.pods, informers.nodes];
    await Promise.race([Promise.all(watched.map((one) => one.synced())), aborted(signal)]);
    while (!signal.aborted) {
      await look();
      await clock.sleep(PERIOD_MS, signal);
    }
  }

  async function look(): Promise<void> {
    const doomed = planPodGc({
      pods: informers.pods.list(),
      nodeOf: (name) => informers.nodes.get("", name),
      missingSinceMs,
      nowMs: clock.now(),
    });
    await Promise.all(doomed.map(remove));
  }

  async function remove(one: Doomed): Promise<void> {
    const { namespace = "", name = "" } = one.pod.metadata;
    try {
      if (one.why === "orphaned" && (await isThere(one.pod.spec.nodeName!))) return;
      if (!isPodTerminal(one.pod)) await markFailed(one);
      await pods.delete(namespace, name, { gracePeriodSeconds: 0 });
    } catch (error) {
      if (isReason(error, "NotFound")) return;
      log.warn({ pod: keyOf(one.pod), err: error }, "a pod could not be collected, will try again");
    }
  }

  /** Asks the server itself before pods are removed by force. */
  async function isThere(node: string): Promise<boolean> {
    try {
      await nodes.get("", node);
      return true;
    } catch (error) {
      if (isReason(error, "NotFound")) return false;
      throw error;
    }
  }

  /** No kubelet will report the end of its containers. */
  async function markFailed({ pod, why }: Doomed): Promise<void> {
    const { namespace = "", name = "", uid, generation } = pod.metadata;
    const observed = generation ? { observedGeneration: generation } : {};
    const condition = {
      type: "DisruptionTarget",
      status: "True",
      lastTransitionTime: secondsTimestamp(clock.now()),
      reason: "DeletionByPodGC",
      message: "PodGC: node no longer exists",
      ...observed,
    };
    const conditions = why === "orphaned" ? { conditions: [condition] } : {};
    const body = { metadata: { uid }, status: { phase: "Failed", ...conditions, ...observed } };
    await pods.patch(namespace, name, { type: "strategic", body }, { subresource: "status" });
  }
}
