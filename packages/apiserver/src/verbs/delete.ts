// An object goes: at once, or marked and then by those who must finish first.

import type { Kind } from "@kubonsai/api";
import { sendPlain, sendStored } from "../answer/send-object.ts";
import type { Call } from "../call.ts";
import type { Resource, Stored } from "../registry/registry.ts";
import { deleteOptionsOf } from "../request/delete-options.ts";
import { negotiate } from "../request/negotiate.ts";

/** Kinds whose last state is the answer, where others answer a Status. */
const ANSWERED_WITH_OBJECT = new Set([
  "pods",
  "podtemplates",
  "services",
  "serviceaccounts",
  "persistentvolumes",
  "persistentvolumeclaims",
  "resourcequotas",
  "csidrivers",
  "csinodes",
  "storageclasses",
  "volumeattachments",
  "volumeattributesclasses",
  "deviceclasses",
  "resourceclaims",
  "resourceclaimtemplates",
  "resourceslices",
]);

export async function deleteOne(call: Call, resource: Resource): Promise<void> {
  const { kind } = resource;
  const form = negotiate(call.request.headers.accept);
  const options = await deleteOptionsOf(call);
  const { stored, gone } = await resource.delete(call.info, options);
  if (gone && !ANSWERED_WITH_OBJECT.has(kind.resource)) {
    return sendPlain(call, 200, successStatus(kind, stored), form);
  }
  await sendStored(call, 200, stored, { form, kind });
}

function successStatus({ group, resource }: Kind, { object }: Stored) {
  const { name, uid } = object.metadata;
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name, ...(group === "" ? {} : { group }), kind: resource, uid },
  };
}
