// A projected volume: several sources in one folder.

import {
  aString,
  boolean,
  int32,
  int64,
  list,
  map,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { labelSelector, type LabelSelector } from "../../../metadata/label-selector.ts";
import {
  downwardAPIVolumeFile,
  type DownwardAPIVolumeFile,
  keyToPath,
  type KeyToPath,
} from "./volume-file.ts";

export const projectedVolumeSource = message("io.k8s.api.core.v1.ProjectedVolumeSource", {
  sources: list(
    1,
    of<VolumeProjection>(() => volumeProjection),
  ).atomic(),
  defaultMode: int32(2).explicit(),
});
export interface ProjectedVolumeSource extends TypeOf<typeof projectedVolumeSource> {}

export const volumeProjection = message("io.k8s.api.core.v1.VolumeProjection", {
  secret: ref<SecretProjection>(1, () => secretProjection),
  downwardAPI: ref<DownwardAPIProjection>(2, () => downwardAPIProjection),
  configMap: ref<ConfigMapProjection>(3, () => configMapProjection),
  serviceAccountToken: ref<ServiceAccountTokenProjection>(4, () => serviceAccountTokenProjection),
  clusterTrustBundle: ref<ClusterTrustBundleProjection>(5, () => clusterTrustBundleProjection),
  podCertificate: ref<PodCertificateProjection>(6, () => podCertificateProjection),
});
export interface VolumeProjection extends TypeOf<typeof volumeProjection> {}

export const secretProjection = message(
  "io.k8s.api.core.v1.SecretProjection",
  {
    name: string(1),
    items: list(
      2,
      of<KeyToPath>(() => keyToPath),
    ).atomic(),
    optional: boolean(4).explicit(),
  },
  { embedded: [{ name: "localObjectReference", number: 1, fields: ["name"] }] },
);
export interface SecretProjection extends TypeOf<typeof secretProjection> {}

export const configMapProjection = message(
  "io.k8s.api.core.v1.ConfigMapProjection",
  {
    name: string(1),
    items: list(
      2,
      of<KeyToPath>(() => keyToPath),
    ).atomic(),
    optional: boolean(4).explicit(),
  },
  { embedded: [{ name: "localObjectReference", number: 1, fields: ["name"] }] },
);
export interface ConfigMapProjection extends TypeOf<typeof configMapProjection> {}

export const downwardAPIProjection = message("io.k8s.api.core.v1.DownwardAPIProjection", {
  items: list(
    1,
    of<DownwardAPIVolumeFile>(() => downwardAPIVolumeFile),
  ).atomic(),
});
export interface DownwardAPIProjection extends TypeOf<typeof downwardAPIProjection> {}

export const serviceAccountTokenProjection = message(
  "io.k8s.api.core.v1.ServiceAccountTokenProjection",
  {
    audience: string(1),
    expirationSeconds: int64(2).explicit(),
    path: string(3).required(),
  },
);
export interface ServiceAccountTokenProjection extends TypeOf<
  typeof serviceAccountTokenProjection
> {}

export const clusterTrustBundleProjection = message(
  "io.k8s.api.core.v1.ClusterTrustBundleProjection",
  {
    name: string(1).explicit(),
    signerName: string(2).explicit(),
    labelSelector: ref<LabelSelector>(3, () => labelSelector),
    optional: boolean(5).explicit(),
    path: string(4).required(),
  },
);
export interface ClusterTrustBundleProjection extends TypeOf<typeof clusterTrustBundleProjection> {}

export const podCertificateProjection = message("io.k8s.api.core.v1.PodCertificateProjection", {
  signerName: string(1).required(),
  keyType: string(2).required(),
  maxExpirationSeconds: int32(3).explicit(),
  credentialBundlePath: string(4),
  keyPath: string(5),
  certificateChainPath: string(6),
  userAnnotations: map(7, aString),
});
export interface PodCertificateProjection extends TypeOf<typeof podCertificateProjection> {}
