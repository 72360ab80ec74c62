// JSON merge patch (RFC 7386): null removes, objects merge, everything else replaces.

import { badRequest } from "../errors/status-error.ts";
import {
  copyValue,
  isMembers,
  isTooDeep,
  type Members,
  ownMember,
  setMember,
} from "../schema/json-value.ts";

/**
 * Neither argument is altered; the result may share parts with `target`.
 * @throws StatusError BadRequest when the patch nests without measure
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (isTooDeep(patch)) throw badRequest("exceeded max depth");
  return merge(target, patch);
}

function merge(target: unknown, patch: unknown): unknown {
  if (!isMembers(patch)) return copyValue(patch);
  const merged: Members = isMembers(target) ? { ...target } : {};
  for (const name of Object.keys(patch)) {
    if (patch[name] === null) delete merged[name];
    else setMember(merged, name, merge(ownMember(merged, name), patch[name]));
  }
  return merged;
}
