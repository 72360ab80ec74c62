// Pods: when made, and what may change in them.
// @see kubernetes pkg/apis/core/validation/validation.go ValidatePodCreate, ValidatePodUpdate

import { forbidden, invalid, type FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { Container } from "../messages/core/v1/container.ts";
import type { Pod } from "../messages/core/v1/pod.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import { trimmedImage } from "./container.ts";
import { valueDiff } from "./line-diff.ts";
import { validatePodSpec } from "./pod-spec.ts";
import { each, immutable, isQualifiedName, isSubdomain } from "./rules.ts";
import { inclusiveRange } from "./texts.ts";

/** Of a pod as it is, new or changed. */
export function validatePod(pod: Pod): FieldError[] {
  const { spec, metadata } = pod;
  return [
    ...validatePodSpec("spec", spec, { isPod: true }),
    ...mirrorErrors(metadata.annotations ?? {}, spec),
    ...tokenErrors(spec),
    ...each("spec.containers", spec.containers, trimmedImage),
    ...each("spec.initContainers", spec.initContainers, trimmedImage),
    ...(spec.nodeName && (spec.schedulingGates ?? []).length > 0
      ? [forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared")]
      : []),
  ];
}

/** Of a new pod alone. */
export const validatePodCreate = ({ spec }: Pod): FieldError[] =>
  (spec.ephemeralContainers ?? []).length > 0
    ? [forbidden("spec.ephemeralContainers", "cannot be set on create")]
    : [];

export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  for (const list of ["containers", "initContainers"] as const) {
    const text = "pod updates may not add or remove containers";
    if ((pod.spec[list] ?? []).length !== (old.spec[list] ?? []).length) {
      return [forbidden(`spec.${list}`, text)];
    }
  }
  const deadline = deadlineErrors(pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds);
  return [
    ...deadline,
    ...tolerationErrors(pod.spec, old.spec),
    ...gateErrors(pod.spec, old.spec),
    ...frozenErrors(pod.spec, old.spec),
  ];
}

export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldError[] {
  const { status = {} } = pod;
  const errors = each("status.conditions", status.conditions, (path, { type }) =>
    ["PodScheduled", "Ready", "Initialized"].includes(type)
      ? []
      : isQualifiedName(`${path}.Type`, type),
  );
  const nominated = status.nominatedNodeName;
  if (nominated && nominated !== old.status?.nominatedNodeName) {
    errors.push(...isSubdomain("status.nominatedNodeName", nominated));
    const bound = "may not be set on pods that are already bound to a node";
    if (old.spec.nodeName) errors.push(forbidden("status.nominatedNodeName", bound));
  }
  return [
    ...errors,
    ...immutable("status.qosClass", status.qosClass, old.status?.qosClass),
    ...revivalErrors(pod, old),
  ];
}

/** A container that ended for good may not be told to run again. */
function revivalErrors(pod: Pod, old: Pod): FieldError[] {
  const policy = old.spec.restartPolicy;
  const hasOwnRules = (old.spec.containers ?? []).some((one) => one.restartPolicy !== undefined);
  if (policy === "Always" || hasOwnRules) return [];
  return each("status.containerStatuses", old.status?.containerStatuses, (path, before) => {
    const ended = before.state?.terminated;
    if (!ended || (ended.exitCode !== 0 && policy === "OnFailure")) return [];
    const now = pod.status?.containerStatuses?.find(({ name }) => name === before.name);
    if (now === undefined || now.state?.terminated) return [];
    return [forbidden(`${path}.state`, "may not be transitioned to non-terminated state")];
  });
}

const mirror = "kubernetes.io/config.mirror";

function mirrorErrors(annotations: { [key: string]: string }, spec: PodSpec): FieldError[] {
  if (!Object.hasOwn(annotations, mirror) || spec.nodeName) return [];
  const text = "must set spec.nodeName if mirror pod annotation is set";
  return [invalid(`metadata.annotations[${mirror}]`, annotations[mirror], text)];
}

/** A token needs an account to speak for. */
function tokenErrors({ serviceAccountName, volumes }: PodSpec): FieldError[] {
  if (serviceAccountName) return [];
  const text = "must not be specified when serviceAccountName is not set";
  return each("spec.volumes", volumes, (path, { projected }) =>
    each(`${path}.projected.sources`, projected?.sources, (source, { serviceAccountToken }) =>
      serviceAccountToken ? [forbidden(`${source}.serviceAccountToken`, text)] : [],
    ),
  );
}

function deadlineErrors(seconds: number | undefined, before: number | undefined): FieldError[] {
  const field = "spec.activeDeadlineSeconds";
  if (seconds === undefined) {
    if (before === undefined) return [];
    return [invalid(field, null, "must not update from a positive integer to nil value")];
  }
  if (seconds < 0 || seconds > 2147483647) {
    return [invalid(field, seconds, inclusiveRange(0, 2147483647))];
  }
  if (before === undefined || before >= seconds) return [];
  return [invalid(field, seconds, "must be less than or equal to previous value")];
}

function tolerationErrors(spec: PodSpec, old: PodSpec): FieldError[] {
  const kept = (old.tolerations ?? []).every((before) =>
    (spec.tolerations ?? []).some((now) =>
      semanticEqual({ ...before, tolerationSeconds: now.tolerationSeconds }, now),
    ),
  );
  const text = "existing toleration can not be modified except its tolerationSeconds";
  return kept ? [] : [forbidden("spec.tolerations", text)];
}

function gateErrors(spec: PodSpec, old: PodSpec): FieldError[] {
  const before = new Set((old.schedulingGates ?? []).map(({ name }) => name));
  return each("spec.schedulingGates", spec.schedulingGates, (path, { name }) =>
    before.has(name)
      ? []
      : [
          forbidden(
            `${path}.name`,
            `only deletion is allowed, but found new scheduling gate '${name}'`,
          ),
        ],
  );
}

const changeable = [
  "`spec.containers[*].image`",
  "`spec.initContainers[*].image`",
  "`spec.activeDeadlineSeconds`",
  "`spec.tolerations` (only additions to existing tolerations)",
  "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)",
].join(",");

/** All that may change is taken back; what still differs is what the update may not do. */
function frozenErrors(spec: PodSpec, old: PodSpec): FieldError[] {
  const munged = withoutAllowedChanges(spec, old);
  if (semanticEqual(munged, old)) return [];
  const diff = valueDiff(old, munged);
  const text = `pod updates may not change fields other than ${changeable}\n${diff}`;
  return [forbidden("spec", text)];
}

function withoutAllowedChanges(spec: PodSpec, old: PodSpec): PodSpec {
  const munged: PodSpec = {
    ...spec,
    containers: withImagesOf(spec.containers, old.containers),
  };
  if (spec.initContainers) {
    munged.initContainers = withImagesOf(spec.initContainers, old.initContainers);
  }
  for (const member of ["activeDeadlineSeconds", "schedulingGates", "tolerations"] as const) {
    restore(munged, old, member);
  }
  const grace = old.terminationGracePeriodSeconds ?? 0;
  if (grace < 0 && spec.terminationGracePeriodSeconds === 1) {
    restore(munged, old, "terminationGracePeriodSeconds");
  }
  if ((old.schedulingGates ?? []).length > 0) {
    restore(munged, old, "nodeSelector");
    restoreNodeAffinity(munged, old);
  }
  return munged;
}

/** A gated pod may still be told where it can run. */
function restoreNodeAffinity(spec: PodSpec, old: PodSpec): void {
  const { nodeAffinity: _, ...rest } = spec.affinity ?? {};
  const before = old.affinity?.nodeAffinity;
  const affinity = before === undefined ? rest : { ...rest, nodeAffinity: before };
  if (Object.keys(affinity).length === 0 && old.affinity === undefined) delete spec.affinity;
  else spec.affinity = affinity;
}

function restore<M extends keyof PodSpec>(spec: PodSpec, old: PodSpec, member: M): void {
  if (old[member] === undefined) delete spec[member];
  else spec[member] = old[member];
}

const withImagesOf = (containers: Container[] = [], old: Container[] = []): Container[] =>
  containers.map((container, i) => {
    const { image, ...rest } = container;
    const before = old[i]?.image;
    return before === undefined ? rest : { ...rest, image: before };
  });
