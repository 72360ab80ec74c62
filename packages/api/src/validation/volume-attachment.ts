// Volume attachments.
// @see kubernetes pkg/apis/storage/validation/validation.go ValidateVolumeAttachment

import { forbidden, invalid, required, tooLong, type FieldError } from "../errors/field-error.ts";
import type { PersistentVolumeSpec } from "../messages/core/v1/persistent-volume.ts";
import type {
  VolumeAttachment,
  VolumeAttachmentSource,
  VolumeError,
} from "../messages/storage/v1/volume-attachment.ts";
import { validateAccessModes } from "./access-modes.ts";
import { byteLength } from "./labels.ts";
import { immutable, isSubdomain } from "./rules.ts";
import { inclusiveRange } from "./texts.ts";
import { validateDriverName, validatePersistentVolumeSource } from "./volume-source.ts";

const largestMetadataBytes = 256 * 1024;
const longestMessage = 1024;

export function validateVolumeAttachment({ spec, status }: VolumeAttachment): FieldError[] {
  const { attacher, source = {}, nodeName = "" } = spec;
  const { attachmentMetadata = {}, attachError, detachError } = status ?? {};
  const name = source.persistentVolumeName;
  const bytes = Object.entries(attachmentMetadata).reduce(
    (sum, [key, value]) => sum + byteLength(key) + byteLength(value),
    0,
  );
  return [
    ...validateDriverName("spec.attacher", attacher),
    ...sourceErrors("spec.source", source),
    ...isSubdomain("spec.nodeName", nodeName),
    ...(bytes > largestMetadataBytes
      ? [tooLong("status.attachmentMetadata", largestMetadataBytes)]
      : []),
    ...problemErrors("status.attachError", attachError),
    ...problemErrors("status.detachError", detachError),
    ...(name ? isSubdomain("spec.source.persistentVolumeName", name) : []),
  ];
}

export const validateVolumeAttachmentUpdate = ({ spec }: VolumeAttachment, old: VolumeAttachment) =>
  immutable("spec", spec, old.spec);

function sourceErrors(
  field: string,
  { inlineVolumeSpec: inline, persistentVolumeName: name }: VolumeAttachmentSource,
): FieldError[] {
  const text = "must specify exactly one of inlineVolumeSpec and persistentVolumeName";
  if (inline === undefined && name === undefined) return [required(field, text)];
  if (inline !== undefined && name !== undefined) return [forbidden(field, text)];
  if (inline) return inlineErrors(`${field}.inlineVolumeSpec`, inline);
  const path = `${field}.persistentVolumeName`;
  return name === "" ? [required(path, "must specify non empty persistentVolumeName")] : [];
}

function inlineErrors(field: string, spec: PersistentVolumeSpec): FieldError[] {
  const context = "in the context of inline volumes";
  const alone = `may not be specified ${context}`;
  const { persistentVolumeReclaimPolicy: policy, volumeMode } = spec;
  const not = (member: keyof PersistentVolumeSpec) =>
    spec[member] === undefined ? [] : [forbidden(`${field}.${member}`, alone)];
  return [
    ...not("claimRef"),
    ...not("capacity"),
    ...(spec.csi ? [] : [required(`${field}.csi`, `has to be specified ${context}`)]),
    ...validateAccessModes(`${field}.accessModes`, spec.accessModes),
    ...(policy && policy !== "Retain"
      ? [forbidden(`${field}.persistentVolumeReclaimPolicy`, `may only be Retain ${context}`)]
      : []),
    ...not("nodeAffinity"),
    ...validatePersistentVolumeSource(field, spec, ""),
    ...(spec.storageClassName ? not("storageClassName") : []),
    ...(volumeMode !== undefined && volumeMode !== "Filesystem"
      ? [
          forbidden(
            `${field}.volumeMode`,
            `may not specify volumeMode other than Filesystem ${context}`,
          ),
        ]
      : []),
  ];
}

function problemErrors(field: string, problem: VolumeError | undefined): FieldError[] {
  const { message = "", errorCode } = problem ?? {};
  const errors =
    message.length > longestMessage ? [tooLong(`${field}.message`, largestMetadataBytes)] : [];
  if (errorCode === undefined || errorCode >= 0) return errors;
  const range = inclusiveRange(0, 2147483647);
  return [...errors, invalid(`${field}.errorCode`, errorCode, range)];
}
