// Where environment variables come from.

import { boolean, message, quantity, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";

export const envVar = message("io.k8s.api.core.v1.EnvVar", {
  name: string(1).required(),
  value: string(2),
  valueFrom: ref<EnvVarSource>(3, () => envVarSource),
});
export interface EnvVar extends TypeOf<typeof envVar> {}

export const envVarSource = message("io.k8s.api.core.v1.EnvVarSource", {
  fieldRef: ref<ObjectFieldSelector>(1, () => objectFieldSelector),
  resourceFieldRef: ref<ResourceFieldSelector>(2, () => resourceFieldSelector),
  configMapKeyRef: ref<ConfigMapKeySelector>(3, () => configMapKeySelector),
  secretKeyRef: ref<SecretKeySelector>(4, () => secretKeySelector),
  fileKeyRef: ref<FileKeySelector>(5, () => fileKeySelector),
});
export interface EnvVarSource extends TypeOf<typeof envVarSource> {}

export const envFromSource = message("io.k8s.api.core.v1.EnvFromSource", {
  prefix: string(1),
  configMapRef: ref<ConfigMapEnvSource>(2, () => configMapEnvSource),
  secretRef: ref<SecretEnvSource>(3, () => secretEnvSource),
});
export interface EnvFromSource extends TypeOf<typeof envFromSource> {}

export const objectFieldSelector = message(
  "io.k8s.api.core.v1.ObjectFieldSelector",
  {
    apiVersion: string(1),
    fieldPath: string(2).required(),
  },
  { mapType: "atomic" },
);
export interface ObjectFieldSelector extends TypeOf<typeof objectFieldSelector> {}

export const resourceFieldSelector = message(
  "io.k8s.api.core.v1.ResourceFieldSelector",
  {
    containerName: string(1),
    resource: string(2).required(),
    divisor: quantity(3),
  },
  { mapType: "atomic" },
);
export interface ResourceFieldSelector extends TypeOf<typeof resourceFieldSelector> {}

export const configMapKeySelector = message(
  "io.k8s.api.core.v1.ConfigMapKeySelector",
  {
    name: string(1),
    key: string(2).required(),
    optional: boolean(3).explicit(),
  },
  { embedded: [{ name: "localObjectReference", number: 1, fields: ["name"] }], mapType: "atomic" },
);
export interface ConfigMapKeySelector extends TypeOf<typeof configMapKeySelector> {}

export const secretKeySelector = message(
  "io.k8s.api.core.v1.SecretKeySelector",
  {
    name: string(1),
    key: string(2).required(),
    optional: boolean(3).explicit(),
  },
  { embedded: [{ name: "localObjectReference", number: 1, fields: ["name"] }], mapType: "atomic" },
);
export interface SecretKeySelector extends TypeOf<typeof secretKeySelector> {}

export const fileKeySelector = message(
  "io.k8s.api.core.v1.FileKeySelector",
  {
    volumeName: string(1).required(),
    path: string(2).required(),
    key: string(3).required(),
    optional: boolean(4).explicit(),
  },
  { mapType: "atomic" },
);
export interface FileKeySelector extends TypeOf<typeof fileKeySelector> {}

export const configMapEnvSource = message(
  "io.k8s.api.core.v1.ConfigMapEnvSource",
  {
    name: string(1),
    optional: boolean(2).explicit(),
  },
  { embedded: [{ name: "localObjectReference", number: 1, fields: ["name"] }] },
);
export interface ConfigMapEnvSource extends TypeOf<typeof configMapEnvSource> {}

export const secretEnvSource = message(
  "io.k8s.api.core.v1.SecretEnvSource",
  {
    name: string(1),
    optional: boolean(2).explicit(),
  },
  { embedded: [{ name: "localObjectReference", number: 1, fields: ["name"] }] },
);
export interface SecretEnvSource extends TypeOf<typeof secretEnvSource> {}
