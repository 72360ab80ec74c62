// Pod: is given time to end, is bound to a node, is evicted, and changes in parts.
// @see kubernetes pkg/registry/core/pod/strategy.go

import {
  prepareEphemeralContainersUpdate,
  validateEphemeralContainersUpdate,
  type Kind,
  type KubernetesObject,
  type Pod,
} from "@kubonsai/api";
import type { Behaviour, BehaviourContext, Part } from "../behaviour.ts";
import { bindingCall } from "./pod-binding.ts";
import { evictionCall } from "./pod-eviction.ts";
import { keepOldMetadata } from "./part-metadata.ts";
import { resizePart } from "./pod-resize.ts";

export function podBehaviour(context: BehaviourContext): Behaviour {
  return {
    gracePeriodSeconds,
    untracked: {
      status: [["spec"], ["metadata", "deletionTimestamp"], ["metadata", "ownerReferences"]],
    },
    parts: {
      ephemeralcontainers: ephemeralContainersPart(context.kind),
      resize: resizePart(context.kind),
    },
    calls: {
      binding: { create: bindingCall(context) },
      eviction: { create: evictionCall(context) },
    },
  };
}

/** A pod that no node runs, or that has ended, need not be waited for. */
function gracePeriodSeconds(object: KubernetesObject, requested: number | undefined): number {
  const { spec, status } = object as Pod;
  if (!spec.nodeName) return 0;
  if (status?.phase === "Succeeded" || status?.phase === "Failed") return 0;
  const seconds = requested ?? spec.terminationGracePeriodSeconds ?? 0;
  return seconds < 0 ? 1 : seconds;
}

function ephemeralContainersPart(kind: Kind): Part {
  return {
    prepare(object, old) {
      keepOldMetadata(object, old);
      prepareEphemeralContainersUpdate(object as Pod, old as Pod);
    },
    validate: (object, old) => [
      ...kind.validate(object),
      ...validateEphemeralContainersUpdate(object as Pod, old as Pod),
    ],
  };
}
