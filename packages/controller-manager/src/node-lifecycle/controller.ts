// Watches over nodes: says when a kubelet fell silent, taints what is not well, marks its pods.
// @see kubernetes pkg/controller/nodelifecycle

import { isReason, type Node, type Pod, type Taint } from "@kubonsai/api";
import { aborted, createWorkQueue, keyOf, runControlLoop, splitKey } from "@kubonsai/client";
import type { Controller, Surroundings } from "../controller.ts";
import { BY_NODE } from "../informers.ts";
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

export function nodeLifecycleController(surroundings: Surroundings): Controller {
  const { client, informers, clock, log } = surroundings;
  const nodes = client.resource<Node>(resources.nodes);
  const pods = client.resource<Pod>(resources.pods);
  const events = surroundings.recorder("node-controller");
  const tainting = createWorkQueue({ clock });
  const marking = createWorkQueue({ clock });
  const evictions = new Evictions(clock, taintForEviction);
  const monitor = new NodeMonitor({
    ...{ informers, nodes, events, clock, log },
    removed: (name) => evictions.forget(name),
  });
  const watched = [informers.nodes, informers.pods, informers.nodeLeases];
  informers.nodes.on({
    added: enqueueNode,
    updated(node, old) {
      enqueueNode(node);
      if (fellSilent(node, old)) podsOn(node).forEach(enqueuePod);
    },
  });
  informers.pods.on({
    added: enqueueBound,
    updated(pod, old) {
      if (pod.spec.nodeName !== old.spec.nodeName) enqueueBound(pod);
    },
  });
  return { run };

  async function run(signal: AbortSignal): Promise<void> {
    const loop = { informers: watched, log };
    await Promise.all([
      runControlLoop({ ...loop, name: "node-taints", queue: tainting, sync: taint }, signal),
      runControlLoop({ ...loop, name: "node-pods", queue: marking, sync: mark }, signal),
      look(signal),
    ]);
    evictions.stop();
  }

  async function look(signal: AbortSignal): Promise<void> {
    await Promise.race([Promise.all(watched.map((one) => one.synced())), aborted(signal)]);
    while (!signal.aborted) {
      const all = await monitor.look();
      if (evictions.judge(all)) changeOfMode(all);
      await clock.sleep(MONITOR_PERIOD_MS, signal);
    }
  }

  function changeOfMode(all: readonly Node[]): void {
    if (evictions.areStopped) log.warn({}, "no node is ready: nothing is evicted until one is");
    else monitor.startAnew();
    all.forEach(enqueueNode);
  }

  function enqueueNode(node: Node): void {
    tainting.add(keyOf(node));
  }

  function enqueuePod(pod: Pod): void {
    marking.add(keyOf(pod));
  }

  function enqueueBound(pod: Pod): void {
    if (pod.spec.nodeName) enqueuePod(pod);
  }

  function podsOn(node: Node): Pod[] {
    return informers.pods.byIndex(BY_NODE, keyOf(node));
  }

  /** NoSchedule follows the conditions at once; NoExecute too, once it is there. */
  async function taint(name: string): Promise<void> {
    const node = informers.nodes.get("", name);
    if (!node) return;
    const nowMs = clock.now();
    const scheduling = planNoSchedule(node, nowMs);
    const tainted = scheduling ? { ...node, spec: { ...node.spec, taints: scheduling } } : node;
    const isGivenUp = hasNoExecute(node, NOT_READY, UNREACHABLE);
    const key = evictions.areStopped ? undefined : noExecuteKey(node);
    const executing = isGivenUp ? planNoExecute(tainted, key, nowMs) : undefined;
    await writeTaints(node, executing ?? scheduling);
  }

  async function taintForEviction(name: string): Promise<void> {
    const node = informers.nodes.get("", name);
    const key = node && noExecuteKey(node);
    if (!key) return;
    try {
      await writeTaints(node, planNoExecute(node, key, clock.now()));
    } catch (error) {
      // the next look lines it up again
      log.debug({ node: name, err: error }, "a node could not be tainted yet");
    }
  }

  async function writeTaints(node: Node, taints: Taint[] | undefined): Promise<void> {
    if (!taints) return;
    const { resourceVersion } = node.metadata;
    const body = { metadata: { resourceVersion }, spec: { taints } };
    await nodes.patch("", keyOf(node), { type: "merge", body }).catch(ignoreMissing);
  }

  async function mark(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const pod = informers.pods.get(namespace, name);
    const node = pod && informers.nodes.get("", pod.spec.nodeName ?? "");
    const ready = node && readyCondition(node);
    if (!ready || ready.status === "True") return;
    await markNotReady(pod, { pods, events, clock });
  }
}

/** Only the monitor says Unknown; what a kubelet says of itself, it tells its pods as well. */
function fellSilent(node: Node, old: Node): boolean {
  return readyCondition(node)?.status === "Unknown" && readyCondition(old)?.status === "True";
}

function ignoreMissing(error: unknown): void {
  if (!isReason(error, "NotFound")) throw error;
}
