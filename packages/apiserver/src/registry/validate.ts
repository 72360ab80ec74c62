// Which rules hold for a new object, and which for each way of changing one.

import {
  copyValue,
  validateObjectMeta,
  validateObjectMetaUpdate,
  type FieldError,
  type Kind,
  type KubernetesObject,
} from "@kubonsai/api";
import type { KindRooms } from "./rooms.ts";

interface Change {
  readonly object: KubernetesObject;
  readonly old: KubernetesObject;
  /** "" for the object itself */
  readonly subresource: string;
}

export function validateNew(kind: Kind, object: KubernetesObject): FieldError[] {
  return [
    ...validateObjectMeta(object.metadata, kind),
    ...kind.validate(object),
    ...(kind.validateCreate?.(object) ?? []),
  ];
}

/** Puts back what this way of changing the object may not touch. Changes `object` in place. */
export function prepareChange({ kind, behaviour }: KindRooms, change: Change): void {
  const { object, old, subresource } = change;
  const part = behaviour.parts?.[subresource];
  if (part) part.prepare(object, old);
  else if (subresource !== "status") kind.prepareForUpdate?.(object, old);
  else if (kind.prepareForStatusUpdate) kind.prepareForStatusUpdate(object, old);
  else keepAllButStatus(object, old);
}

export function validateChange({ kind, behaviour }: KindRooms, change: Change): FieldError[] {
  const { object, old, subresource } = change;
  const errors = [
    ...validateObjectMeta(object.metadata, kind),
    ...validateObjectMetaUpdate(object.metadata, old.metadata),
  ];
  const part = behaviour.parts?.[subresource];
  if (part) return [...errors, ...part.validate(object, old)];
  if (subresource === "status") {
    return [...errors, ...(kind.validateStatusUpdate?.(object, old) ?? [])];
  }
  return [...errors, ...kind.validate(object), ...(kind.validateUpdate?.(object, old) ?? [])];
}

function keepAllButStatus(object: KubernetesObject, old: KubernetesObject): void {
  const changed = object as unknown as { status?: unknown; [name: string]: unknown };
  const { status } = changed;
  const { managedFields, resourceVersion } = object.metadata;
  for (const name of Object.keys(changed)) delete changed[name];
  Object.assign(changed, copyValue(old));
  object.metadata = { ...object.metadata, managedFields, resourceVersion };
  if (status === undefined) delete changed.status;
  else changed.status = status;
}
