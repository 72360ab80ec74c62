// Where a persistent volume keeps its bytes: exactly one source, each with what it needs.
// @see kubernetes pkg/apis/core/validation/validation.go ValidatePersistentVolumeSpec

import { forbidden, invalid, required, tooLong, type FieldError } from "../errors/field-error.ts";
import type { PersistentVolume } from "../messages/core/v1/persistent-volume.ts";
import type { SecretReference } from "../messages/core/v1/persistent-volume-sources.ts";
import { dns1123Subdomain } from "./names.ts";
import { noBacksteps } from "./paths.ts";
import { invalidFor, isLabel, isSubdomain, present } from "./rules.ts";
import { volumeSourceChecks } from "./volume.ts";

type Spec = PersistentVolume["spec"];

/** In the order in which Kubernetes looks. */
export const persistentVolumeSources = [
  ...(["hostPath", "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "flocker"] as const),
  ...(["nfs", "rbd", "quobyte", "cephfs", "iscsi", "cinder", "fc", "flexVolume"] as const),
  ...(["azureFile", "vsphereVolume", "photonPersistentDisk", "portworxVolume"] as const),
  ...(["azureDisk", "scaleIO", "local", "storageos", "csi"] as const),
];

export function validatePersistentVolumeSource(field: string, spec: Spec, volumeName: string) {
  const [first, ...others] = persistentVolumeSources.filter((one) => spec[one] !== undefined);
  if (first === undefined) return [required(field, "must specify a volume type")];
  return [
    ...sourceErrors(`${field}.${shownAs(first)}`, spec, first),
    ...(first === "iscsi" ? initiatorErrors(`${field}.iscsi`, spec, volumeName) : []),
    ...(first === "local" && !spec.nodeAffinity
      ? [required(`${field}.nodeAffinity`, "Local volume requires node affinity")]
      : []),
    ...others.map((one) => forbidden(`${field}.${one}`, "may not specify more than 1 volume type")),
  ];
}

const shownAs = (source: string) => (source === "gcePersistentDisk" ? "persistentDisk" : source);

function sourceErrors(
  field: string,
  spec: Spec,
  source: (typeof persistentVolumeSources)[number],
): FieldError[] {
  if (source === "local") {
    const path = spec.local!.path;
    return path === "" ? [required(`${field}.path`)] : noBacksteps(`${field}.path`, path);
  }
  if (source === "csi") return csiErrors(field, spec.csi!);
  const check = volumeSourceChecks[source] as (path: string, source: unknown) => FieldError[];
  return check(field, spec[source]);
}

function initiatorErrors(field: string, { iscsi }: Spec, volumeName: string): FieldError[] {
  const { initiatorName, targetPortal = "" } = iscsi!;
  if (initiatorName === undefined || `${volumeName}:${targetPortal}`.length <= 64) return [];
  const text =
    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters " +
    "if iscsi.initiatorName is specified.";
  return [invalid(`${field}.targetportal`, targetPortal, text)];
}

function csiErrors(field: string, csi: NonNullable<Spec["csi"]>): FieldError[] {
  const secrets = [
    ...(["controllerPublishSecretRef", "controllerExpandSecretRef"] as const),
    ...(["nodePublishSecretRef", "nodeExpandSecretRef"] as const),
  ];
  return [
    ...validateDriverName(`${field}.driver`, csi.driver),
    ...present(`${field}.volumeHandle`, csi.volumeHandle),
    ...secrets.flatMap((member) => secretErrors(`${field}.${member}`, csi[member])),
  ];
}

export function validateDriverName(field: string, driver: string | undefined): FieldError[] {
  if (!driver) return [required(field)];
  return [
    ...(driver.length > 63 ? [tooLong(field, 63)] : []),
    ...invalidFor(field, driver, dns1123Subdomain(driver.toLowerCase())),
  ];
}

function secretErrors(field: string, secret: SecretReference | undefined): FieldError[] {
  if (!secret) return [];
  const { name, namespace } = secret;
  return [
    ...(name ? isSubdomain(`${field}.name`, name) : [required(`${field}.name`)]),
    ...(namespace ? isLabel(`${field}.namespace`, namespace) : [required(`${field}.namespace`)]),
  ];
}
