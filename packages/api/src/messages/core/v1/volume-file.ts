// Files in a volume: which key or field goes to which path.

import { int32, message, ref, string } from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import {
  objectFieldSelector,
  resourceFieldSelector,
  type ObjectFieldSelector,
  type ResourceFieldSelector,
} from "./environment.ts";

export const keyToPath = message("io.k8s.api.core.v1.KeyToPath", {
  key: string(1).required(),
  path: string(2).required(),
  mode: int32(3).explicit(),
});
export interface KeyToPath extends TypeOf<typeof keyToPath> {}

export const downwardAPIVolumeFile = message("io.k8s.api.core.v1.DownwardAPIVolumeFile", {
  path: string(1).required(),
  fieldRef: ref<ObjectFieldSelector>(2, () => objectFieldSelector),
  resourceFieldRef: ref<ResourceFieldSelector>(3, () => resourceFieldSelector),
  mode: int32(4).explicit(),
});
export interface DownwardAPIVolumeFile extends TypeOf<typeof downwardAPIVolumeFile> {}
