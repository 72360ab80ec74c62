// ResourceQuota: how much a namespace may use.

import { aQuantity, aString, list, map, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const resourceQuota = message("io.k8s.api.core.v1.ResourceQuota", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<ResourceQuotaSpec>(2, () => resourceQuotaSpec).default({}),
  status: ref<ResourceQuotaStatus>(3, () => resourceQuotaStatus).default({}),
});
export interface ResourceQuota extends TypeOf<typeof resourceQuota> {
  metadata: ObjectMeta;
  spec: ResourceQuotaSpec;
}

export const resourceQuotaSpec = message("io.k8s.api.core.v1.ResourceQuotaSpec", {
  hard: map(1, aQuantity),
  scopes: list(2, aString).atomic(),
  scopeSelector: ref<ScopeSelector>(3, () => scopeSelector),
});
export interface ResourceQuotaSpec extends TypeOf<typeof resourceQuotaSpec> {}

export const scopeSelector = message(
  "io.k8s.api.core.v1.ScopeSelector",
  {
    matchExpressions: list(
      1,
      of<ScopedResourceSelectorRequirement>(() => scopedResourceSelectorRequirement),
    ).atomic(),
  },
  { mapType: "atomic" },
);
export interface ScopeSelector extends TypeOf<typeof scopeSelector> {}

export const scopedResourceSelectorRequirement = message(
  "io.k8s.api.core.v1.ScopedResourceSelectorRequirement",
  {
    scopeName: string(1)
      .oneOf(
        "BestEffort",
        "CrossNamespacePodAffinity",
        "NotBestEffort",
        "NotTerminating",
        "PriorityClass",
        "Terminating",
        "VolumeAttributesClass",
      )
      .required(),
    operator: string(2).oneOf("DoesNotExist", "Exists", "In", "NotIn").required(),
    values: list(3, aString).atomic(),
  },
);
export interface ScopedResourceSelectorRequirement extends TypeOf<
  typeof scopedResourceSelectorRequirement
> {}

export const resourceQuotaStatus = message("io.k8s.api.core.v1.ResourceQuotaStatus", {
  hard: map(1, aQuantity),
  used: map(2, aQuantity),
});
export interface ResourceQuotaStatus extends TypeOf<typeof resourceQuotaStatus> {}
