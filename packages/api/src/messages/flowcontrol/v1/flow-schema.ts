// FlowSchema: which requests belong to which priority level.

import {
  aString,
  boolean,
  int32,
  list,
  message,
  of,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const flowSchema = message("io.k8s.api.flowcontrol.v1.FlowSchema", {
  kind: string(0),
  apiVersion: string(0),
  metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
  spec: ref<FlowSchemaSpec>(2, () => flowSchemaSpec).default({}),
  status: ref<FlowSchemaStatus>(3, () => flowSchemaStatus).default({}),
});
export interface FlowSchema extends TypeOf<typeof flowSchema> {
  metadata: ObjectMeta;
  spec: FlowSchemaSpec;
}

export const flowSchemaSpec = message("io.k8s.api.flowcontrol.v1.FlowSchemaSpec", {
  priorityLevelConfiguration: ref<PriorityLevelConfigurationReference>(
    1,
    () => priorityLevelConfigurationReference,
  )
    .required()
    .default({}),
  matchingPrecedence: int32(2),
  distinguisherMethod: ref<FlowDistinguisherMethod>(3, () => flowDistinguisherMethod),
  rules: list(
    4,
    of<PolicyRulesWithSubjects>(() => policyRulesWithSubjects),
  ).atomic(),
});
export interface FlowSchemaSpec extends TypeOf<typeof flowSchemaSpec> {}

export const flowDistinguisherMethod = message(
  "io.k8s.api.flowcontrol.v1.FlowDistinguisherMethod",
  {
    type: string(1).required(),
  },
);
export interface FlowDistinguisherMethod extends TypeOf<typeof flowDistinguisherMethod> {}

export const priorityLevelConfigurationReference = message(
  "io.k8s.api.flowcontrol.v1.PriorityLevelConfigurationReference",
  {
    name: string(1).required(),
  },
);
export interface PriorityLevelConfigurationReference extends TypeOf<
  typeof priorityLevelConfigurationReference
> {}

export const policyRulesWithSubjects = message(
  "io.k8s.api.flowcontrol.v1.PolicyRulesWithSubjects",
  {
    subjects: list(
      1,
      of<FlowSchemaSubject>(() => flowSchemaSubject),
    )
      .atomic()
      .required(),
    resourceRules: list(
      2,
      of<ResourcePolicyRule>(() => resourcePolicyRule),
    ).atomic(),
    nonResourceRules: list(
      3,
      of<NonResourcePolicyRule>(() => nonResourcePolicyRule),
    ).atomic(),
  },
);
export interface PolicyRulesWithSubjects extends TypeOf<typeof policyRulesWithSubjects> {}

export const flowSchemaSubject = message(
  "io.k8s.api.flowcontrol.v1.Subject",
  {
    kind: string(1).required(),
    user: ref<UserSubject>(2, () => userSubject),
    group: ref<GroupSubject>(3, () => groupSubject),
    serviceAccount: ref<ServiceAccountSubject>(4, () => serviceAccountSubject),
  },
  {
    unions: [
      {
        discriminator: "kind",
        fields: { group: "Group", serviceAccount: "ServiceAccount", user: "User" },
      },
    ],
  },
);
export interface FlowSchemaSubject extends TypeOf<typeof flowSchemaSubject> {}

export const userSubject = message("io.k8s.api.flowcontrol.v1.UserSubject", {
  name: string(1).required(),
});
export interface UserSubject extends TypeOf<typeof userSubject> {}

export const groupSubject = message("io.k8s.api.flowcontrol.v1.GroupSubject", {
  name: string(1).required(),
});
export interface GroupSubject extends TypeOf<typeof groupSubject> {}

export const serviceAccountSubject = message("io.k8s.api.flowcontrol.v1.ServiceAccountSubject", {
  namespace: string(1).required(),
  name: string(2).required(),
});
export interface ServiceAccountSubject extends TypeOf<typeof serviceAccountSubject> {}

export const resourcePolicyRule = message("io.k8s.api.flowcontrol.v1.ResourcePolicyRule", {
  verbs: list(1, aString).listSet().required(),
  apiGroups: list(2, aString).listSet().required(),
  resources: list(3, aString).listSet().required(),
  clusterScope: boolean(4),
  namespaces: list(5, aString).listSet(),
});
export interface ResourcePolicyRule extends TypeOf<typeof resourcePolicyRule> {}

export const nonResourcePolicyRule = message("io.k8s.api.flowcontrol.v1.NonResourcePolicyRule", {
  verbs: list(1, aString).listSet().required(),
  nonResourceURLs: list(6, aString).listSet().required(),
});
export interface NonResourcePolicyRule extends TypeOf<typeof nonResourcePolicyRule> {}

export const flowSchemaStatus = message("io.k8s.api.flowcontrol.v1.FlowSchemaStatus", {
  conditions: list(
    1,
    of<FlowSchemaCondition>(() => flowSchemaCondition),
  )
    .listMap("type")
    .merge("type"),
});
export interface FlowSchemaStatus extends TypeOf<typeof flowSchemaStatus> {}

export const flowSchemaCondition = message("io.k8s.api.flowcontrol.v1.FlowSchemaCondition", {
  type: string(1),
  status: string(2),
  lastTransitionTime: time(3),
  reason: string(4),
  message: string(5),
});
export interface FlowSchemaCondition extends TypeOf<typeof flowSchemaCondition> {}
