// How far a rollout may stray from the wanted number of pods.
// @see kubernetes pkg/controller/deployment/util ResolveFenceposts

import type { Deployment } from "@kubonsai/api";

export interface Bounds {
  replicas: number;
  /** Pods above the wanted number. */
  maxSurge: number;
  /** Pods below it that may be missing. */
  maxUnavailable: number;
}

export function boundsOf({ spec }: Deployment): Bounds {
  const replicas = spec.replicas ?? 1;
  if (spec.strategy?.type === "Recreate") return { replicas, maxSurge: 0, maxUnavailable: 0 };
  const { maxSurge: surge = "25%", maxUnavailable: missing = "25%" } =
    spec.strategy?.rollingUpdate ?? {};
  const maxSurge = scaled(surge, replicas, Math.ceil);
  const maxUnavailable = scaled(missing, replicas, Math.floor);
  // rounding may leave no room in either direction; then one pod may be missing
  const room = maxSurge === 0 && maxUnavailable === 0 ? 1 : maxUnavailable;
  return { replicas, maxSurge, maxUnavailable: Math.min(room, replicas) };
}

function scaled(value: number | string, whole: number, round: (value: number) => number): number {
  if (typeof value === "number") return value;
  return round((Number.parseInt(value, 10) * whole) / 100);
}
