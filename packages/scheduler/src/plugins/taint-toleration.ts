// Keeps pods off nodes whose taints they do not tolerate, and away from those that only ask for it.

import type { Taint } from "@kubonsai/api";
import { impossible, type Plugin } from "./plugin.ts";
import { tolerates } from "./toleration.ts";

const forbids = ({ effect }: Taint): boolean => effect === "NoSchedule" || effect === "NoExecute";

export const taintToleration: Plugin = {
  name: "TaintToleration",
  filter({ pod }, { node }) {
    const taints = node.spec?.taints ?? [];
    if (taints.every((taint) => !forbids(taint) || tolerates(pod.spec.tolerations, taint))) {
      return undefined;
    }
    return impossible("node(s) had untolerated taint(s)");
  },
  preference: {
    weight: 3,
    normalise: "reversed",
    score({ pod }, { node }) {
      const wishes = (node.spec?.taints ?? []).filter(
        ({ effect }) => effect === "PreferNoSchedule",
      );
      return wishes.filter((taint) => !tolerates(pod.spec.tolerations, taint)).length;
    },
  },
};
