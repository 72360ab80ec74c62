// A host port can be had once on a node.

import type { Plugin } from "./plugin.ts";

const taken = {
  reasons: ["node(s) didn't have free ports for the requested pod ports"],
  isResolvable: true,
};

export const nodePorts: Plugin = {
  name: "NodePorts",
  filter: ({ hostPorts }, node) =>
    hostPorts.some((port) => node.isPortTaken(port)) ? taken : undefined,
};
