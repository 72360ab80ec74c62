// The end of one container: event, preStop, its turn, stop signal, SIGKILL.
// @see kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go killContainer

import type { Container, Pod } from "@kubonsai/api";
import { runHook } from "../../hooks/run-hook.ts";
import type { NodeContext } from "../node-context.ts";
import type { KillReason } from "../pod-actions.ts";
import { killGrace, LEAST_GRACE_SECONDS } from "./grace.ts";
import type { TerminationOrder } from "./termination-order.ts";

export interface KillTarget {
  pod: Pod;
  container: Container;
  id: string;
}

export interface KillOptions {
  /** The Killing event's text. */
  message: string;
  reason: KillReason;
  podIP: string;
  /** Seconds; absent: what pod and probe say. */
  grace?: number;
  order?: TerminationOrder;
}

/** Resolves when the container has exited. One budget pays for preStop, waiting and stopping. */
export async function killContainer(
  node: NodeContext,
  target: KillTarget,
  options: KillOptions,
): Promise<void> {
  const { pod, container, id } = target;
  const { message, order } = options;
  node.events.record(pod, { type: "Normal", reason: "Killing", message, container });
  let grace = options.grace ?? killGrace(pod, container, options.reason);
  if (container.lifecycle?.preStop && grace > 0) {
    grace -= await runPreStop(node, target, { grace, podIP: options.podIP });
  }
  if (order && grace > 0) grace -= await order.waitForTurn(container.name, grace);
  const timeoutMs = Math.max(grace, LEAST_GRACE_SECONDS) * 1000;
  await node.runtime.stopContainer(id, timeoutMs);
  order?.ended(container.name);
}

/** @returns the whole seconds spent. A hook that overruns goes on by itself. */
async function runPreStop(
  node: NodeContext,
  { pod, container, id }: KillTarget,
  { grace, podIP }: { grace: number; podIP: string },
): Promise<number> {
  const { clock } = node;
  const startedAt = clock.now();
  const handler = container.lifecycle!.preStop!;
  const hook = runHook(node, handler, { pod, container, containerId: id, podIP }).catch(() =>
    // the event says no more: hooks may print secrets
    node.events.record(pod, {
      type: "Warning",
      reason: "FailedPreStopHook",
      message: "PreStopHook failed",
      container,
    }),
  );
  const overrun = new AbortController();
  await Promise.race([hook, clock.sleep(grace * 1000, overrun.signal)]);
  overrun.abort();
  return Math.floor((clock.now() - startedAt) / 1000);
}
