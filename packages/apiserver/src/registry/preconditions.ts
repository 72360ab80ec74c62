// "Only if it is still that object": the uid and the resourceVersion a request was made for.

import { conflict, type KubernetesObject, type StatusError } from "@kubonsai/api";
import type { DeleteOptions } from "./registry.ts";
import { pathOf, type KindRooms } from "./rooms.ts";

export type Preconditions = DeleteOptions["preconditions"];

/** Of an update. @throws StatusError Conflict in the words of Kubernetes' storage */
export function checkPreconditions(
  rooms: KindRooms,
  { wanted, object }: { wanted: Preconditions; object: KubernetesObject },
): void {
  const { name = "", namespace = "", uid, resourceVersion } = object.metadata;
  const fail = (what: string, asked: string, found: string | undefined) => {
    const key = rooms.storage.keyOf(pathOf(rooms, { name, namespace }));
    return conflict(
      rooms.kind,
      name,
      `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, ` +
        "AdditionalErrorMsg: Precondition failed: " +
        `${what} in precondition: ${asked}, ${what} in object meta: ${found ?? ""}`,
    );
  };
  if (wanted?.uid && wanted.uid !== uid) throw fail("UID", wanted.uid, uid);
  const version = wanted?.resourceVersion;
  if (version && version !== resourceVersion) {
    throw fail("ResourceVersion", version, resourceVersion);
  }
}

/** Of a delete; the conflict names the kind where others name the resource, as Kubernetes does. */
export function checkDeletePreconditions(
  { kind }: Pick<KindRooms, "kind">,
  { wanted, object }: { wanted: Preconditions; object: KubernetesObject },
): void {
  const { name = "", uid = "", resourceVersion = "" } = object.metadata;
  const fail = (why: string): StatusError =>
    conflict({ group: kind.group, resource: kind.kind }, name, why);
  if (wanted?.uid && wanted.uid !== uid) {
    throw fail(
      `the UID in the precondition (${wanted.uid}) does not match the UID in record (${uid}). ` +
        "The object might have been deleted and then recreated",
    );
  }
  const version = wanted?.resourceVersion;
  if (version && version !== resourceVersion) {
    throw fail(
      `the ResourceVersion in the precondition (${version}) does not match the ResourceVersion ` +
        `in record (${resourceVersion}). The object might have been modified`,
    );
  }
}
