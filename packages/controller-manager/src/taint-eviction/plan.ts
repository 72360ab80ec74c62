// How long a pod may stay on a node with NoExecute taints.
// @see kubernetes pkg/controller/tainteviction

import type { Taint, Toleration } from "@kubonsai/api";

/** Milliseconds from now; Infinity when it may stay, 0 when it must go. */
export function stayMs(taints: readonly Taint[], tolerations: readonly Toleration[] = []): number {
  const used: Toleration[] = [];
  for (const taint of taints.filter(({ effect }) => effect === "NoExecute")) {
    const toleration = tolerations.find((one) => tolerates(one, taint));
    if (!toleration) return 0;
    used.push(toleration);
  }
  const limits = used
    .map(({ tolerationSeconds }) => tolerationSeconds)
    .filter((seconds) => seconds !== undefined);
  return Math.max(0, Math.min(Infinity, ...limits)) * 1000;
}

export function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = "", operator = "Equal", value = "", effect = "" } = toleration;
  if (effect !== "" && effect !== taint.effect) return false;
  if (key !== "" && key !== taint.key) return false;
  return operator === "Exists" || (key !== "" && value === (taint.value ?? ""));
}
