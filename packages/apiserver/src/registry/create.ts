// A new object's moments, in order.
// @see kubernetes apiserver/pkg/registry/generic/registry/store.go Create, rest/create.go BeforeCreate

import {
  copyValue,
  alreadyExists,
  invalidError,
  isReason,
  StatusError,
  type KubernetesObject,
} from "@kubonsai/api";
import type { AdmissionRequest } from "../admission/admission.ts";
import type { Reservation } from "./behaviour.ts";
import { setDefaults } from "./defaults.ts";
import { trackFields } from "./managed-fields.ts";
import {
  dropEmptyMetadata,
  fillSystemFields,
  generateName,
  needsName,
  noUniqueName,
  settleNamespace,
  wipeSystemFields,
} from "./metadata.ts";
import type { Stored, WriteOptions } from "./registry.ts";
import { pathOf, toStored, unwritten, type KindRooms } from "./rooms.ts";
import { validateNew } from "./validate.ts";

const NAME_ATTEMPTS = 8;

/** @throws StatusError Invalid, AlreadyExists, Forbidden, BadRequest */
export async function create(
  rooms: KindRooms,
  request: { namespace: string; object: KubernetesObject; managesFields?: boolean },
  options: WriteOptions,
): Promise<Stored> {
  const { kind } = rooms;
  const object = copyValue(request.object);
  wipeSystemFields(object);
  settleNamespace(kind, object, request.namespace);
  setDefaults(kind, object);
  if (!request.managesFields) trackFields(rooms, { object, options, subresource: "" });
  await rooms.admission.mutate(admissionRequest(rooms, object, options));
  if (!needsName(object)) return createNamed(rooms, object, options);
  return createGenerated(rooms, object, options);
}

async function createGenerated(rooms: KindRooms, object: KubernetesObject, options: WriteOptions) {
  for (let attempt = 1; ; attempt++) {
    const named = copyValue(object);
    generateName(named, rooms.random);
    try {
      return await createNamed(rooms, named, options);
    } catch (error) {
      if (!isReason(error, "AlreadyExists") || attempt === NAME_ATTEMPTS) throw error;
    }
  }
}

async function createNamed(
  rooms: KindRooms,
  object: KubernetesObject,
  options: WriteOptions,
): Promise<Stored> {
  const { behaviour, clock, random } = rooms;
  fillSystemFields(object, clock, random);
  const reservation = await behaviour.beginCreate?.(object, options);
  try {
    await prepare(rooms, object, options);
    return await write(rooms, object, { options, reservation });
  } catch (error) {
    reservation?.giveBack();
    throw error;
  }
}

async function prepare(rooms: KindRooms, object: KubernetesObject, options: WriteOptions) {
  const { kind } = rooms;
  kind.prepareForCreate?.(object);
  // defaults may follow from a name that was generated
  setDefaults(kind, object);
  dropEmptyMetadata(object);
  const errors = validateNew(kind, object);
  if (errors.length > 0) throw invalidError(kind, object.metadata.name ?? "", errors);
  for (const warning of kind.warnings?.(object) ?? []) options.warn(warning);
  await rooms.admission.validate(admissionRequest(rooms, object, options));
}

async function write(
  rooms: KindRooms,
  object: KubernetesObject,
  { options, reservation }: { options: WriteOptions; reservation?: Reservation },
): Promise<Stored> {
  const { storage } = rooms;
  const { resourceVersion = "0" } = object.metadata;
  if (resourceVersion !== "0" && resourceVersion !== "") {
    throw new StatusError(500, "", "resourceVersion should not be set on objects to be created");
  }
  delete object.metadata.resourceVersion;
  const { name = "", namespace = "" } = object.metadata;
  const path = pathOf(rooms, { name, namespace });
  if (options.dryRun) {
    const present = await storage.get(path);
    if (present) throw taken(rooms, object, present.object);
    reservation?.giveBack();
    return unwritten(object);
  }
  const written = await storage.create(path, toStored(rooms, object));
  if (!written.done) throw taken(rooms, object, written.current?.object);
  reservation?.keep(written.stored.resourceVersion);
  return rooms.view(written.stored);
}

function taken({ kind }: KindRooms, object: KubernetesObject, present?: KubernetesObject) {
  const { name = "", generateName } = object.metadata;
  const error = generateName ? noUniqueName(kind, name) : alreadyExists(kind, name);
  if (!present?.metadata.deletionTimestamp) return error;
  const { code, reason, status } = error;
  const message = `object is being deleted: ${error.message}`;
  return new StatusError(code, reason, message, status.details);
}

function admissionRequest(
  { kind }: KindRooms,
  object: KubernetesObject,
  options: WriteOptions,
): AdmissionRequest {
  const { name = "", namespace = "" } = object.metadata;
  return { operation: "CREATE", kind, subresource: "", namespace, name, object, options };
}
