// Which requests an admission policy is for.

import { aString, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";

export const matchResources = message(
  "io.k8s.api.admissionregistration.v1.MatchResources",
  {
    namespaceSelector: ref<LabelSelector>(1, () => labelSelector),
    objectSelector: ref<LabelSelector>(2, () => labelSelector),
    resourceRules: list(
      3,
      of<NamedRuleWithOperations>(() => namedRuleWithOperations),
    ).atomic(),
    excludeResourceRules: list(
      4,
      of<NamedRuleWithOperations>(() => namedRuleWithOperations),
    ).atomic(),
    matchPolicy: string(7).oneOf("Equivalent", "Exact").explicit(),
  },
  { mapType: "atomic" },
);
export interface MatchResources extends TypeOf<typeof matchResources> {}

export const namedRuleWithOperations = message(
  "io.k8s.api.admissionregistration.v1.NamedRuleWithOperations",
  {
    resourceNames: list(1, aString).atomic(),
    operations: list(1, aString).atomic(),
    apiGroups: list(1, aString).atomic(),
    apiVersions: list(2, aString).atomic(),
    resources: list(3, aString).atomic(),
    scope: string(4).oneOf("*", "Cluster", "Namespaced").explicit(),
  },
  {
    embedded: [
      {
        name: "ruleWithOperations",
        number: 2,
        fields: ["operations"],
        embedded: [
          { name: "rule", number: 2, fields: ["apiGroups", "apiVersions", "resources", "scope"] },
        ],
      },
    ],
    mapType: "atomic",
  },
);
export interface NamedRuleWithOperations extends TypeOf<typeof namedRuleWithOperations> {}

export const paramKind = message(
  "io.k8s.api.admissionregistration.v1.ParamKind",
  {
    apiVersion: string(1),
    kind: string(2),
  },
  { mapType: "atomic" },
);
export interface ParamKind extends TypeOf<typeof paramKind> {}

export const paramRef = message(
  "io.k8s.api.admissionregistration.v1.ParamRef",
  {
    name: string(1),
    namespace: string(2),
    selector: ref<LabelSelector>(3, () => labelSelector),
    parameterNotFoundAction: string(4).explicit(),
  },
  { mapType: "atomic" },
);
export interface ParamRef extends TypeOf<typeof paramRef> {}

export const variable = message(
  "io.k8s.api.admissionregistration.v1.Variable",
  {
    name: string(1).required(),
    expression: string(2).required(),
  },
  { mapType: "atomic" },
);
export interface Variable extends TypeOf<typeof variable> {}
