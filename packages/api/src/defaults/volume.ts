// What a volume gets when its manifest does not say.
// @see kubernetes pkg/apis/core/v1/defaults.go SetDefaults_Volume

import type { Volume } from "../messages/core/v1/volume.ts";
import type { DownwardAPIVolumeFile } from "../messages/core/v1/volume-file.ts";
import { pullPolicyFor } from "./container.ts";

const readableByAll = 0o644;

export function setVolumeDefaults(volume: Volume): void {
  if (hasNoSource(volume)) volume.emptyDir = {};
  if (volume.hostPath) volume.hostPath.type ??= "";
  if (volume.secret) volume.secret.defaultMode ??= readableByAll;
  if (volume.configMap) volume.configMap.defaultMode ??= readableByAll;
  if (volume.downwardAPI) {
    volume.downwardAPI.defaultMode ??= readableByAll;
    setFieldReferences(volume.downwardAPI.items);
  }
  if (volume.image) volume.image.pullPolicy ||= pullPolicyFor(volume.image.reference);
  setProjectedDefaults(volume.projected);
  const claim = volume.ephemeral?.volumeClaimTemplate?.spec;
  if (claim) claim.volumeMode ??= "Filesystem";
}

const hasNoSource = (volume: Volume) =>
  Object.entries(volume).every(([name, value]) => name === "name" || value === undefined);

function setProjectedDefaults(projected: Volume["projected"]): void {
  if (!projected) return;
  projected.defaultMode ??= readableByAll;
  for (const { downwardAPI, serviceAccountToken } of projected.sources ?? []) {
    setFieldReferences(downwardAPI?.items);
    if (serviceAccountToken) serviceAccountToken.expirationSeconds ??= 3600;
  }
}

function setFieldReferences(items: DownwardAPIVolumeFile[] | undefined): void {
  for (const { fieldRef } of items ?? []) if (fieldRef) fieldRef.apiVersion ||= "v1";
}
