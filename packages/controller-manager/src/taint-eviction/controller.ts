// Makes pods leave nodes with NoExecute taints once their tolerations have run out.
// @see kubernetes pkg/controller/tainteviction/taint_eviction.go

import { isReason, type Node, type Pod } from "@kubonsai/api";
import {
  createWorkQueue,
  keyOf,
  runControlLoop,
  secondsTimestamp,
  splitKey,
} from "@kubonsai/client";
import type { Timer } from "@kubonsai/clock";
import type { Controller, Surroundings } from "../controller.ts";
import { BY_NODE } from "../informers.ts";
import * as resources from "../resources.ts";
import { stayMs } from "./plan.ts";

interface Eviction {
  startMs: number;
  timer: Timer;
}

export function taintEvictionController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log } = surroundings;
  const pods = client.resource<Pod>(resources.pods);
  const events = surroundings.recorder("taint-eviction-controller");
  const evicting = createWorkQueue({ clock });
  const pending = new Map<string, Eviction>();
  const watched = [informers.nodes, informers.pods];
  const lookAtNode = (node: Node) =>
    informers.pods.byIndex(BY_NODE, keyOf(node)).forEach((pod) => look(pod, node));
  informers.nodes.on({
    added: lookAtNode,
    updated(node, old) {
      if (noExecuteOf(node) !== noExecuteOf(old)) lookAtNode(node);
    },
  });
  informers.pods.on({
    added: lookAtPod,
    updated(pod, old) {
      const hasMoved = pod.spec.nodeName !== old.spec.nodeName;
      if (hasMoved || tolerationsOf(pod) !== tolerationsOf(old)) lookAtPod(pod);
    },
    deleted: (pod) => cancel(keyOf(pod)),
  });
  return { run };

  async function run(signal: AbortSignal): Promise<void> {
    const loop = { name: "taint-eviction", informers: watched, queue: evicting, log };
    await runControlLoop({ ...loop, sync: evict }, signal);
    for (const { timer } of pending.values()) timer.cancel();
    pending.clear();
  }

  function lookAtPod(pod: Pod): void {
    const node = informers.nodes.get("", pod.spec.nodeName ?? "");
    if (node) look(pod, node);
  }

  /** A stay once granted runs on, whatever taints come later, unless one of them grants none. */
  function look(pod: Pod, node: Node): void {
    const key = keyOf(pod);
    const ms = stayMs(node.spec?.taints ?? [], pod.spec.tolerations);
    if (ms === Infinity) return cancel(key);
    if (ms === 0) {
      cancel(key);
      return evicting.add(key);
    }
    const nowMs = clock.now();
    const before = pending.get(key);
    if (before && before.startMs < nowMs) return;
    cancel(key);
    const timer = clock.after(ms, () => {
      pending.delete(key);
      evicting.add(key);
    });
    pending.set(key, { startMs: nowMs, timer });
  }

  function cancel(key: string): void {
    const eviction = pending.get(key);
    if (!eviction) return;
    eviction.timer.cancel();
    pending.delete(key);
    tell(key, `Cancelling deletion of Pod ${key}`);
  }

  async function evict(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const known = informers.pods.get(namespace, name);
    if (!known || known.metadata.deletionTimestamp) return;
    tell(key, `Marking for deletion Pod ${key}`);
    try {
      await pods.patch(
        namespace,
        name,
        { type: "strategic", body: disruption(known) },
        { subresource: "status" },
      );
      await pods.delete(namespace, name);
    } catch (error) {
      if (!isReason(error, "NotFound")) throw error;
    }
  }

  function disruption({ metadata: { uid, generation } }: Pod): object {
    const condition = {
      type: "DisruptionTarget",
      status: "True",
      lastTransitionTime: secondsTimestamp(clock.now()),
      reason: "DeletionByTaintManager",
      message: "Taint manager: deleting due to NoExecute taint",
      ...(generation ? { observedGeneration: generation } : {}),
    };
    return { metadata: { uid }, status: { conditions: [condition] } };
  }

  function tell(key: string, message: string): void {
    const { namespace, name } = splitKey(key);
    const regarding = { kind: "Pod", namespace, name, apiVersion: "v1" };
    events.event({ regarding, type: "Normal", reason: "TaintManagerEviction", message });
  }
}

const noExecuteOf = ({ spec }: Node): string =>
  JSON.stringify((spec?.taints ?? []).filter(({ effect }) => effect === "NoExecute"));

const tolerationsOf = ({ spec }: Pod): string => JSON.stringify(spec.tolerations);
