// Which topologies a storage class may provision in.

import { aString, list, message, of, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";

export const topologySelectorTerm = message(
  "io.k8s.api.core.v1.TopologySelectorTerm",
  {
    matchLabelExpressions: list(
      1,
      of<TopologySelectorLabelRequirement>(() => topologySelectorLabelRequirement),
    ).atomic(),
  },
  { mapType: "atomic" },
);
export interface TopologySelectorTerm extends TypeOf<typeof topologySelectorTerm> {}

export const topologySelectorLabelRequirement = message(
  "io.k8s.api.core.v1.TopologySelectorLabelRequirement",
  {
    key: string(1).required(),
    values: list(2, aString).atomic().required(),
  },
);
export interface TopologySelectorLabelRequirement extends TypeOf<
  typeof topologySelectorLabelRequirement
> {}
