// Who set which field, kept in metadata.managedFields with every change.

import { apiVersionOf, trackUpdate, type KubernetesObject } from "@kubonsai/api";
import { equalJson } from "./json.ts";
import { timestamp } from "./metadata.ts";
import type { WriteOptions } from "./registry.ts";
import type { KindRooms } from "./rooms.ts";

export interface FieldChange {
  /** Its managedFields are set in place. */
  readonly object: KubernetesObject;
  /** Absent: the object is new. */
  readonly old?: KubernetesObject;
  readonly subresource: string;
  readonly options: WriteOptions;
}

export function trackFields({ kind, behaviour, clock }: KindRooms, change: FieldChange): void {
  const { object, old, subresource, options } = change;
  trackUpdate(
    kind.schema,
    { live: old, object },
    {
      manager: options.fieldManager,
      apiVersion: apiVersionOf(kind),
      subresource,
      now: timestamp(clock.now()),
      ignored: behaviour.untracked?.[subresource],
    },
  );
}

/** The same but for the times at which managers last changed something: not worth a write. */
export function isUnchanged(object: KubernetesObject, old: KubernetesObject): boolean {
  return equalJson(withoutTimes(object), withoutTimes(old));
}

function withoutTimes(object: KubernetesObject): KubernetesObject {
  const managedFields = object.metadata.managedFields?.map(({ time: _, ...entry }) => entry);
  return { ...object, metadata: { ...object.metadata, managedFields } };
}
