// Parts of an object (`status`) and calls on it (`binding`, `scale`, `token`, `eviction`).

import { notFoundError, type KubernetesObject, type Subresource } from "@kubonsai/api";
import { sendPart, sendPlain } from "../answer/send-object.ts";
import type { Call } from "../call.ts";
import { readBody } from "../limits/body.ts";
import type { Resource, SubresourceHandler } from "../registry/registry.ts";
import { decodeObject, type BodyKind } from "../request/decode.ts";
import { matchName, matchNamespace } from "../request/match-request.ts";
import { negotiate } from "../request/negotiate.ts";
import { writeOptionsOf } from "../request/write-options.ts";
import { patchChange, readPatch } from "./patch.ts";
import { verbs } from "./index.ts";

export function serveSubresource(
  call: Call,
  resource: Resource,
  definition: Subresource,
): Promise<void> {
  const { verb, subresource } = call.info;
  const handler = resource.subresource(subresource);
  if (!handler) return verbs.get(verb)!(call, resource);
  const body = bodyKindOf(resource, definition);
  if (verb === "get") return getPart(call, handler, definition);
  if (verb === "create") return createPart(call, handler, body);
  if (verb === "update") return updatePart(call, handler, body);
  return patchPart(call, handler, body);
}

function bodyKindOf({ kind }: Resource, definition: Subresource): BodyKind {
  return {
    group: definition.group,
    version: definition.version,
    kind: definition.kind,
    schema: definition.schema ?? kind.schema,
  };
}

async function getPart(
  call: Call,
  handler: SubresourceHandler,
  { columns }: Subresource,
): Promise<void> {
  const form = negotiate(call.request.headers.accept);
  const resourceVersion = call.query.get("resourceVersion") ?? "";
  if (!handler.get) throw missing(call);
  const part = await handler.get(call.info, { resourceVersion });
  await sendPart(call, part, { form, columns });
}

async function createPart(call: Call, handler: SubresourceHandler, kind: BodyKind): Promise<void> {
  const form = negotiate(call.request.headers.accept);
  const body = await readBody(call.request);
  const options = writeOptionsOf(call, "CreateOptions");
  const object = decodeObject(call, body, kind);
  matchNamespace(object, call.info);
  if (!handler.create) throw missing(call);
  await sendPlain(call, 201, await handler.create(call.info, object, options), form);
}

async function updatePart(call: Call, handler: SubresourceHandler, kind: BodyKind): Promise<void> {
  const form = negotiate(call.request.headers.accept);
  const body = await readBody(call.request);
  const options = writeOptionsOf(call, "UpdateOptions");
  const read = (): KubernetesObject => {
    const object = decodeObject(call, body, kind);
    matchNamespace(object, call.info);
    matchName(object, call.info);
    return object;
  };
  if (!handler.update) throw missing(call);
  await sendPlain(call, 200, await handler.update(call.info, read, options), form);
}

async function patchPart(call: Call, handler: SubresourceHandler, kind: BodyKind): Promise<void> {
  const form = negotiate(call.request.headers.accept);
  const patch = await readPatch(call);
  const options = writeOptionsOf(call, "PatchOptions");
  if (!handler.update) throw missing(call);
  const change = patchChange(call, patch, kind);
  await sendPlain(call, 200, await handler.update(call.info, change, options), form);
}

const missing = ({ info }: Call) => notFoundError(info, info.name);
