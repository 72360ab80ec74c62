// What the scheduler does to the world: bindings, the PodScheduled condition, events.

import { findPodCondition, isReason, podKind, type Pod, type PodCondition } from "@kubonsai/api";
import {
  keyOf,
  referenceTo,
  secondsTimestamp,
  type Client,
  type Logger,
  type SchedulerEventRecorder,
} from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import type { Effects } from "./scheduler.ts";

export interface EffectsOptions {
  client: Client;
  recorder: SchedulerEventRecorder;
  clock: Clock;
  log: Logger;
}

export function createEffects({ client, recorder, clock, log }: EffectsOptions): Effects {
  const pods = client.resource(podKind);
  return {
    async bind(pod, nodeName) {
      const { namespace = "", name = "", uid } = pod.metadata;
      await pods.call(namespace, name, "binding", {
        apiVersion: "v1",
        kind: "Binding",
        metadata: { namespace, name, uid },
        target: { kind: "Node", name: nodeName },
      });
      recorder.event({
        regarding: podReference(pod),
        type: "Normal",
        reason: "Scheduled",
        action: "Binding",
        note: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
      });
    },
    report(pod, { reason, message }) {
      recorder.event({
        regarding: podReference(pod),
        type: "Warning",
        reason: "FailedScheduling",
        action: "Scheduling",
        note: message,
      });
      const condition = unscheduled(pod, { reason, message, nowMs: clock.now() });
      if (condition) void patchCondition(pod, condition);
    },
  };

  async function patchCondition(pod: Pod, condition: PodCondition): Promise<void> {
    const { namespace = "", name = "", uid } = pod.metadata;
    const body = { metadata: { uid }, status: { conditions: [condition] } };
    const patch = { type: "strategic", body } as const;
    try {
      await pods.patch(namespace, name, patch, { subresource: "status" });
    } catch (error) {
      if (isReason(error, "NotFound")) return;
      // the next failure says it again
      log.warn({ pod: keyOf(pod), err: error }, "a pod's condition could not be written");
    }
  }
}

/** The condition that says so; undefined when the pod has it already. */
export function unscheduled(
  pod: Pod,
  { reason, message, nowMs }: { reason: string; message: string; nowMs: number },
): PodCondition | undefined {
  const old = findPodCondition(pod, "PodScheduled");
  const isSameStatus = old?.status === "False";
  if (isSameStatus && old.reason === reason && old.message === message) return undefined;
  const { generation } = pod.metadata;
  return {
    type: "PodScheduled",
    status: "False",
    reason,
    message,
    lastTransitionTime:
      (isSameStatus ? old.lastTransitionTime : undefined) ?? secondsTimestamp(nowMs),
    ...(generation === undefined ? {} : { observedGeneration: generation }),
  };
}

/** Objects of lists have no kind of their own. */
const podReference = (pod: Pod) => referenceTo({ ...pod, apiVersion: "v1", kind: "Pod" });
