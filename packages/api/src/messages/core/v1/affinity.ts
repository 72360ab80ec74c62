// Where a pod wants to run: node affinity, pod affinity and anti-affinity.

import { aString, int32, list, message, of, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";

export const affinity = message("io.k8s.api.core.v1.Affinity", {
  nodeAffinity: ref<NodeAffinity>(1, () => nodeAffinity),
  podAffinity: ref<PodAffinity>(2, () => podAffinity),
  podAntiAffinity: ref<PodAntiAffinity>(3, () => podAntiAffinity),
});
export interface Affinity extends TypeOf<typeof affinity> {}

export const nodeAffinity = message("io.k8s.api.core.v1.NodeAffinity", {
  requiredDuringSchedulingIgnoredDuringExecution: ref<NodeSelector>(1, () => nodeSelector),
  preferredDuringSchedulingIgnoredDuringExecution: list(
    2,
    of<PreferredSchedulingTerm>(() => preferredSchedulingTerm),
  ).atomic(),
});
export interface NodeAffinity extends TypeOf<typeof nodeAffinity> {}

export const nodeSelector = message(
  "io.k8s.api.core.v1.NodeSelector",
  {
    nodeSelectorTerms: list(
      1,
      of<NodeSelectorTerm>(() => nodeSelectorTerm),
    )
      .atomic()
      .required(),
  },
  { mapType: "atomic" },
);
export interface NodeSelector extends TypeOf<typeof nodeSelector> {}

export const nodeSelectorTerm = message(
  "io.k8s.api.core.v1.NodeSelectorTerm",
  {
    matchExpressions: list(
      1,
      of<NodeSelectorRequirement>(() => nodeSelectorRequirement),
    ).atomic(),
    matchFields: list(
      2,
      of<NodeSelectorRequirement>(() => nodeSelectorRequirement),
    ).atomic(),
  },
  { mapType: "atomic" },
);
export interface NodeSelectorTerm extends TypeOf<typeof nodeSelectorTerm> {}

export const nodeSelectorRequirement = message("io.k8s.api.core.v1.NodeSelectorRequirement", {
  key: string(1).required(),
  operator: string(2).oneOf("DoesNotExist", "Exists", "Gt", "In", "Lt", "NotIn").required(),
  values: list(3, aString).atomic(),
});
export interface NodeSelectorRequirement extends TypeOf<typeof nodeSelectorRequirement> {}

export const preferredSchedulingTerm = message("io.k8s.api.core.v1.PreferredSchedulingTerm", {
  weight: int32(1).required(),
  preference: ref<NodeSelectorTerm>(2, () => nodeSelectorTerm)
    .required()
    .default({}),
});
export interface PreferredSchedulingTerm extends TypeOf<typeof preferredSchedulingTerm> {}

export const podAffinity = message("io.k8s.api.core.v1.PodAffinity", {
  requiredDuringSchedulingIgnoredDuringExecution: list(
    1,
    of<PodAffinityTerm>(() => podAffinityTerm),
  ).atomic(),
  preferredDuringSchedulingIgnoredDuringExecution: list(
    2,
    of<WeightedPodAffinityTerm>(() => weightedPodAffinityTerm),
  ).atomic(),
});
export interface PodAffinity extends TypeOf<typeof podAffinity> {}

export const podAntiAffinity = message("io.k8s.api.core.v1.PodAntiAffinity", {
  requiredDuringSchedulingIgnoredDuringExecution: list(
    1,
    of<PodAffinityTerm>(() => podAffinityTerm),
  ).atomic(),
  preferredDuringSchedulingIgnoredDuringExecution: list(
    2,
    of<WeightedPodAffinityTerm>(() => weightedPodAffinityTerm),
  ).atomic(),
});
export interface PodAntiAffinity extends TypeOf<typeof podAntiAffinity> {}

export const podAffinityTerm = message("io.k8s.api.core.v1.PodAffinityTerm", {
  labelSelector: ref<LabelSelector>(1, () => labelSelector),
  namespaces: list(2, aString).atomic(),
  topologyKey: string(3).required(),
  namespaceSelector: ref<LabelSelector>(4, () => labelSelector),
  matchLabelKeys: list(5, aString).atomic(),
  mismatchLabelKeys: list(6, aString).atomic(),
});
export interface PodAffinityTerm extends TypeOf<typeof podAffinityTerm> {}

export const weightedPodAffinityTerm = message("io.k8s.api.core.v1.WeightedPodAffinityTerm", {
  weight: int32(1).required(),
  podAffinityTerm: ref<PodAffinityTerm>(2, () => podAffinityTerm)
    .required()
    .default({}),
});
export interface WeightedPodAffinityTerm extends TypeOf<typeof weightedPodAffinityTerm> {}
