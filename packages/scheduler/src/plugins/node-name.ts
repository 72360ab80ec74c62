// A pod that names its node goes nowhere else.

import { impossible, type Plugin } from "./plugin.ts";

export const nodeName: Plugin = {
  name: "NodeName",
  filter({ pod }, { name }) {
    const wanted = pod.spec.nodeName;
    if (!wanted || wanted === name) return undefined;
    return impossible("node(s) didn't match the requested node name");
  },
};
