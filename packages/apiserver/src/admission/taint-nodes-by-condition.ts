// TaintNodesByCondition: a new node takes no pods until its controller has seen it ready.
// @see kubernetes plugin/pkg/admission/nodetaint/admission.go

import type { Node } from "@kubonsai/api";
import { isAbout, type AdmissionPlugin } from "./admission.ts";

const NOT_READY = { key: "node.kubernetes.io/not-ready", effect: "NoSchedule" } as const;

export function taintNodesByCondition(): AdmissionPlugin {
  return {
    name: "TaintNodesByCondition",
    mutate(request) {
      if (request.operation !== "CREATE" || !isAbout(request, "", "nodes")) return;
      const node = request.object as Node;
      const { taints = [] } = node.spec ?? {};
      const isTainted = taints.some(
        ({ key, effect }) => key === NOT_READY.key && effect === NOT_READY.effect,
      );
      if (!isTainted) node.spec = { ...node.spec, taints: [...taints, { ...NOT_READY }] };
    },
  };
}
