// The vocabulary: kinds and their schemas, metadata, selectors, quantities, patches, errors. Pure.

export * from "./errors/field-error.ts";
export * from "./errors/status-error.ts";
export * from "./kind.ts";
export * from "./metadata/object-meta.ts";
export type * from "./schema/schema.ts";

// ---- kinds, and the types of what they hold

export * from "./kinds/index.ts";
export { binding as bindingMessage } from "./messages/core/v1/binding.ts";
export { eviction as evictionMessage } from "./messages/policy/v1/eviction.ts";
export { scale as scaleMessage } from "./messages/autoscaling/v1/scale.ts";
export { tokenRequest as tokenRequestMessage } from "./messages/authentication/v1/token-request.ts";
export type * from "./messages/admissionregistration/v1/match-resources.ts";
export type * from "./messages/admissionregistration/v1/mutating-admission-policy-binding.ts";
export type * from "./messages/admissionregistration/v1/mutating-admission-policy.ts";
export type * from "./messages/admissionregistration/v1/mutating-webhook-configuration.ts";
export type * from "./messages/admissionregistration/v1/validating-admission-policy-binding.ts";
export type * from "./messages/admissionregistration/v1/validating-admission-policy.ts";
export type * from "./messages/admissionregistration/v1/validating-webhook-configuration.ts";
export type * from "./messages/admissionregistration/v1/webhook.ts";
export type * from "./messages/apps/v1/controller-revision.ts";
export type * from "./messages/apps/v1/daemon-set.ts";
export type * from "./messages/apps/v1/deployment.ts";
export type * from "./messages/apps/v1/replica-set.ts";
export type * from "./messages/apps/v1/stateful-set.ts";
export type * from "./messages/authentication/v1/self-subject-review.ts";
export type * from "./messages/authentication/v1/token-request.ts";
export type * from "./messages/authentication/v1/token-review.ts";
export type * from "./messages/authorization/v1/resource-attributes.ts";
export type * from "./messages/authorization/v1/self-subject-rules-review.ts";
export type * from "./messages/authorization/v1/subject-access-review.ts";
export type * from "./messages/autoscaling/v1/horizontal-pod-autoscaler.ts";
export type * from "./messages/autoscaling/v1/scale.ts";
export type * from "./messages/autoscaling/v2/horizontal-pod-autoscaler.ts";
export type * from "./messages/autoscaling/v2/metric.ts";
export type * from "./messages/autoscaling/v2/reference.ts";
export type * from "./messages/batch/v1/cron-job.ts";
export type * from "./messages/batch/v1/job-policy.ts";
export type * from "./messages/batch/v1/job.ts";
export type * from "./messages/certificates/v1/certificate-signing-request.ts";
export type * from "./messages/coordination/v1/lease.ts";
export type * from "./messages/core/v1/affinity.ts";
export type * from "./messages/core/v1/binding.ts";
export type * from "./messages/core/v1/cloud-volumes.ts";
export type * from "./messages/core/v1/config-map.ts";
export type * from "./messages/core/v1/container-status.ts";
export type * from "./messages/core/v1/container.ts";
export type * from "./messages/core/v1/endpoints.ts";
export type * from "./messages/core/v1/environment.ts";
export type * from "./messages/core/v1/event.ts";
export type * from "./messages/core/v1/limit-range.ts";
export type * from "./messages/core/v1/namespace.ts";
export type * from "./messages/core/v1/network-volumes.ts";
export type * from "./messages/core/v1/node.ts";
export type * from "./messages/core/v1/persistent-volume-claim.ts";
export type * from "./messages/core/v1/persistent-volume-sources.ts";
export type * from "./messages/core/v1/persistent-volume.ts";
export type * from "./messages/core/v1/pod-spec.ts";
export type * from "./messages/core/v1/pod-status.ts";
export type * from "./messages/core/v1/pod-template.ts";
export type * from "./messages/core/v1/pod.ts";
export type * from "./messages/core/v1/probe.ts";
export type * from "./messages/core/v1/projected-volume.ts";
export type * from "./messages/core/v1/reference.ts";
export type * from "./messages/core/v1/replication-controller.ts";
export type * from "./messages/core/v1/resource-quota.ts";
export type * from "./messages/core/v1/resources.ts";
export type * from "./messages/core/v1/secret.ts";
export type * from "./messages/core/v1/security-context.ts";
export type * from "./messages/core/v1/service-account.ts";
export type * from "./messages/core/v1/service.ts";
export type * from "./messages/core/v1/topology-selector.ts";
export type * from "./messages/core/v1/volume-file.ts";
export type * from "./messages/core/v1/volume.ts";
export type * from "./messages/discovery/v1/endpoint-slice.ts";
export type * from "./messages/events/v1/event.ts";
export type * from "./messages/flowcontrol/v1/flow-schema.ts";
export type * from "./messages/flowcontrol/v1/priority-level-configuration.ts";
export type * from "./messages/networking/v1/ingress-class.ts";
export type * from "./messages/networking/v1/ingress.ts";
export type * from "./messages/networking/v1/ip-address.ts";
export type * from "./messages/networking/v1/network-policy.ts";
export type * from "./messages/networking/v1/service-cidr.ts";
export type * from "./messages/node/v1/runtime-class.ts";
export type * from "./messages/policy/v1/eviction.ts";
export type * from "./messages/policy/v1/pod-disruption-budget.ts";
export type * from "./messages/rbac/v1/role-binding.ts";
export type * from "./messages/rbac/v1/role.ts";
export type * from "./messages/scheduling/v1/priority-class.ts";
export type * from "./messages/storage/v1/csi-driver.ts";
export type * from "./messages/storage/v1/csi-node.ts";
export type * from "./messages/storage/v1/csi-storage-capacity.ts";
export type * from "./messages/storage/v1/storage-class.ts";
export type * from "./messages/storage/v1/volume-attachment.ts";
export type * from "./messages/storage/v1/volume-attributes-class.ts";
export type * from "./metadata/condition.ts";
export type * from "./metadata/label-selector.ts";

