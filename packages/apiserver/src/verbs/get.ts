// One object by name.

import { sendStored } from "../answer/send-object.ts";
import type { Call } from "../call.ts";
import type { Resource } from "../registry/registry.ts";
import { negotiate } from "../request/negotiate.ts";

export async function get(call: Call, resource: Resource): Promise<void> {
  const form = negotiate(call.request.headers.accept);
  const resourceVersion = call.query.get("resourceVersion") ?? "";
  const stored = await resource.get(call.info, { resourceVersion });
  await sendStored(call, 200, stored, { form, kind: resource.kind });
}
