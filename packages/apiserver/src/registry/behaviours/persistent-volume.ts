// PersistentVolume: remembers when it last entered another phase.
// @see kubernetes pkg/registry/core/persistentvolume/strategy.go

import type { KubernetesObject, PersistentVolume } from "@kubonsai/api";
import type { Behaviour, BehaviourContext } from "../behaviour.ts";
import { timestamp } from "../metadata.ts";

export function persistentVolumeBehaviour({ kind, clock }: BehaviourContext): Behaviour {
  const prepare = (object: KubernetesObject, old: KubernetesObject) => {
    kind.prepareForStatusUpdate?.(object, old);
    const { status } = object as PersistentVolume;
    const before = (old as PersistentVolume).status;
    if (!status || status.phase === before?.phase) return;
    const isTold = status.lastPhaseTransitionTime !== before?.lastPhaseTransitionTime;
    if (isTold && status.lastPhaseTransitionTime) return;
    status.lastPhaseTransitionTime = timestamp(clock.now());
  };
  return { parts: { status: { prepare, validate: () => [] } } };
}
