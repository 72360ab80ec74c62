// A new object.

import { sendStored } from "../answer/send-object.ts";
import type { Call } from "../call.ts";
import { readBody } from "../limits/body.ts";
import type { Resource } from "../registry/registry.ts";
import { decodeObject } from "../request/decode.ts";
import { matchNamespace, namespaceOf } from "../request/match-request.ts";
import { negotiate } from "../request/negotiate.ts";
import { writeOptionsOf } from "../request/write-options.ts";

export async function create(call: Call, resource: Resource): Promise<void> {
  const { kind } = resource;
  const form = negotiate(call.request.headers.accept);
  const body = await readBody(call.request);
  const options = writeOptionsOf(call, "CreateOptions");
  const object = decodeObject(call, body, kind);
  matchNamespace(object, call.info);
  const stored = await resource.create(namespaceOf(call.info), object, options);
  await sendStored(call, 201, stored, { form, kind });
}
