// What the API makes of volumes and claims before they are validated and stored.
// @see kubernetes pkg/registry/core/persistentvolume/strategy.go, persistentvolumeclaim/strategy.go

import type { PersistentVolumeClaim } from "../messages/core/v1/persistent-volume-claim.ts";
import type { PersistentVolume } from "../messages/core/v1/persistent-volume.ts";
import type { PersistentVolumeClaimSpec } from "../messages/core/v1/volume.ts";
import { keepSpec, keepStatus } from "./status.ts";

export function preparePersistentVolumeForCreate(volume: PersistentVolume): void {
  const { creationTimestamp } = volume.metadata;
  volume.status = { phase: "Pending" };
  if (creationTimestamp) volume.status.lastPhaseTransitionTime = creationTimestamp;
}

/** When the phase changed is for the server to say, who has the clock. */
export function preparePersistentVolumeForStatusUpdate(
  volume: PersistentVolume,
  old: PersistentVolume,
): void {
  keepSpec(volume, old);
  const [now, before] = [volume.status, old.status];
  if (!now || now.phase !== before?.phase || !before?.lastPhaseTransitionTime) return;
  now.lastPhaseTransitionTime ??= before.lastPhaseTransitionTime;
}

export function prepareClaimForCreate(claim: PersistentVolumeClaim): void {
  claim.status = {};
  dropUnknownSource(claim.spec);
  agreeOnSource(claim.spec);
}

export function prepareClaimForUpdate(claim: PersistentVolumeClaim, old: PersistentVolumeClaim) {
  keepStatus(claim, old);
  const hadSource = old.spec.dataSource !== undefined || old.spec.dataSourceRef !== undefined;
  if (!hadSource) dropUnknownSource(claim.spec);
  agreeOnSource(claim.spec);
}

/** The older of the two members may name claims and snapshots alone. */
function dropUnknownSource(spec: PersistentVolumeClaimSpec): void {
  const { dataSource, dataSourceRef } = spec;
  if (!dataSource || dataSourceRef) return;
  const { kind, apiGroup = "" } = dataSource;
  const isClaim = kind === "PersistentVolumeClaim" && apiGroup === "";
  const isSnapshot = kind === "VolumeSnapshot" && apiGroup === "snapshot.storage.k8s.io";
  if (!isClaim && !isSnapshot) delete spec.dataSource;
}

/** `dataSource` and `dataSourceRef` say the same where either is given. */
function agreeOnSource(spec: PersistentVolumeClaimSpec): void {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource && !dataSourceRef) spec.dataSourceRef = { ...dataSource };
  if (!dataSourceRef || dataSource || dataSourceRef.namespace) return;
  const { kind, name, apiGroup } = dataSourceRef;
  spec.dataSource = { kind, name, ...(apiGroup === undefined ? {} : { apiGroup }) };
}
