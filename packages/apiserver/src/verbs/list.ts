// Many objects, selected and in portions.

import { sendList } from "../answer/send-object.ts";
import type { Call } from "../call.ts";
import type { Resource } from "../registry/registry.ts";
import { listOptionsOf } from "../request/list-options.ts";
import { negotiate } from "../request/negotiate.ts";

export async function list(call: Call, resource: Resource): Promise<void> {
  const form = negotiate(call.request.headers.accept);
  const found = await resource.list(call.info.namespace, listOptionsOf(call));
  await sendList(call, found, { form, kind: resource.kind });
}
