// The flow schemas and priority levels that every server has: one that is never held back, and one for
// whatever fits no other.
// @see kubernetes apiserver/pkg/apis/flowcontrol/bootstrap/default.go

import type { FlowSchema, PriorityLevelConfiguration } from "@kubonsai/api";

const type = { apiVersion: "flowcontrol.apiserver.k8s.io/v1" };
const annotations = { "apf.kubernetes.io/autoupdate-spec": "true" };

const everything: Pick<
  NonNullable<FlowSchema["spec"]["rules"]>[number],
  "resourceRules" | "nonResourceRules"
> = {
  resourceRules: [
    { verbs: ["*"], apiGroups: ["*"], resources: ["*"], clusterScope: true, namespaces: ["*"] },
  ],
  nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
};

const groups = (...names: string[]) =>
  names.map((name) => ({ kind: "Group", group: { name } }) as const);

export const mandatoryPriorityLevels: readonly PriorityLevelConfiguration[] = [
  {
    ...type,
    kind: "PriorityLevelConfiguration",
    metadata: { name: "exempt", annotations },
    spec: { type: "Exempt", exempt: { nominalConcurrencyShares: 0, lendablePercent: 0 } },
  },
  {
    ...type,
    kind: "PriorityLevelConfiguration",
    metadata: { name: "catch-all", annotations },
    spec: {
      type: "Limited",
      limited: {
        nominalConcurrencyShares: 5,
        lendablePercent: 0,
        limitResponse: { type: "Reject" },
      },
    },
  },
];

export const mandatoryFlowSchemas: readonly FlowSchema[] = [
  {
    ...type,
    kind: "FlowSchema",
    metadata: { name: "exempt", annotations },
    spec: {
      matchingPrecedence: 1,
      priorityLevelConfiguration: { name: "exempt" },
      rules: [{ subjects: groups("system:masters"), ...everything }],
    },
  },
  {
    ...type,
    kind: "FlowSchema",
    metadata: { name: "catch-all", annotations },
    spec: {
      matchingPrecedence: 10_000,
      priorityLevelConfiguration: { name: "catch-all" },
      distinguisherMethod: { type: "ByUser" },
      rules: [
        { subjects: groups("system:unauthenticated", "system:authenticated"), ...everything },
      ],
    },
  },
];
