// LabelSelector: which objects, said by their labels.

import { aString, list, map, message, of, string } from "../schema/schema.ts";
import type { TypeOf } from "../schema/schema.ts";

export const labelSelector = message(
  "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelector",
  {
    matchLabels: map(1, aString),
    matchExpressions: list(
      2,
      of<LabelSelectorRequirement>(() => labelSelectorRequirement),
    ).atomic(),
  },
  { mapType: "atomic" },
);
export interface LabelSelector extends TypeOf<typeof labelSelector> {}

export const labelSelectorRequirement = message(
  "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
  {
    key: string(1).required(),
    operator: string(2).required(),
    values: list(3, aString).atomic(),
  },
);
export interface LabelSelectorRequirement extends TypeOf<typeof labelSelectorRequirement> {}
