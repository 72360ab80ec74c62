// Holds the object in the body to the address in the path.
// @see kubernetes apiserver/pkg/registry/rest/meta.go, …/endpoints/handlers/rest.go checkName

import { badRequest, type KubernetesObject } from "@kubonsai/api";
import type { RequestInfo } from "./request-info.ts";

/** A namespace's own path names it as if it were within itself. */
export const namespaceOf = ({ resource, namespace }: RequestInfo): string =>
  resource === "namespaces" ? "" : namespace;

/** Gives the object the request's namespace. @throws BadRequest when it names another */
export function matchNamespace(object: KubernetesObject, info: RequestInfo): void {
  const namespace = namespaceOf(info);
  const own = object.metadata.namespace ?? "";
  if (own === namespace) return;
  if (namespace === "") delete object.metadata.namespace;
  else if (own === "") object.metadata.namespace = namespace;
  else {
    throw badRequest(
      "the namespace of the provided object does not match the namespace sent on the request",
    );
  }
}

/** @throws BadRequest when the object has no name, or another than the request */
export function matchName(object: KubernetesObject, { name }: RequestInfo): void {
  const own = object.metadata.name ?? "";
  if (own === "") {
    throw badRequest(
      `the name of the object (${name} based on URL) was undeterminable: name must be provided`,
    );
  }
  if (own !== name) {
    throw badRequest(
      `the name of the object (${own}) does not match the name on the URL (${name})`,
    );
  }
}
