// Whether a pod puts up with a taint.
// @see kubernetes api/core/v1/toleration.go ToleratesTaint

import type { Taint, Toleration } from "@kubonsai/api";

export function tolerates(
  tolerations: readonly Toleration[] | undefined,
  taint: Pick<Taint, "key" | "value" | "effect">,
): boolean {
  return (tolerations ?? []).some((toleration) => matches(toleration, taint));
}

function matches(toleration: Toleration, taint: Pick<Taint, "key" | "value" | "effect">): boolean {
  const { key, operator, value, effect } = toleration;
  if (effect && effect !== taint.effect) return false;
  if (key && key !== taint.key) return false;
  switch (operator || "Equal") {
    case "Exists":
      return true;
    case "Equal":
      return (value ?? "") === (taint.value ?? "");
    default:
      // comparing numbers is an alpha feature, off by default
      return false;
  }
}
