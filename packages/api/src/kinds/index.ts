// Every kind served, in the order of discovery within a group. Adding a kind is its file and a line here.

import type { Kind } from "../kind.ts";
import { mutatingAdmissionPolicyKind } from "./admissionregistration/mutating-admission-policy.ts";
import { mutatingAdmissionPolicyBindingKind } from "./admissionregistration/mutating-admission-policy-binding.ts";
import { mutatingWebhookConfigurationKind } from "./admissionregistration/mutating-webhook-configuration.ts";
import { validatingAdmissionPolicyKind } from "./admissionregistration/validating-admission-policy.ts";
import { validatingAdmissionPolicyBindingKind } from "./admissionregistration/validating-admission-policy-binding.ts";
import { validatingWebhookConfigurationKind } from "./admissionregistration/validating-webhook-configuration.ts";
import { controllerRevisionKind } from "./apps/controller-revision.ts";
import { daemonSetKind } from "./apps/daemon-set.ts";
import { deploymentKind } from "./apps/deployment.ts";
import { replicaSetKind } from "./apps/replica-set.ts";
import { statefulSetKind } from "./apps/stateful-set.ts";
import { selfSubjectReviewKind } from "./authentication/self-subject-review.ts";
import { tokenReviewKind } from "./authentication/token-review.ts";
import { localSubjectAccessReviewKind } from "./authorization/local-subject-access-review.ts";
import { selfSubjectAccessReviewKind } from "./authorization/self-subject-access-review.ts";
import { selfSubjectRulesReviewKind } from "./authorization/self-subject-rules-review.ts";
import { subjectAccessReviewKind } from "./authorization/subject-access-review.ts";
import { horizontalPodAutoscalerKind } from "./autoscaling/horizontal-pod-autoscaler.ts";
import { horizontalPodAutoscalerV1Kind } from "./autoscaling/horizontal-pod-autoscaler-v1.ts";
import { cronJobKind } from "./batch/cron-job.ts";
import { jobKind } from "./batch/job.ts";
import { certificateSigningRequestKind } from "./certificates/certificate-signing-request.ts";
import { leaseKind } from "./coordination/lease.ts";
import { configMapKind } from "./core/config-map.ts";
import { endpointsKind } from "./core/endpoints.ts";
import { eventKind } from "./core/event.ts";
import { limitRangeKind } from "./core/limit-range.ts";
import { namespaceKind } from "./core/namespace.ts";
import { nodeKind } from "./core/node.ts";
import { persistentVolumeKind } from "./core/persistent-volume.ts";
import { persistentVolumeClaimKind } from "./core/persistent-volume-claim.ts";
import { podKind } from "./core/pod.ts";
import { podTemplateKind } from "./core/pod-template.ts";
import { replicationControllerKind } from "./core/replication-controller.ts";
import { resourceQuotaKind } from "./core/resource-quota.ts";
import { secretKind } from "./core/secret.ts";
import { serviceKind } from "./core/service.ts";
import { serviceAccountKind } from "./core/service-account.ts";
import { endpointSliceKind } from "./discovery/endpoint-slice.ts";
import { eventsEventKind } from "./events/event.ts";
import { flowSchemaKind } from "./flowcontrol/flow-schema.ts";
import { priorityLevelConfigurationKind } from "./flowcontrol/priority-level-configuration.ts";
import { ingressKind } from "./networking/ingress.ts";
import { ingressClassKind } from "./networking/ingress-class.ts";
import { ipAddressKind } from "./networking/ip-address.ts";
import { networkPolicyKind } from "./networking/network-policy.ts";
import { serviceCIDRKind } from "./networking/service-cidr.ts";
import { runtimeClassKind } from "./node/runtime-class.ts";
import { podDisruptionBudgetKind } from "./policy/pod-disruption-budget.ts";
import { clusterRoleKind } from "./rbac/cluster-role.ts";
import { clusterRoleBindingKind } from "./rbac/cluster-role-binding.ts";
import { roleKind } from "./rbac/role.ts";
import { roleBindingKind } from "./rbac/role-binding.ts";
import { priorityClassKind } from "./scheduling/priority-class.ts";
import { csiDriverKind } from "./storage/csi-driver.ts";
import { csiNodeKind } from "./storage/csi-node.ts";
import { csiStorageCapacityKind } from "./storage/csi-storage-capacity.ts";
import { storageClassKind } from "./storage/storage-class.ts";
import { volumeAttachmentKind } from "./storage/volume-attachment.ts";
import { volumeAttributesClassKind } from "./storage/volume-attributes-class.ts";

