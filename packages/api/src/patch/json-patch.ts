// JSON patch (RFC 6902). The server does not tell why a patch does not fit, so neither do we.

import { JSONPatch } from "json-p3";
import { badRequest, requestEntityTooLarge, StatusError } from "../errors/status-error.ts";
import { copyValue, isMembers, isTooDeep } from "../schema/json-value.ts";

const MAX_OPERATIONS = 10_000;

type Operations = NonNullable<ConstructorParameters<typeof JSONPatch>[0]>;
type JsonValue = Parameters<JSONPatch["apply"]>[0];

/**
 * Neither argument is altered.
 * @throws StatusError BadRequest for what is no patch, 413 for too many operations, 422 for a patch
 * that does not fit the document
 */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (isTooDeep(patch)) throw badRequest("exceeded max depth");
  const operations = operationsOf(patch);
  const copy = copyValue(document) as JsonValue;
  try {
    return new JSONPatch(copyValue(operations)).apply(copy);
  } catch {
    throw doesNotFit();
  }
}

function operationsOf(patch: unknown): Operations {
  if (!Array.isArray(patch)) throw wrongType(patch, "jsonpatch.Patch");
  for (const operation of patch) {
    if (!isMembers(operation)) throw wrongType(operation, "jsonpatch.Operation");
  }
  if (patch.length <= MAX_OPERATIONS) return patch as Operations;
  throw requestEntityTooLarge(
    "Request entity too large: " +
      `The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`,
  );
}

/** The 422 for a patch that does not fit the object. */
export const doesNotFit = () =>
  new StatusError(
    422,
    "Invalid",
    "the server rejected our request due to an error in our request",
    {},
  );

function wrongType(value: unknown, type: string): StatusError {
  const found = isMembers(value) ? "object" : typeof value === "boolean" ? "bool" : typeof value;
  return badRequest(`json: cannot unmarshal ${found} into Go value of type ${type}`);
}