// ---- pure knowledge of objects

export * from "./duration/age.ts";
export * from "./duration/human-duration.ts";
export * from "./equality/semantic-equal.ts";
export * from "./image/image-name.ts";
export * from "./pod/conditions.ts";
export * from "./pod/containers.ts";
export * from "./pod/qos-class.ts";
export * from "./pod/requests.ts";
export * from "./quantity/quantity.ts";
export * from "./columns/pod-status.ts";
export * from "./cron/cron-schedule.ts";
export * from "./scheduling/system-priority.ts";
export * from "./selectors/field-selector.ts";
export * from "./selectors/label-selector.ts";
export * from "./selectors/parse-label-selector.ts";
export * from "./service/exposure.ts";
export { isIpv4, isIpv6, parseIp } from "./validation/ip-address.ts";
export { keepAllButConditions } from "./preparation/certificate-signing-request.ts";
export { validateCertificateApproval } from "./validation/certificate-signing-request.ts";
export { validateBinding } from "./validation/cluster.ts";
export { validateLabels, validateLabelSelector } from "./validation/labels.ts";
export * from "./validation/label-names.ts";
export * from "./validation/names.ts";
export * from "./validation/object-meta.ts";
export {
  validateEphemeralContainersUpdate,
  prepareEphemeralContainersUpdate,
} from "./pod/ephemeral-containers.ts";
export { toCoreEvent, fromCoreEvent } from "./kinds/events/event-conversion.ts";

// ---- what follows from schemas

export * from "./schema/decode.ts";
export {
  cannotBeHandled,
  DecodeError,
  duplicateField,
  strictDecodingError,
  unknownField,
} from "./schema/decode-error.ts";
export * from "./schema/defaults.ts";
export * from "./schema/duplicate-fields.ts";
export { copyValue, equalValues, goText } from "./schema/json-value.ts";
export * from "./patch/json-patch.ts";
export * from "./patch/merge-patch.ts";
export * from "./patch/strategic-merge.ts";
export * from "./metadata/list-meta.ts";
export { deleteOptions as deleteOptionsMessage } from "./metadata/delete-options.ts";
export { status as statusMessage } from "./metadata/status.ts";
export * from "./protobuf/envelope.ts";
export { decodeMembers } from "./protobuf/decode-message.ts";
export { encodeMembers } from "./protobuf/encode-message.ts";
export { apply, type ApplyRequest } from "./apply/apply.ts";
export { trackUpdate, type FieldOperation, type ObjectChange } from "./apply/track-update.ts";
export { equalButForTimes } from "./apply/equal-but-for-times.ts";
export { openApiV2, type OpenApiV2 } from "./openapi/v2.ts";
export { encodeOpenApiV2, openApiV2Protobuf } from "./openapi/v2-protobuf.ts";
export { openApiV3Documents, openApiV3Index } from "./openapi/v3.ts";
