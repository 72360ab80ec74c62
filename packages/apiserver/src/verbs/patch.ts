// A change to an object in one of four notations. The change is made to the newest state, again if
// somebody else was faster.
// @see kubernetes apiserver/pkg/endpoints/handlers/patch.go

import {
  badRequest,
  decode,
  DecodeError,
  findDuplicateFields,
  forbidden,
  goText,
  invalid,
  invalidError,
  jsonPatch,
  mergePatch,
  notFoundError,
  required,
  strategicMerge,
  strictDecodingError,
  type KubernetesObject,
} from "@kubonsai/api";
import { sendStored } from "../answer/send-object.ts";
import type { Call } from "../call.ts";
import { readBody } from "../limits/body.ts";
import type { Resource } from "../registry/registry.ts";
import { parseJson, unknownFormat } from "../request/body-format.ts";
import { typed, type BodyKind } from "../request/decode.ts";
import { matchName, matchNamespace } from "../request/match-request.ts";
import { typeOf } from "../request/media-type.ts";
import { negotiate } from "../request/negotiate.ts";
import { checkOptions, fieldValidationOf, writeOptionsOf } from "../request/write-options.ts";
import { applyChange } from "./apply.ts";
import { mayCreate } from "./update.ts";

const TYPES = [
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
  "application/apply-patch+yaml",
] as const;

type PatchType = (typeof TYPES)[number];

export interface Patch {
  readonly type: PatchType;
  readonly text: string;
}

/** Only an apply makes something of nothing. */
export type PatchChange = (current: KubernetesObject | undefined) => KubernetesObject;

export async function patch(call: Call, resource: Resource): Promise<void> {
  const { kind } = resource;
  const { info } = call;
  const form = negotiate(call.request.headers.accept);
  const given = await readPatch(call);
  const options = writeOptionsOf(call, "PatchOptions");
  const isApply = given.type === "application/apply-patch+yaml";
  const change = patchChange(call, given, kind);
  const result = await resource.update(
    info,
    async (current) => {
      if (current) return change(current);
      if (!isApply || info.subresource !== "") throw notFoundError(kind, info.name);
      await mayCreate(call);
      return change(undefined);
    },
    { ...options, subresource: info.subresource, allowCreate: isApply, managesFields: isApply },
  );
  await sendStored(call, result.created ? 201 : 200, result.stored, { form, kind });
}

/** @throws UnsupportedMediaType, Invalid, RequestEntityTooLarge */
export async function readPatch(call: Call): Promise<Patch> {
  const type = typeOf(call.request.headers["content-type"] ?? "") as PatchType;
  if (!TYPES.includes(type)) throw unknownFormat(TYPES);
  const body = await readBody(call.request);
  checkOptions("PatchOptions", forceErrors(call, type));
  return { type, text: body.toString() };
}

function forceErrors({ query }: Call, type: PatchType) {
  if (type === "application/apply-patch+yaml") {
    const named = (query.get("fieldManager") ?? "") !== "";
    return named ? [] : [required("fieldManager", "is required for apply patch")];
  }
  return query.has("force") ? [forbidden("force", "may not be specified for non-apply patch")] : [];
}

/** What the patch makes of an object; it may run several times. */
export function patchChange(call: Call, given: Patch, kind: BodyKind): PatchChange {
  const change =
    given.type === "application/apply-patch+yaml"
      ? applyChange(call, given.text, kind)
      : documentChange(call, given, kind);
  return (current) => {
    const changed = change(current);
    matchNamespace(changed, call.info);
    matchName(changed, call.info);
    return changed;
  };
}

function documentChange(call: Call, { type, text }: Patch, kind: BodyKind): PatchChange {
  const value = parsePatch(type, text);
  const duplicates = duplicatesIn(call, type, text);
  return (current) => {
    if (!current) throw notFoundError(call.info, call.info.name);
    const changed = applied(type, { current, value, kind });
    return decodePatched(call, kind, { changed, duplicates, value, type });
  };
}

function parsePatch(type: PatchType, text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    const { message } = error as Error;
    const isStrategic = type === "application/strategic-merge-patch+json";
    throw badRequest(isStrategic ? message : `error decoding patch: ${message}`);
  }
}

function duplicatesIn(call: Call, type: PatchType, text: string): string[] {
  if (!call.query.has("fieldValidation") || fieldValidationOf(call) === "Ignore") return [];
  const found = findDuplicateFields(text);
  return type === "application/json-patch+json" ? found.map((one) => `json patch ${one}`) : found;
}

function applied(
  type: PatchType,
  { current, value, kind }: { current: KubernetesObject; value: unknown; kind: BodyKind },
): unknown {
  if (type === "application/json-patch+json") return jsonPatch(current, value);
  if (type === "application/merge-patch+json") return mergePatch(current, value);
  return strategicMerge(kind.schema, current, membersOf(value));
}

/** @throws BadRequest when a strategic patch is no object */
function membersOf(value: unknown): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  const found = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  throw badRequest(`json: cannot unmarshal ${found} into Go value of type map[string]interface {}`);
}

interface Patched {
  changed: unknown;
  duplicates: readonly string[];
  value: unknown;
  type: PatchType;
}

/** The result must be an object of the kind still. @throws Invalid */
function decodePatched(call: Call, kind: BodyKind, patched: Patched): KubernetesObject {
  const { changed, duplicates } = patched;
  const { object, unknownFields } = decodeOrRefuse(kind, patched);
  const problems = [...duplicates, ...unknownFields];
  const validation = fieldValidationOf(call);
  if (problems.length > 0 && validation === "Strict") {
    throw unfit(patched, strictDecodingError(problems));
  }
  if (validation === "Warn") problems.forEach(call.warn);
  checkUnchangedType(changed as KubernetesObject, kind);
  return typed(object, kind);
}

function decodeOrRefuse(kind: BodyKind, patched: Patched) {
  try {
    return decode<KubernetesObject>(kind.schema, patched.changed);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const isStrategic = patched.type === "application/strategic-merge-patch+json";
    throw unfit(patched, isStrategic ? error.converterText : error.message);
  }
}

/** Kubernetes shows the result of the patch, or a strategic patch itself. */
function unfit({ type, changed, value }: Patched, why: string) {
  const isStrategic = type === "application/strategic-merge-patch+json";
  const shown = isStrategic ? goText(value) : JSON.stringify(changed);
  return invalidError({ group: "", kind: "" }, "", [invalid("patch", shown, why)]);
}

function checkUnchangedType({ kind: changed }: KubernetesObject, { kind }: BodyKind): void {
  if (changed !== undefined && changed !== kind) {
    throw badRequest(`the kind of an object cannot be patched: ${changed} is not ${kind}`);
  }
}
