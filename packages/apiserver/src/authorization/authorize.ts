// Asks the policies in order and words the refusal as Kubernetes does.
// @see kubernetes apiserver/pkg/endpoints/handlers/responsewriters/errors.go

import { forbiddenError, StatusError } from "@kubonsai/api";
import type { Attributes, Authorizer } from "./authorizer.ts";

/** @throws Forbidden */
export async function authorize(
  attributes: Attributes,
  authorizers: readonly Authorizer[],
): Promise<void> {
  const { allowed, reason } = await decide(attributes, authorizers);
  if (allowed) return;
  throw refusal(attributes, reason);
}

/** What the policies say together: the first that has an opinion decides. */
export async function decide(
  attributes: Attributes,
  authorizers: readonly Authorizer[],
): Promise<{ allowed: boolean | undefined; reason: string }> {
  const reasons: string[] = [];
  for (const authorizer of authorizers) {
    const decision = authorizer(attributes);
    const { allowed, reason = "" } = decision instanceof Promise ? await decision : decision;
    if (allowed) return { allowed, reason };
    if (reason !== "") reasons.push(reason);
    if (allowed === false) return { allowed, reason: reasons.join("\n") };
  }
  return { allowed: undefined, reason: reasons.join("\n") };
}

/** The 403 for `attributes`; also for calls that imply another, such as an update that creates. */
export function refusal(attributes: Attributes, reason = ""): StatusError {
  const text = escaped(deniedText(attributes));
  const why = reason === "" ? text : `${text}: ${reason}`;
  if (!attributes.isResource) return new StatusError(403, "Forbidden", `forbidden: ${why}`, {});
  return forbiddenError(attributes, attributes.name, why);
}

function deniedText(attributes: Attributes): string {
  const { verb, path, group, namespace } = attributes;
  const who = `User ${JSON.stringify(attributes.user.name)} cannot ${verb}`;
  if (!attributes.isResource) return `${who} path ${JSON.stringify(path)}`;
  const { resource, subresource } = attributes;
  const what = subresource === "" ? resource : `${resource}/${subresource}`;
  const where =
    namespace === "" ? "at the cluster scope" : `in the namespace ${JSON.stringify(namespace)}`;
  return `${who} resource ${JSON.stringify(what)} in API group ${JSON.stringify(group)} ${where}`;
}

/** Answers that a browser might show must not look like HTML. */
const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
