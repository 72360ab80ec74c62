// The members of metadata that are the server's own, whatever a client sends.
// @see kubernetes apiserver/pkg/registry/rest/meta.go

import { badRequest, StatusError, type KubernetesObject, type Kind } from "@kubonsai/api";
import type { Clock, Random } from "@kubonsai/clock";
import { nameSuffix } from "@kubonsai/clock";

/** `2026-01-02T03:04:05Z` */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, "Z");
}

/** @throws StatusError BadRequest when the object says another namespace than the request */
export function settleNamespace(kind: Kind, object: KubernetesObject, namespace: string): void {
  const { metadata } = object;
  const wanted = kind.namespaced ? namespace : "";
  if (metadata.namespace && wanted !== "" && metadata.namespace !== wanted) {
    throw badRequest(
      "the namespace of the provided object does not match the namespace sent on the request",
    );
  }
  if (wanted === "") delete metadata.namespace;
  else metadata.namespace = wanted;
}

/** What a client may not set on a new object. */
export function wipeSystemFields({ metadata }: KubernetesObject): void {
  delete metadata.uid;
  delete metadata.creationTimestamp;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.selfLink;
}

export function fillSystemFields(object: KubernetesObject, clock: Clock, random: Random): void {
  object.metadata.uid = random.uuid();
  object.metadata.creationTimestamp = timestamp(clock.now());
}

/** Longest prefix that leaves room for the suffix in a name of 63 characters. */
const LONGEST_GENERATED_PREFIX = 63 - 5;

export function needsName({ metadata }: KubernetesObject): boolean {
  return Boolean(metadata.generateName) && !metadata.name;
}

export function generateName({ metadata }: KubernetesObject, random: Random): void {
  const prefix = metadata.generateName!.slice(0, LONGEST_GENERATED_PREFIX);
  metadata.name = prefix + nameSuffix(random);
}

/** Eight generated names in a row were taken. */
export function noUniqueName(kind: Kind, name: string): StatusError {
  const { group, resource } = kind;
  const qualified = group === "" ? resource : `${resource}.${group}`;
  const details = { name, ...(group && { group }), kind: resource, retryAfterSeconds: 1 };
  const message =
    `${qualified} ${JSON.stringify(name)} already exists, the server was not able to generate ` +
    "a unique name for the object";
  return new StatusError(409, "AlreadyExists", message, details);
}

/** Absent where empty, as Kubernetes stores it. */
export function dropEmptyMetadata({ metadata }: KubernetesObject): void {
  if (metadata.labels && isEmpty(metadata.labels)) delete metadata.labels;
  if (metadata.annotations && isEmpty(metadata.annotations)) delete metadata.annotations;
  if (metadata.finalizers?.length === 0) delete metadata.finalizers;
  if (metadata.ownerReferences?.length === 0) delete metadata.ownerReferences;
  if (metadata.managedFields?.length === 0) delete metadata.managedFields;
  if (metadata.generateName === "") delete metadata.generateName;
}

/** What every update keeps from the object as it was. */
export function keepSystemFields(object: KubernetesObject, old: KubernetesObject): void {
  const { metadata } = object;
  const was = old.metadata;
  metadata.uid ||= was.uid;
  metadata.creationTimestamp = was.creationTimestamp;
  if (was.deletionTimestamp) metadata.deletionTimestamp = was.deletionTimestamp;
  if (was.deletionGracePeriodSeconds !== undefined) {
    metadata.deletionGracePeriodSeconds ??= was.deletionGracePeriodSeconds;
  }
}

const isEmpty = (map: object) => Object.keys(map).length === 0;
