// The last step of the chain: finds the resource and the verb, or the document, that was asked for.

import { apiVersionOf, StatusError, type Subresource } from "@kubonsai/api";
import { sendText } from "./answer/send.ts";
import type { Call } from "./call.ts";
import { serveDocument } from "./documents.ts";
import type { Resource } from "./registry/registry.ts";
import { answerReview, reviewOf } from "./reviews/index.ts";
import { connect, connectorOf } from "./verbs/connect.ts";
import { serveSubresource } from "./verbs/subresource.ts";
import { verbs } from "./verbs/index.ts";

export async function serve(call: Call): Promise<void> {
  const { info } = call;
  if (!info.isResource) return serveDocument(call);
  const resource = call.rooms.registry.resource(info);
  if (!resource || !fitsScope(call, resource)) return notServed(call);
  if (resource.kind.deprecated) call.warn(resource.kind.deprecated);
  return info.subresource === "" ? serveMain(call, resource) : serveSub(call, resource);
}

const CHANGES = new Set(["update", "patch"]);

function serveMain(call: Call, resource: Resource): Promise<void> {
  const { verb, name, namespace } = call.info;
  const handler = verbs.get(verb);
  const isServed = (resource.kind.verbs as readonly string[]).includes(verb);
  // what is created has its name in the body, what is changed has it in the path
  const wrongName = verb === "create" ? name !== "" : CHANGES.has(verb) && name === "";
  // lists and watches reach across namespaces, writes do not
  const wrongScope =
    resource.kind.namespaced &&
    namespace === "" &&
    (verb === "create" || verb === "deletecollection");
  if (!handler || !isServed || wrongName || wrongScope) throw methodNotAllowed();
  const review = reviewOf(resource.kind);
  if (review) return answerReview(call, resource.kind, review);
  return handler(call, resource);
}

function serveSub(call: Call, resource: Resource): Promise<void> {
  const { subresource, verb } = call.info;
  const definition = resource.kind.subresources.find(({ name }) => name === subresource);
  if (!definition) throw notFound();
  if (!allows(definition, verb)) throw methodNotAllowed();
  const connector = connectorOf(call);
  if (connector) return connect(call, connector);
  return serveSubresource(call, resource, definition);
}

const allows = ({ verbs }: Subresource, verb: string) => verbs.includes(verb);

/** `namespaces/x/pods/y`, `pods`, `nodes/y`; not `pods/y` nor `namespaces/x/nodes`. */
function fitsScope({ info }: Call, { kind }: Resource): boolean {
  if (!kind.namespaced) return info.namespace === "" || kind.resource === "namespaces";
  const namesOne = info.name !== "" && info.verb !== "list" && info.verb !== "watch";
  return info.namespace !== "" || !namesOne;
}

/** A group that is served says so with a Status; of others the server knows nothing. */
function notServed(call: Call): Promise<void> {
  const asked = apiVersionOf(call.info);
  if (call.rooms.registry.kinds().some((kind) => apiVersionOf(kind) === asked)) throw notFound();
  return sendText(call, 404, "404 page not found\n");
}

const notFound = () =>
  new StatusError(404, "NotFound", "the server could not find the requested resource", {});

const methodNotAllowed = () =>
  new StatusError(
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
    {},
  );
