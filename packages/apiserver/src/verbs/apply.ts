// Server-side apply: the part of an object that its manager wants, in YAML.

import { apiVersionOf, apply, badRequest, decode, findDuplicateFields } from "@kubonsai/api";
import type { KubernetesObject } from "@kubonsai/api";
import type { Call } from "../call.ts";
import { parseYamlBody } from "../request/body-format.ts";
import { typed, type BodyKind } from "../request/decode.ts";
import { booleanOf } from "../request/request-info.ts";
import { fieldValidationOf } from "../request/write-options.ts";

/** What the configuration makes of the live object, or of nothing. @throws BadRequest */
export function applyChange(
  call: Call,
  text: string,
  kind: BodyKind,
): (current: KubernetesObject | undefined) => KubernetesObject {
  const applied = readConfiguration(text);
  checkDuplicates(call, text);
  const { info, query, rooms } = call;
  const request = {
    manager: query.get("fieldManager") ?? "",
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    subresource: info.subresource,
    now: new Date(rooms.clock.now()).toISOString().replace(/\.\d+Z$/, "Z"),
    applied,
    force: booleanOf(query.get("force")),
  };
  return (live) => {
    const object = apply(kind.schema, { ...request, live });
    return typed(decode<KubernetesObject>(kind.schema, object).object, kind);
  };
}

function readConfiguration(text: string): KubernetesObject {
  let value: unknown;
  try {
    value = isJson(text) ? JSON.parse(text) : parseYamlBody(text);
  } catch (error) {
    throw badRequest(`error decoding YAML: ${(error as Error).message}`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as KubernetesObject;
  }
  const found = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
  throw badRequest(
    "error decoding YAML: error unmarshaling JSON: while decoding JSON: " +
      `json: cannot unmarshal ${found} into Go value of type map[string]interface {}`,
  );
}

/** In YAML a doubled key is an error to begin with. */
function checkDuplicates(call: Call, text: string): void {
  const validation = fieldValidationOf(call);
  if (validation === "Ignore" || !isJson(text)) return;
  const duplicates = findDuplicateFields(text);
  if (duplicates.length === 0) return;
  if (validation === "Warn") duplicates.forEach(call.warn);
  else throw badRequest(`error strict decoding YAML: ${duplicates.join(", ")}`);
}

/** Most clients send JSON, which is YAML and read ten times as fast. */
const isJson = (text: string) => text.trimStart().startsWith("{");
