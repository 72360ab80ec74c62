// Keeps pods off cordoned nodes, unless they tolerate the taint that stands for it.

import { impossible, type Plugin } from "./plugin.ts";
import { tolerates } from "./toleration.ts";

const cordoned = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" } as const;

export const nodeUnschedulable: Plugin = {
  name: "NodeUnschedulable",
  filter({ pod }, { node }) {
    if (!node.spec?.unschedulable || tolerates(pod.spec.tolerations, cordoned)) return undefined;
    return impossible("node(s) were unschedulable");
  },
};
