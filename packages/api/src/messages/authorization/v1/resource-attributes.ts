// What an access review asks about.

import { list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import {
  fieldSelectorRequirement,
  type FieldSelectorRequirement,
} from "../../../metadata/field-selector-requirement.ts";
import {
  labelSelectorRequirement,
  type LabelSelectorRequirement,
} from "../../../metadata/label-selector.ts";

export const resourceAttributes = message("io.k8s.api.authorization.v1.ResourceAttributes", {
  namespace: string(1),
  verb: string(2),
  group: string(3),
  version: string(4),
  resource: string(5),
  subresource: string(6),
  name: string(7),
  fieldSelector: ref<FieldSelectorAttributes>(8, () => fieldSelectorAttributes),
  labelSelector: ref<LabelSelectorAttributes>(9, () => labelSelectorAttributes),
});
export interface ResourceAttributes extends TypeOf<typeof resourceAttributes> {}

export const nonResourceAttributes = message("io.k8s.api.authorization.v1.NonResourceAttributes", {
  path: string(1),
  verb: string(2),
});
export interface NonResourceAttributes extends TypeOf<typeof nonResourceAttributes> {}

export const fieldSelectorAttributes = message(
  "io.k8s.api.authorization.v1.FieldSelectorAttributes",
  {
    rawSelector: string(1),
    requirements: list(
      2,
      of<FieldSelectorRequirement>(() => fieldSelectorRequirement),
    ).atomic(),
  },
);
export interface FieldSelectorAttributes extends TypeOf<typeof fieldSelectorAttributes> {}

export const labelSelectorAttributes = message(
  "io.k8s.api.authorization.v1.LabelSelectorAttributes",
  {
    rawSelector: string(1),
    requirements: list(
      2,
      of<LabelSelectorRequirement>(() => labelSelectorRequirement),
    ).atomic(),
  },
);
export interface LabelSelectorAttributes extends TypeOf<typeof labelSelectorAttributes> {}
