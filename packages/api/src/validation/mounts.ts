// Where a container mounts the pod's volumes.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateVolumeMounts

import { forbidden, invalid, notFound, notSupported } from "../errors/field-error.ts";
import { required, type FieldError } from "../errors/field-error.ts";
import type { Container, VolumeDevice, VolumeMount } from "../messages/core/v1/container.ts";
import type { Volume } from "../messages/core/v1/volume.ts";
import { descendingPath, noBacksteps } from "./paths.ts";
import { each } from "./rules.ts";

export interface Mounts {
  readonly volumeMounts: readonly VolumeMount[] | undefined;
  readonly volumeDevices: readonly VolumeDevice[] | undefined;
  readonly volumes: ReadonlyMap<string, Volume>;
  readonly container: Container;
}

export function validateVolumeMounts(field: string, mounts: Mounts): FieldError[] {
  const paths = new Set<string>();
  return each(field, mounts.volumeMounts, (path, mount) => {
    const { name, mountPath, subPath, subPathExpr } = mount;
    const errors: FieldError[] = [];
    if (name === "") errors.push(required(`${path}.name`));
    if (!mounts.volumes.has(name)) errors.push(notFound(`${path}.name`, name));
    if (mountPath === "") errors.push(required(`${path}.mountPath`));
    if (paths.has(mountPath))
      errors.push(invalid(`${path}.mountPath`, mountPath, "must be unique"));
    paths.add(mountPath);
    errors.push(...deviceConflicts(path, mount, mounts.volumeDevices));
    if (subPath) errors.push(...descendingPath(`${field}.subPath`, subPath));
    if (subPathExpr) {
      const text = "subPathExpr and subPath are mutually exclusive";
      if (subPath) errors.push(invalid(`${path}.subPathExpr`, subPathExpr, text));
      errors.push(...descendingPath(`${field}.subPathExpr`, subPathExpr));
    }
    errors.push(...propagationErrors(`${field}.mountPropagation`, mount, mounts.container));
    return [...errors, ...recursiveErrors(`${field}.recursiveReadOnly`, mount)];
  });
}

export function validateVolumeDevices(field: string, mounts: Mounts): FieldError[] {
  const [paths, names] = [new Set<string>(), new Set<string>()];
  return each(field, mounts.volumeDevices, (path, { name, devicePath }) => {
    const errors: FieldError[] = [];
    if (name === "") errors.push(required(`${path}.name`));
    if (names.has(name)) errors.push(invalid(`${path}.name`, name, "must be unique"));
    const volume = mounts.volumes.get(name);
    if (volume && !volume.persistentVolumeClaim && !volume.ephemeral) {
      const text =
        "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
      errors.push(invalid(`${path}.name`, name, text));
    }
    if (!volume) errors.push(notFound(`${path}.name`, name));
    if (devicePath === "") errors.push(required(`${path}.devicePath`));
    if (paths.has(devicePath)) {
      errors.push(invalid(`${path}.devicePath`, devicePath, "must be unique"));
    }
    errors.push(...noBacksteps(`${path}.devicePath`, devicePath));
    paths.add(devicePath);
    names.add(name);
    return errors;
  });
}

function deviceConflicts(
  field: string,
  { name, mountPath }: VolumeMount,
  devices: Mounts["volumeDevices"],
): FieldError[] {
  const errors: FieldError[] = [];
  if ((devices ?? []).some((device) => device.name === name)) {
    errors.push(invalid(`${field}.name`, name, "must not already exist in volumeDevices"));
  }
  if ((devices ?? []).some((device) => device.devicePath === mountPath)) {
    const text = "must not already exist as a path in volumeDevices";
    errors.push(invalid(`${field}.mountPath`, mountPath, text));
  }
  return errors;
}

const propagations = ["Bidirectional", "HostToContainer", "None"];

function propagationErrors(field: string, mount: VolumeMount, container: Container): FieldError[] {
  const mode = mount.mountPropagation;
  if (mode === undefined) return [];
  if (!propagations.includes(mode)) return [notSupported(field, mode, propagations)];
  if (mode !== "Bidirectional" || container.securityContext?.privileged === true) return [];
  const text = "Bidirectional mount propagation is available only to privileged containers";
  return [forbidden(field, text)];
}

function recursiveErrors(field: string, mount: VolumeMount): FieldError[] {
  const { recursiveReadOnly: mode, readOnly, mountPropagation = "None" } = mount;
  if (mode === undefined || mode === "Disabled") return [];
  if (mode !== "Enabled" && mode !== "IfPossible") {
    return [notSupported(field, mode, ["Disabled", "Enabled", "IfPossible"])];
  }
  const errors: FieldError[] = [];
  if (readOnly !== true)
    errors.push(forbidden(field, "may only be specified when readOnly is true"));
  if (mountPropagation !== "None") {
    const text = "may only be specified when mountPropagation is None or not specified";
    errors.push(forbidden(field, text));
  }
  return errors;
}
