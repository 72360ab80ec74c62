// Labels of nodes that have newer names, wherever a pod selects by them.
// @see kubernetes pkg/api/node/util.go

import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import type { NodeSelectorTerm } from "../messages/core/v1/affinity.ts";
import { labelValue } from "../validation/label-names.ts";

const newerNames = new Map([
  ["beta.kubernetes.io/arch", 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ["beta.kubernetes.io/os", 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  [
    "failure-domain.beta.kubernetes.io/region",
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  ],
  [
    "failure-domain.beta.kubernetes.io/zone",
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  ],
  [
    "beta.kubernetes.io/instance-type",
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
  ],
  ["app.kubernetes.io/created-by", "deprecated since v1.9"],
  [
    "scheduler.alpha.kubernetes.io/preferAvoidPods",
    "deprecated since v1.22; use Taints and Tolerations instead",
  ],
]);

export function deprecatedLabelWarnings(field: string, spec: PodSpec): string[] {
  const { nodeAffinity } = spec.affinity ?? {};
  const path = `${field}.affinity.nodeAffinity`;
  const hard = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const soft = nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution;
  return [
    ...Object.keys(spec.nodeSelector ?? {}).flatMap((key) =>
      newerNames.has(key) ? [`${field}.nodeSelector[${key}]: ${newerNames.get(key)}`] : [],
    ),
    ...(hard ?? []).flatMap((term, i) =>
      termWarnings(
        `${path}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${i}]`,
        term,
      ),
    ),
    ...(soft ?? []).flatMap(({ preference }, i) =>
      preferenceWarnings(
        `${path}.preferredDuringSchedulingIgnoredDuringExecution[${i}].preference`,
        preference,
      ),
    ),
    ...(spec.topologySpreadConstraints ?? []).flatMap(({ topologyKey, labelSelector }, i) => [
      ...keyWarnings(`${field}.topologySpreadConstraints[${i}].topologyKey`, topologyKey),
      ...(labelSelector ? [] : [nullSelector(`${field}.topologySpreadConstraints[${i}]`)]),
    ]),
  ];
}

const nullSelector = (field: string) =>
  `${field}.labelSelector: a null labelSelector results in matching no pod`;

export const termWarnings = (field: string, term: NodeSelectorTerm): string[] =>
  (term.matchExpressions ?? []).flatMap(({ key }, i) =>
    keyWarnings(`${field}.matchExpressions[${i}].key`, key),
  );

/** Also of values that no label can have. */
const preferenceWarnings = (field: string, term: NodeSelectorTerm): string[] => [
  ...termWarnings(field, term),
  ...(term.matchExpressions ?? []).flatMap(({ values = [] }, i) =>
    values.flatMap((value, j) =>
      labelValue(value).map(
        (text) => `${field}.matchExpressions[${i}].values[${j}]: ${value} is invalid, ${text}`,
      ),
    ),
  ),
];

const keyWarnings = (field: string, key: string): string[] =>
  newerNames.has(key) ? [`${field}: ${key} is ${newerNames.get(key)}`] : [];

/** `deprecated since v1.14; use …`; undefined for a label that is not. */
export const deprecationOf = (key: string): string | undefined => newerNames.get(key);
