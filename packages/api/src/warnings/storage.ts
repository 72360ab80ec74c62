// What users are warned of in volumes, claims and storage classes.
// @see kubernetes pkg/api/persistentvolume/util.go, persistentvolumeclaim/util.go, storage/util.go

import type { PersistentVolumeClaim } from "../messages/core/v1/persistent-volume-claim.ts";
import type { PersistentVolume } from "../messages/core/v1/persistent-volume.ts";
import type { PersistentVolumeClaimSpec } from "../messages/core/v1/volume.ts";
import type { StorageClass } from "../messages/storage/v1/storage-class.ts";
import { formatQuantity, tryParseQuantity } from "../quantity/quantity.ts";
import { deprecationOf, termWarnings } from "./node-labels.ts";

const oldClass = "volume.beta.kubernetes.io/storage-class";

const oldAnnotations = [
  [oldClass, 'deprecated since v1.8; use "storageClassName" attribute instead'],
  [
    "volume.beta.kubernetes.io/mount-options",
    'deprecated since v1.31; use "mountOptions" attribute instead',
  ],
] as const;

const oldSources = new Map<keyof PersistentVolume["spec"], string>([
  ["cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["storageos", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["rbd", "deprecated in v1.28, non-functional in v1.31+"],
]);

export function persistentVolumeWarnings({ metadata, spec }: PersistentVolume): string[] {
  const recycle =
    "The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use " +
    "dynamic provisioning.";
  const terms = spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  return [
    ...oldAnnotations
      .filter(([key]) => metadata.annotations && Object.hasOwn(metadata.annotations, key))
      .map(([key, text]) => `metadata.annotations[${key}]: ${text}`),
    ...(spec.persistentVolumeReclaimPolicy === "Recycle"
      ? [`spec.persistentVolumeReclaimPolicy: ${recycle}`]
      : []),
    ...terms.flatMap((term, i) =>
      termWarnings(`spec.nodeAffinity.required.nodeSelectorTerms[${i}]`, term),
    ),
    ...[...oldSources]
      .filter(([source]) => spec[source] !== undefined)
      .map(([source, text]) => `spec.${shownAs(source)}: ${text}`),
  ];
}

const shownAs = (source: string) => (source === "storageos" ? "storageOS" : source);

export function persistentVolumeClaimWarnings({ metadata, spec }: PersistentVolumeClaim): string[] {
  const { annotations } = metadata;
  const isOld = annotations !== undefined && Object.hasOwn(annotations, oldClass);
  const text = 'deprecated since v1.8; use "storageClassName" attribute instead';
  return [
    ...(isOld ? [`metadata.annotations[${oldClass}]: ${text}`] : []),
    ...claimSpecWarnings("spec", spec),
  ];
}

/** @param field the path of the claim's spec, or what Kubernetes takes for it */
export const claimSpecWarnings = (field: string, { resources }: PersistentVolumeClaimSpec) =>
  (["requests", "limits"] as const).flatMap((list) => {
    const quantity = tryParseQuantity(resources?.[list]?.["storage"]);
    if (quantity === undefined || quantity.nanos % 10n ** 9n === 0n) return [];
    const shown = JSON.stringify(formatQuantity(quantity));
    const why = `fractional byte value ${shown} is invalid, must be an integer`;
    return [`${field}.resources.${list}[storage]: ${why}`];
  });

export const storageClassWarnings = ({ allowedTopologies }: StorageClass): string[] =>
  (allowedTopologies ?? []).flatMap(({ matchLabelExpressions }, i) =>
    (matchLabelExpressions ?? []).flatMap(({ key }, j) => {
      const text = deprecationOf(key);
      return text ? [`allowedTopologies[${i}].matchLabelExpressions[${j}].key: ${text}`] : [];
    }),
  );
