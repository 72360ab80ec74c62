// The subresources that several kinds share.

import { scaleColumns } from "../columns/scale.ts";
import type { Subresource } from "../kind.ts";
import { scale } from "../messages/autoscaling/v1/scale.ts";

/** `status`: the kind itself, read and written through its status alone. */
export const statusOf = (group: string, version: string, kind: string): Subresource => ({
  name: "status",
  group,
  version,
  kind,
  verbs: ["get", "patch", "update"],
});

export const scaleSubresource: Subresource = {
  name: "scale",
  group: "autoscaling",
  version: "v1",
  kind: "Scale",
  verbs: ["get", "patch", "update"],
  schema: scale,
  columns: scaleColumns,
};
