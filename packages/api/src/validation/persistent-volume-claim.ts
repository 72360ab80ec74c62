// Persistent volume claims: what they ask for, and how little of it may change.
// @see kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeClaim

import { forbidden, invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { PersistentVolumeClaim } from "../messages/core/v1/persistent-volume-claim.ts";
import type { TypedObjectReference } from "../messages/core/v1/reference.ts";
import type { PersistentVolumeClaimSpec } from "../messages/core/v1/volume.ts";
import { compareQuantities, tryParseQuantity, zeroQuantity } from "../quantity/quantity.ts";
import { validateAccessModes } from "./access-modes.ts";
import { labelKey } from "./label-names.ts";
import { validateLabelSelector } from "./labels.ts";
import { valueDiff } from "./line-diff.ts";
import { positiveQuantity, volumeModes } from "./persistent-volume.ts";
import { immutable, invalidFor, isLabel, isSubdomain, optionalOneOf, present } from "./rules.ts";

type Spec = PersistentVolumeClaimSpec;

export const validatePersistentVolumeClaim = ({ spec }: PersistentVolumeClaim): FieldError[] =>
  validateClaimSpec("spec", spec);

export function validateClaimSpec(field: string, spec: Spec): FieldError[] {
  const missing = "at least 1 access mode is required";
  const { storageClassName, volumeAttributesClassName: attributes } = spec;
  return [
    ...validateAccessModes(`${field}.accessModes`, spec.accessModes, missing),
    ...validateLabelSelector(`${field}.selector`, spec.selector),
    ...sizeErrors(`${field}.resources[storage]`, spec.resources?.requests),
    ...(storageClassName ? isSubdomain(`${field}.storageClassName`, storageClassName) : []),
    ...optionalOneOf(`${field}.volumeMode`, spec.volumeMode, volumeModes),
    ...(spec.dataSource ? sourceErrors(`${field}.dataSource`, spec.dataSource) : []),
    ...(spec.dataSourceRef ? sourceErrors(`${field}.dataSourceRef`, spec.dataSourceRef) : []),
    ...disagreement(field, spec),
    ...(attributes ? isSubdomain(`${field}.volumeAttributesClassName`, attributes) : []),
  ];
}

function sizeErrors(field: string, requests: { [name: string]: string } = {}): FieldError[] {
  const size = Object.hasOwn(requests, "storage") ? requests["storage"] : undefined;
  return size === undefined ? [required(field)] : positiveQuantity(field, size).slice(-1);
}

function sourceErrors(field: string, source: TypedObjectReference): FieldError[] {
  const { apiGroup = "", kind, name, namespace } = source;
  const errors = [...present(`${field}.name`, name), ...present(`${field}.kind`, kind)];
  if (apiGroup === "" && kind !== "PersistentVolumeClaim") {
    const text = "must be 'PersistentVolumeClaim' when referencing the default apiGroup";
    errors.push(invalid(field, kind, text));
  }
  if (apiGroup !== "") errors.push(...isSubdomain(`${field}.apiGroup`, apiGroup));
  return namespace ? [...errors, ...isLabel(`${field}.namespace`, namespace)] : errors;
}

function disagreement(field: string, { dataSource, dataSourceRef }: Spec): FieldError[] {
  if (!dataSource || !dataSourceRef) return [];
  const shown = `${field}.dataSource`;
  if (dataSourceRef.namespace) {
    const text = "may not be specified when dataSourceRef.namespace is specified";
    return [invalid(field, shown, text)];
  }
  return semanticEqual(dataSource, dataSourceRef)
    ? []
    : [invalid(field, shown, "must match dataSourceRef")];
}

export function validatePersistentVolumeClaimUpdate(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
): FieldError[] {
  return [
    ...frozenErrors(claim, old),
    ...shrinkErrors(claim, old),
    ...immutable("volumeMode", claim.spec.volumeMode, old.spec.volumeMode),
    ...attributesErrors(claim, old),
  ];
}

const oldClass = "volume.beta.kubernetes.io/storage-class";

/** All that may change is taken back; what still differs may not. */
function frozenErrors(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const spec: Spec = { ...claim.spec };
  const before: Spec = { ...old.spec };
  if (!before.volumeName) before.volumeName = spec.volumeName ?? "";
  const annotated = old.metadata.annotations?.[oldClass];
  const named = spec.storageClassName;
  const isNamedLate = before.storageClassName === undefined && named !== undefined;
  if (isNamedLate && (annotated === undefined || annotated === named)) {
    before.storageClassName = named;
  }
  if (claim.status?.phase === "Bound") {
    const size = old.spec.resources?.requests?.["storage"];
    const requests = { ...spec.resources?.requests, ...(size ? { storage: size } : {}) };
    spec.resources = { ...spec.resources, requests };
    takeBack(spec, before, "volumeAttributesClassName");
  }
  if (!spec.volumeName) delete spec.volumeName;
  if (!before.volumeName) delete before.volumeName;
  if (semanticEqual(spec, before)) return [];
  const text =
    "spec is immutable after creation except resources.requests and volumeAttributesClassName " +
    "for bound claims";
  return [forbidden("spec", `${text}\n${valueDiff(before, spec)}`)];
}

function takeBack(spec: Spec, old: Spec, member: "volumeAttributesClassName"): void {
  if (old[member] === undefined) delete spec[member];
  else spec[member] = old[member];
}

/** A claim may ask for less again while it grows, but never for less than it has. */
function shrinkErrors(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const size = ({ spec }: PersistentVolumeClaim) =>
    tryParseQuantity(spec.resources?.requests?.["storage"]) ?? zeroQuantity;
  const present = tryParseQuantity(old.status?.capacity?.["storage"]) ?? zeroQuantity;
  const wanted = size(claim);
  if (compareQuantities(wanted, size(old)) >= 0) return [];
  if (compareQuantities(wanted, present) > 0) return [];
  const text = "field can not be less than status.capacity";
  return [forbidden("spec.resources.requests.storage", text)];
}

function attributesErrors(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const name = claim.spec.volumeAttributesClassName;
  if (name === old.spec.volumeAttributesClassName) return [];
  if (old.status?.currentVolumeAttributesClassName === undefined || name) return [];
  const what = name === undefined ? "nil" : "empty string";
  const text = `update to ${what} is forbidden when status.currentVolumeAttributesClassName is not nil`;
  return [forbidden("spec.volumeAttributesClassName", text)];
}

const resizeStates = [
  ...["ControllerResizeInProgress", "ControllerResizeInfeasible", "NodeResizePending"],
  ...["NodeResizeInProgress", "NodeResizeInfeasible"],
].sort();

export function validatePersistentVolumeClaimStatusUpdate({ spec, status }: PersistentVolumeClaim) {
  const { allocatedResourceStatuses = {}, allocatedResources = {} } = status ?? {};
  const [states, amounts] = ["status.allocatedResourceStatuses", "status.allocatedResources"];
  return [
    ...((spec.accessModes ?? []).length === 0 ? [required("Spec.accessModes")] : []),
    ...Object.entries(allocatedResourceStatuses).flatMap(([name, state]) => [
      ...resourceKeyErrors(states, name),
      ...(resizeStates.includes(state) ? [] : [notSupported(states, name, resizeStates)]),
    ]),
    ...Object.keys(allocatedResources).flatMap((name) => resourceKeyErrors(amounts, name)),
  ];
}

function resourceKeyErrors(field: string, name: string): FieldError[] {
  const errors = invalidFor(field, name, labelKey(name));
  const isNative = !name.includes("/") || name.includes("kubernetes.io/");
  if (errors.length > 0 || !isNative || name === "storage") return errors;
  return [notSupported(field, name, ["storage"])];
}
