// DefaultTolerationSeconds: a pod stays five minutes on a node that is not ready or not reachable.
// @see kubernetes plugin/pkg/admission/defaulttolerationseconds/admission.go

import type { Pod, Toleration } from "@kubonsai/api";
import { isAbout, type AdmissionPlugin } from "./admission.ts";

const SECONDS = 300;
const TAINTS = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

export function defaultTolerationSeconds(): AdmissionPlugin {
  return {
    name: "DefaultTolerationSeconds",
    mutate(request) {
      if (!isAbout(request, "", "pods") || request.subresource !== "" || !request.object) return;
      const { spec } = request.object as Pod;
      const present = spec.tolerations ?? [];
      const missing = TAINTS.filter((key) => !present.some((one) => tolerates(one, key)));
      if (missing.length > 0) spec.tolerations = [...present, ...missing.map(toleration)];
    },
  };
}

function tolerates({ key, effect }: Toleration, taint: string): boolean {
  return (!key || key === taint) && (!effect || effect === "NoExecute");
}

function toleration(key: string): Toleration {
  return { key, operator: "Exists", effect: "NoExecute", tolerationSeconds: SECONDS };
}
