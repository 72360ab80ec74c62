// Storage drivers, their nodes and their capacity, attachments, and classes of attributes.
// @see kubernetes pkg/apis/storage/validation/validation.go

import { duplicate, forbidden, invalid, notSupported } from "../errors/field-error.ts";
import { required, tooLong, type FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { CSIDriver, CSITokenRequest } from "../messages/storage/v1/csi-driver.ts";
import type { CSINode, CSINodeDriver } from "../messages/storage/v1/csi-node.ts";
import type { CSIStorageCapacity } from "../messages/storage/v1/csi-storage-capacity.ts";
import type { VolumeAttributesClass } from "../messages/storage/v1/volume-attributes-class.ts";
import { tryParseQuantity } from "../quantity/quantity.ts";
import { labelKey } from "./label-names.ts";
import { validateLabelSelector } from "./labels.ts";
import { each, immutable, invalidFor, isQualifiedName, isSubdomain } from "./rules.ts";
import { nonNegative, optionalOneOf } from "./rules.ts";
import { validateParameters } from "./storage-class.ts";
import { fieldImmutable, isNegative } from "./texts.ts";
import { validateDriverName } from "./volume-source.ts";

export function validateCSIDriver({ metadata, spec }: CSIDriver): FieldError[] {
  const { tokenRequests = [], nodeAllocatableUpdatePeriodSeconds: period } = spec;
  const policies = ["File", "None", "ReadWriteOnceWithFSType"];
  const inSecrets = spec.serviceAccountTokenInSecrets;
  const noRequests = "serviceAccountTokenInSecrets is set but no tokenRequests are specified";
  return [
    ...(metadata.name && metadata.name.length > 63 ? [tooLong("metadata.name", 63)] : []),
    ...optionalOneOf("spec.fsGroupPolicy", spec.fsGroupPolicy, policies),
    ...tokenErrors("spec.tokenRequests", tokenRequests),
    ...(spec.volumeLifecycleModes ?? [])
      .filter((mode) => mode !== "Persistent" && mode !== "Ephemeral")
      .map((mode) => notSupported("spec.volumeLifecycleModes", mode, ["Persistent", "Ephemeral"])),
    ...(period !== undefined && period < 10
      ? [
          invalid(
            "spec.nodeAllocatableUpdatePeriodSeconds",
            period,
            "must be greater than or equal to 10 seconds",
          ),
        ]
      : []),
    ...(inSecrets !== undefined && tokenRequests.length === 0
      ? [invalid("spec.serviceAccountTokenInSecrets", inSecrets, noRequests)]
      : []),
  ];
}

export const validateCSIDriverUpdate = ({ spec }: CSIDriver, old: CSIDriver): FieldError[] => [
  ...immutable("spec.attachedRequired", spec.attachRequired, old.spec.attachRequired),
  ...immutable(
    "spec.volumeLifecycleModes",
    spec.volumeLifecycleModes,
    old.spec.volumeLifecycleModes,
  ),
];

export function csiDriverWarnings({ spec }: CSIDriver, old?: CSIDriver): string[] {
  const requests = spec.tokenRequests ?? [];
  const isSame = old !== undefined && semanticEqual(requests, old.spec.tokenRequests ?? []);
  if (isSame || requests.length === 0 || spec.serviceAccountTokenInSecrets !== undefined) return [];
  return [
    "spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to " +
      "prevent possible logging of tokens in volume attributes",
  ];
}

function tokenErrors(field: string, requests: readonly CSITokenRequest[]): FieldError[] {
  const audiences = new Set<string>();
  return each(field, requests, (path, { audience, expirationSeconds: seconds }) => {
    if (audiences.has(audience)) return [duplicate(`${path}.audience`, audience)];
    audiences.add(audience);
    if (seconds === undefined) return [];
    const lifetime = `${path}.expirationSeconds`;
    const bounds = "may not specify a duration";
    if (seconds < 600) return [invalid(lifetime, seconds, `${bounds} less than 10 minutes`)];
    if (seconds <= 2 ** 32) return [];
    return [invalid(lifetime, seconds, `${bounds} larger than 2^32 seconds`)];
  });
}

const longestNodeId = 256;

export function validateCSINode({ spec }: CSINode): FieldError[] {
  const names = new Set<string>();
  return each("spec.drivers", spec.drivers, (path, driver) => {
    const errors = [...driverErrors(path, driver)];
    if (names.has(driver.name)) errors.push(duplicate(`${path}.name`, driver.name));
    names.add(driver.name);
    return [...errors, ...topologyErrors(path, driver.topologyKeys ?? [])];
  });
}

function driverErrors(field: string, { name, nodeID, allocatable }: CSINodeDriver): FieldError[] {
  const path = `${field}.nodeID`;
  const tooLongText = `must be ${longestNodeId} characters or less`;
  return [
    ...validateDriverName(`${field}.name`, name),
    ...(nodeID ? [] : [required(path)]),
    ...((nodeID ?? "").length > longestNodeId ? [invalid(path, nodeID, tooLongText)] : []),
    ...nonNegative(`${field}.allocatable.count`, allocatable?.count),
  ];
}

function topologyErrors(field: string, keys: readonly string[]): FieldError[] {
  const seen = new Set<string>();
  return keys.flatMap((key) => {
    const errors = key === "" ? [required(field)] : [];
    if (seen.has(key)) errors.push(duplicate(field, key));
    seen.add(key);
    return [...errors, ...isQualifiedName(field, key)];
  });
}

/** What a driver said of itself on a node does not change, but for how much it can take. */
export const validateCSINodeUpdate = ({ spec }: CSINode, old: CSINode): FieldError[] =>
  (old.spec.drivers ?? []).flatMap((before) => {
    const now = (spec.drivers ?? []).find(({ name }) => name === before.name);
    if (!now) return [];
    const [{ allocatable: _, ...rest }, { allocatable: __, ...oldRest }] = [now, before];
    return immutable("spec.drivers", rest, oldRest);
  });

export function validateCSIStorageCapacity(capacity: CSIStorageCapacity): FieldError[] {
  const { nodeTopology, storageClassName, capacity: amount } = capacity;
  const parsed = tryParseQuantity(amount);
  return [
    ...validateLabelSelector("nodeTopology", nodeTopology),
    ...isSubdomain("storageClassName", storageClassName ?? ""),
    ...(parsed && parsed.nanos < 0n ? [invalid("capacity", amount, isNegative)] : []),
  ];
}

export const validateCSIStorageCapacityUpdate = (
  now: CSIStorageCapacity,
  old: CSIStorageCapacity,
) =>
  (["nodeTopology", "storageClassName"] as const).flatMap((member) =>
    semanticEqual(now[member], old[member])
      ? []
      : [invalid(member, now[member] ?? null, fieldImmutable)],
  );

export function validateVolumeAttributesClass(attributes: VolumeAttributesClass): FieldError[] {
  const { driverName, parameters = {} } = attributes;
  const text = "must contain at least one key/value pair";
  return [
    ...(driverName
      ? invalidFor("driverName", driverName, labelKey(driverName.toLowerCase()))
      : [required("driverName")]),
    ...validateParameters("parameters", parameters),
    ...(Object.keys(parameters).length === 0 ? [required("parameters", text)] : []),
  ];
}

export const validateVolumeAttributesClassUpdate = (
  now: VolumeAttributesClass,
  old: VolumeAttributesClass,
): FieldError[] =>
  (["driverName", "parameters"] as const).flatMap((member) =>
    semanticEqual(now[member], old[member])
      ? []
      : [forbidden(member, `updates to ${member} are forbidden.`)],
  );
