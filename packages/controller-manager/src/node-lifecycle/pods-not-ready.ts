// Pods of a node that is not ready are not ready either, whatever they last said of themselves.
// @see kubernetes pkg/controller/util/node MarkPodsNotReady

import { isReason, type Pod } from "@kubonsai/api";
import {
  referenceTo,
  secondsTimestamp,
  type EventRecorder,
  type ResourceClient,
} from "@kubonsai/client";
import type { Clock } from "@kubonsai/clock";
import { podCondition } from "../pods/pod-state.ts";

export interface Marking {
  pods: ResourceClient<Pod>;
  events: EventRecorder;
  clock: Clock;
}

/** @throws what the server answers; pods that are gone are passed over */
export async function markNotReady(pod: Pod, { pods, events, clock }: Marking): Promise<void> {
  const ready = podCondition(pod, "Ready");
  if (!ready || ready.status === "False") return;
  const { namespace = "", name = "", uid } = pod.metadata;
  const lastTransitionTime = secondsTimestamp(clock.now());
  const condition = { type: "Ready", status: "False", lastTransitionTime };
  const body = { metadata: { uid }, status: { conditions: [condition] } };
  try {
    await pods.patch(namespace, name, { type: "strategic", body }, { subresource: "status" });
  } catch (error) {
    if (isReason(error, "NotFound")) return;
    throw error;
  }
  const message = "Node is not ready";
  events.event({ regarding: referenceTo(pod), type: "Warning", reason: "NodeNotReady", message });
}
