// Persistent volumes: one source each, a capacity, a way to be mounted.
// @see kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolume

import { forbidden, invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { PersistentVolume } from "../messages/core/v1/persistent-volume.ts";
import { tryParseQuantity } from "../quantity/quantity.ts";
import { validateAccessModes } from "./access-modes.ts";
import { valueDiff } from "./line-diff.ts";
import { persistentVolumeSources, validatePersistentVolumeSource } from "./volume-source.ts";
import { immutable, isSubdomain, optionalOneOf } from "./rules.ts";
import { validateNodeSelector } from "./scheduling.ts";
import { isNotPositive } from "./texts.ts";

type Spec = PersistentVolume["spec"];

export const volumeModes = ["Block", "Filesystem"];

export function validatePersistentVolume({ spec, metadata }: PersistentVolume): FieldError[] {
  const policy = spec.persistentVolumeReclaimPolicy || undefined;
  const policies = ["Delete", "Recycle", "Retain"];
  return [
    ...validateAccessModes("spec.accessModes", spec.accessModes),
    ...capacityErrors("spec.capacity", spec.capacity),
    ...optionalOneOf("spec.persistentVolumeReclaimPolicy", policy, policies),
    ...affinityErrors("spec.nodeAffinity", spec.nodeAffinity),
    ...validatePersistentVolumeSource("spec", spec, metadata.name ?? ""),
    ...recycleErrors(spec),
    ...(spec.storageClassName ? isSubdomain("spec.storageClassName", spec.storageClassName) : []),
    ...optionalOneOf("spec.volumeMode", spec.volumeMode, volumeModes),
    ...attributesClassErrors(spec),
    ...mountOptionErrors(spec, metadata.annotations ?? {}),
  ];
}

export function validatePersistentVolumeUpdate({ spec }: PersistentVolume, old: PersistentVolume) {
  const errors: FieldError[] = [];
  const [now, before] = [sourceOf(spec, old.spec), sourceOf(old.spec, old.spec)];
  if (!semanticEqual(now, before)) {
    const text = "spec.persistentvolumesource is immutable after creation";
    const diff = valueDiff(before, now);
    errors.push(forbidden("spec.persistentvolumesource", `${text}\n${diff}`));
  }
  errors.push(...immutable("volumeMode", spec.volumeMode, old.spec.volumeMode));
  if (old.spec.nodeAffinity && !semanticEqual(spec.nodeAffinity, old.spec.nodeAffinity)) {
    const text = "field is immutable, except for updating from beta label to GA";
    errors.push(invalid("nodeAffinity", spec.nodeAffinity, text));
  }
  const name = "spec.volumeAttributesClassName";
  if (old.spec.volumeAttributesClassName !== undefined) {
    const isGone = spec.volumeAttributesClassName === undefined;
    if (isGone) errors.push(forbidden(name, "update from non-nil value to nil is forbidden"));
  }
  return errors;
}

/** The source alone; a secret for growing the volume may still be added. */
function sourceOf(spec: Spec, old: Spec): object {
  const source = Object.fromEntries(persistentVolumeSources.map((name) => [name, spec[name]]));
  if (!spec.csi || !old.csi || old.csi.controllerExpandSecretRef) return source;
  const { controllerExpandSecretRef: _, ...csi } = spec.csi;
  return { ...source, csi };
}

function capacityErrors(field: string, capacity: Spec["capacity"] = {}): FieldError[] {
  const names = Object.keys(capacity);
  const errors: FieldError[] = names.length === 0 ? [required(field)] : [];
  if (!Object.hasOwn(capacity, "storage") || names.length > 1) {
    errors.push(notSupported(field, names.length === 0 ? null : capacity, ["storage"]));
  }
  return [
    ...errors,
    ...names.flatMap((name) => positiveQuantity(`${field}[${name}]`, capacity[name]!)),
  ];
}

export function positiveQuantity(field: string, text: string): FieldError[] {
  const quantity = tryParseQuantity(text);
  if (quantity === undefined || quantity.nanos > 0n) return [];
  const isNegative = quantity.nanos <= -(10n ** 9n);
  const value = Number(quantity.nanos / 10n ** 9n);
  return [
    ...(isNegative ? [invalid(field, value, "must be a valid resource quantity")] : []),
    invalid(field, text, isNotPositive),
  ];
}

function affinityErrors(field: string, affinity: Spec["nodeAffinity"]): FieldError[] {
  if (!affinity) return [];
  const path = `${field}.required`;
  if (affinity.required) return validateNodeSelector(path, affinity.required);
  return [required(path, "must specify required node constraints")];
}

function recycleErrors({ hostPath, persistentVolumeReclaimPolicy: policy }: Spec): FieldError[] {
  const isRoot = /^\/(\.?\/)*\.?$/.test(hostPath?.path ?? "");
  if (!isRoot || policy !== "Recycle") return [];
  const text = "may not be 'recycle' for a hostPath mount of '/'";
  return [forbidden("spec.persistentVolumeReclaimPolicy", text)];
}

function attributesClassErrors({ volumeAttributesClassName: name, csi }: Spec): FieldError[] {
  if (name === undefined) return [];
  const field = "spec.volumeAttributesClassName";
  const errors =
    name === "" ? [required(field, "an empty string is disallowed")] : isSubdomain(field, name);
  if (csi) return errors;
  const text = "has to be specified when using volumeAttributesClassName";
  return [...errors, required("spec.csi", text)];
}

const mountOptions = "volume.beta.kubernetes.io/mount-options";
const withMountOptions = [
  ...(["gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "nfs", "rbd"] as const),
  ...(["quobyte", "iscsi", "cinder", "cephfs", "azureFile", "vsphereVolume"] as const),
  ...(["azureDisk", "photonPersistentDisk"] as const),
];

function mountOptionErrors(spec: Spec, annotations: { [key: string]: string }): FieldError[] {
  if (!Object.hasOwn(annotations, mountOptions)) return [];
  if (withMountOptions.some((source) => spec[source])) return [];
  const text = "may not specify mount options for this volume type";
  return [forbidden(`metadata.annotations.${mountOptions}`, text)];
}
