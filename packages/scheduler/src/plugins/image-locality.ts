// Prefers nodes that have the pod's images already, the larger the better; an image that only few
// nodes have counts less, so that not all its pods end there.
// @see kubernetes pkg/scheduler/framework/plugins/imagelocality/image_locality.go

import type { Nodes } from "../nodes/cluster-state.ts";
import type { NodeInfo } from "../nodes/node-info.ts";
import type { PodDemand } from "../pods/pod-demand.ts";
import { BEST_SCORE, type Plugin } from "./plugin.ts";

const MEBIBYTE = 1024 * 1024;
const SMALLEST_BYTES = 23 * MEBIBYTE;
const LARGEST_PER_CONTAINER_BYTES = 1000 * MEBIBYTE;

export const imageLocality: Plugin = {
  name: "ImageLocality",
  preference: {
    weight: 1,
    score({ pod: { spec } }: PodDemand, node: NodeInfo, nodes: Nodes) {
      const containers = [...(spec.initContainers ?? []), ...spec.containers];
      const volumes = (spec.volumes ?? []).flatMap(({ image }) => image?.reference ?? []);
      const images = [...containers.map(({ image = "" }) => image), ...volumes].map(tagged);
      const bytes = images.reduce((sum, image) => sum + presence(image, node, nodes), 0);
      const largest = LARGEST_PER_CONTAINER_BYTES * containers.length;
      const counted = Math.min(Math.max(bytes, SMALLEST_BYTES), largest);
      return Math.floor((BEST_SCORE * (counted - SMALLEST_BYTES)) / (largest - SMALLEST_BYTES));
    },
  },
};

function presence(image: string, node: NodeInfo, nodes: Nodes): number {
  const bytes = node.images.get(image);
  if (bytes === undefined) return 0;
  return Math.floor(bytes * (nodes.imageSpread(image) / nodes.all.length));
}

/** `nginx` → `nginx:latest`; a colon before the last slash is a registry's port. */
const tagged = (image: string): string =>
  image.lastIndexOf(":") <= image.lastIndexOf("/") ? `${image}:latest` : image;
