// All objects that a selection names go.

import { sendList } from "../answer/send-object.ts";
import type { Call } from "../call.ts";
import type { Resource } from "../registry/registry.ts";
import { deleteOptionsOf } from "../request/delete-options.ts";
import { listOptionsOf } from "../request/list-options.ts";
import { negotiate } from "../request/negotiate.ts";

export async function deleteCollection(call: Call, resource: Resource): Promise<void> {
  const form = negotiate(call.request.headers.accept);
  const selection = listOptionsOf(call);
  const options = await deleteOptionsOf(call);
  const deleted = await resource.deleteCollection(call.info.namespace, selection, options);
  await sendList(call, deleted, { form, kind: resource.kind });
}