export {
  certificateSigningRequestKind,
  clusterRoleBindingKind,
  clusterRoleKind,
  configMapKind,
  controllerRevisionKind,
  cronJobKind,
  csiDriverKind,
  csiNodeKind,
  csiStorageCapacityKind,
  daemonSetKind,
  deploymentKind,
  endpointSliceKind,
  endpointsKind,
  eventKind,
  eventsEventKind,
  flowSchemaKind,
  horizontalPodAutoscalerKind,
  horizontalPodAutoscalerV1Kind,
  ingressClassKind,
  ingressKind,
  ipAddressKind,
  jobKind,
  leaseKind,
  limitRangeKind,
  localSubjectAccessReviewKind,
  mutatingAdmissionPolicyBindingKind,
  mutatingAdmissionPolicyKind,
  mutatingWebhookConfigurationKind,
  namespaceKind,
  networkPolicyKind,
  nodeKind,
  persistentVolumeClaimKind,
  persistentVolumeKind,
  podDisruptionBudgetKind,
  podKind,
  podTemplateKind,
  priorityClassKind,
  priorityLevelConfigurationKind,
  replicaSetKind,
  replicationControllerKind,
  resourceQuotaKind,
  roleBindingKind,
  roleKind,
  runtimeClassKind,
  secretKind,
  selfSubjectAccessReviewKind,
  selfSubjectReviewKind,
  selfSubjectRulesReviewKind,
  serviceAccountKind,
  serviceCIDRKind,
  serviceKind,
  statefulSetKind,
  storageClassKind,
  subjectAccessReviewKind,
  tokenReviewKind,
  validatingAdmissionPolicyBindingKind,
  validatingAdmissionPolicyKind,
  validatingWebhookConfigurationKind,
  volumeAttachmentKind,
  volumeAttributesClassKind,
};

export const kinds: readonly Kind[] = [
  configMapKind,
  endpointsKind,
  eventKind,
  limitRangeKind,
  namespaceKind,
  nodeKind,
  persistentVolumeClaimKind,
  persistentVolumeKind,
  podKind,
  podTemplateKind,
  replicationControllerKind,
  resourceQuotaKind,
  secretKind,
  serviceAccountKind,
  serviceKind,
  controllerRevisionKind,
  daemonSetKind,
  deploymentKind,
  replicaSetKind,
  statefulSetKind,
  eventsEventKind,
  selfSubjectReviewKind,
  tokenReviewKind,
  localSubjectAccessReviewKind,
  selfSubjectAccessReviewKind,
  selfSubjectRulesReviewKind,
  subjectAccessReviewKind,
  horizontalPodAutoscalerKind,
  horizontalPodAutoscalerV1Kind,
  cronJobKind,
  jobKind,
  certificateSigningRequestKind,
  ingressClassKind,
  ingressKind,
  ipAddressKind,
  networkPolicyKind,
  serviceCIDRKind,
  podDisruptionBudgetKind,
  clusterRoleBindingKind,
  clusterRoleKind,
  roleBindingKind,
  roleKind,
  csiDriverKind,
  csiNodeKind,
  csiStorageCapacityKind,
  storageClassKind,
  volumeAttachmentKind,
  volumeAttributesClassKind,
  mutatingAdmissionPolicyKind,
  mutatingAdmissionPolicyBindingKind,
  mutatingWebhookConfigurationKind,
  validatingAdmissionPolicyKind,
  validatingAdmissionPolicyBindingKind,
  validatingWebhookConfigurationKind,
  priorityClassKind,
  leaseKind,
  runtimeClassKind,
  endpointSliceKind,
  flowSchemaKind,
  priorityLevelConfigurationKind,
];
