// What a change of a node means to pods that found none.

import type { Node } from "@kubonsai/api";

/** Whether pods may fit that did not before; heartbeats change nothing that matters here. */
export const matters = (node: Node, old: Node): boolean => view(node) !== view(old);

const view = ({ metadata, spec, status }: Node): string =>
  JSON.stringify([
    metadata.labels,
    spec?.taints,
    spec?.unschedulable ?? false,
    status?.allocatable,
  ]);
