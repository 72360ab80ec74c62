// An object as a whole, in place of what is stored.

import type { KubernetesObject } from "@kubonsai/api";
import { sendStored } from "../answer/send-object.ts";
import { attributesOf } from "../authorization/attributes.ts";
import { authorize } from "../authorization/authorize.ts";
import type { Call } from "../call.ts";
import { readBody } from "../limits/body.ts";
import type { Resource } from "../registry/registry.ts";
import { decodeObject } from "../request/decode.ts";
import { matchName, matchNamespace } from "../request/match-request.ts";
import { negotiate } from "../request/negotiate.ts";
import { writeOptionsOf } from "../request/write-options.ts";

export async function update(call: Call, resource: Resource): Promise<void> {
  const { kind } = resource;
  const { info } = call;
  const form = negotiate(call.request.headers.accept);
  const body = await readBody(call.request);
  const options = writeOptionsOf(call, "UpdateOptions");
  const read = () => readMatching(call, body, resource);
  let object: KubernetesObject | undefined = read();
  const result = await resource.update(
    info,
    async (current) => {
      if (!current) await mayCreate(call);
      // the registry may alter what it gets, so a second try reads the body again
      const wanted = object ?? read();
      object = undefined;
      return wanted;
    },
    { ...options, subresource: info.subresource, allowCreate: false },
  );
  await sendStored(call, result.created ? 201 : 200, result.stored, { form, kind });
}

function readMatching(call: Call, body: Buffer, { kind }: Resource): KubernetesObject {
  const object = decodeObject(call, body, kind);
  matchNamespace(object, call.info);
  matchName(object, call.info);
  return object;
}

/** An update or a patch that creates needs the right to create. @throws Forbidden */
export function mayCreate(call: Call): Promise<void> {
  return authorize({ ...attributesOf(call), verb: "create" }, call.rooms.authorizers);
}
