// Who set which field, kept in metadata.managedFields with every change.

import type { KubernetesObject } from "@kubonsai/api";
import type { WriteOptions } from "./registry.ts";
import type { KindRooms } from "./rooms.ts";

export interface FieldChange {
  readonly object: KubernetesObject;
  /** Absent: the object is new. */
  readonly old?: KubernetesObject;
  readonly subresource: string;
  readonly options: WriteOptions;
}

export function trackFields(_rooms: KindRooms, _change: FieldChange): void {}
export function keepTimesOfUnchanged(_object: KubernetesObject, _old: KubernetesObject): void {}
