// What a pod's spec must be, in pods and in templates.
// @see kubernetes pkg/apis/core/validation/validation.go ValidatePodSpec

import { duplicate, forbidden, invalid, notSupported } from "../errors/field-error.ts";
import { required, type FieldError } from "../errors/field-error.ts";
import type { PodTemplateSpec } from "../messages/core/v1/pod.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import { validateContainers, validateEphemeralContainers } from "./container.ts";
import { validateInitContainers } from "./container.ts";
import { validateDns } from "./dns.ts";
import { validateAnnotations, validateLabels } from "./labels.ts";
import { dns1123Subdomain } from "./names.ts";
import type { PodContext } from "./pod-context.ts";
import { validateResourceRequirements } from "./resources.ts";
import { each, invalidFor, isLabel, isQualifiedName, oneOf, optionalOneOf } from "./rules.ts";
import { validateAffinity, validateTolerations, validateTopologySpread } from "./scheduling.ts";
import { validatePodSecurityContext } from "./security-context.ts";
import { inclusiveRange } from "./texts.ts";
import { validateVolumes } from "./volume.ts";

export interface PodSpecOptions {
  readonly isPod: boolean;
}

export function validatePodSpec(
  field: string,
  spec: PodSpec,
  options: PodSpecOptions,
): FieldError[] {
  const grace = spec.terminationGracePeriodSeconds;
  const { errors, volumes } = validateVolumes(`${field}.volumes`, spec.volumes);
  const context: PodContext = {
    ...(grace === undefined ? {} : { gracePeriodSeconds: grace }),
    volumes,
    claimNames: new Set((spec.resourceClaims ?? []).map(({ name }) => name)),
    restartPolicy: spec.restartPolicy ?? "",
    hostUsers: spec.hostUsers !== false,
    osName: spec.os?.name,
    isPod: options.isPod,
  };
  return [
    ...(grace === undefined ? [required(`${field}.terminationGracePeriodSeconds`)] : []),
    ...errors,
    ...claimErrors(`${field}.resourceClaims`, spec),
    ...containerErrors(field, spec, context),
    ...hostNetworkErrors(`${field}.containers`, spec, options.isPod),
    ...oneOf(`${field}.restartPolicy`, spec.restartPolicy, ["Always", "OnFailure", "Never"]),
    ...validateDns(field, spec),
    ...validateLabels(`${field}.nodeSelector`, spec.nodeSelector),
    ...validatePodSecurityContext(`${field}.securityContext`, spec),
    ...validateAffinity(`${field}.affinity`, spec.affinity),
    ...gateErrors(field, spec),
    ...validateTopologySpread(`${field}.topologySpreadConstraints`, spec.topologySpreadConstraints),
    ...hostUserErrors(field, spec),
    ...nameErrors(field, spec),
    ...deadlineErrors(`${field}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
    ...validateTolerations(`${field}.tolerations`, spec.tolerations),
    ...optionalOneOf(`${field}.preemptionPolicy`, spec.preemptionPolicy, [
      "PreemptLowerPriority",
      "Never",
    ]),
    ...(spec.overhead
      ? validateResourceRequirements(`${field}.overhead`, { limits: spec.overhead })
      : []),
    ...osErrors(`${field}.os`, spec.os?.name),
  ];
}

export function validatePodTemplate(field: string, template: PodTemplateSpec): FieldError[] {
  const { metadata, spec } = template;
  return [
    ...validateLabels(`${field}.labels`, metadata?.labels),
    ...validateAnnotations(`${field}.annotations`, metadata?.annotations),
    ...validatePodSpec(`${field}.spec`, spec, { isPod: false }),
    ...((spec.ephemeralContainers ?? []).length > 0
      ? [
          forbidden(
            `${field}.spec.ephemeralContainers`,
            "ephemeral containers not allowed in pod template",
          ),
        ]
      : []),
  ];
}

function containerErrors(field: string, spec: PodSpec, context: PodContext): FieldError[] {
  const { containers, initContainers, ephemeralContainers } = spec;
  const others = [...(containers ?? []), ...(initContainers ?? [])].map(({ name }) => name);
  return [
    ...validateContainers(`${field}.containers`, containers, context),
    ...validateInitContainers(`${field}.initContainers`, { initContainers, containers }, context),
    ...validateEphemeralContainers(`${field}.ephemeralContainers`, ephemeralContainers, {
      context,
      otherNames: others,
    }),
    ...(spec.resources
      ? validateResourceRequirements(`${field}.resources`, spec.resources, context.claimNames)
      : []),
  ];
}

/** On the host's network a container port is the host's port. */
function hostNetworkErrors(field: string, spec: PodSpec, isPod: boolean): FieldError[] {
  if (spec.hostNetwork !== true) return [];
  const text = "must match `containerPort` when `hostNetwork` is true";
  return each(field, spec.containers, (path, { ports }) =>
    each(`${path}.ports`, ports, (portPath, { hostPort = 0, containerPort }) =>
      (isPod || hostPort !== 0) && hostPort !== containerPort
        ? [invalid(`${portPath}.hostPort`, hostPort, text)]
        : [],
    ),
  );
}

function hostUserErrors(field: string, spec: PodSpec): FieldError[] {
  if (spec.hostUsers !== false) return [];
  const members = ["hostNetwork", "hostPID", "hostIPC"] as const;
  const shown = { hostNetwork: "hostNetwork", hostPID: "HostPID", hostIPC: "HostIPC" };
  return members
    .filter((member) => spec[member] === true)
    .map((member) => forbidden(`${field}.${shown[member]}`, "when `hostUsers` is false"));
}

function gateErrors(field: string, spec: PodSpec): FieldError[] {
  const seen = new Set<string>();
  return [
    ...each(`${field}.readinessGates`, spec.readinessGates, (path, { conditionType }) =>
      isQualifiedName(`${path}.conditionType`, conditionType),
    ),
    ...each(`${field}.schedulingGates`, spec.schedulingGates, (path, { name }) => {
      const errors = isQualifiedName(path, name);
      if (seen.has(name)) errors.push(duplicate(path, name));
      seen.add(name);
      return errors;
    }),
  ];
}

/** Names of other objects. */
function nameErrors(field: string, spec: PodSpec): FieldError[] {
  const members = [
    "serviceAccountName",
    "nodeName",
    "priorityClassName",
    "runtimeClassName",
  ] as const;
  return members.flatMap((member) => {
    const name = spec[member];
    return name ? invalidFor(`${field}.${member}`, name, dns1123Subdomain(name)) : [];
  });
}

const largestInt32 = 2147483647;

function deadlineErrors(field: string, seconds: number | undefined): FieldError[] {
  if (seconds === undefined || (seconds >= 1 && seconds <= largestInt32)) return [];
  return [invalid(field, seconds, inclusiveRange(1, largestInt32))];
}

function osErrors(field: string, name: string | undefined): FieldError[] {
  if (name === undefined) return [];
  if (name === "") return [required(`${field}.name`)];
  const supported = ["linux", "windows"];
  return supported.includes(name) ? [] : [notSupported(field, name, supported)];
}

function claimErrors(field: string, { resourceClaims }: PodSpec): FieldError[] {
  const seen = new Set<string>();
  return each(field, resourceClaims, (path, claim) => {
    const { name, resourceClaimName, resourceClaimTemplateName } = claim;
    const errors = name === "" ? [required(`${path}.name`)] : isLabel(`${path}.name`, name);
    if (seen.has(name)) errors.push(duplicate(path, name));
    seen.add(name);
    const count = [resourceClaimName, resourceClaimTemplateName].filter(Boolean).length;
    if (count === 1) return errors;
    const one = "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`";
    const both =
      "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified";
    return [...errors, invalid(path, claim, count === 0 ? one : both)];
  });
}
