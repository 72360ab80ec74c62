// The body of a write as an object: the right kind, of known fields, in the stored form.
// @see kubernetes apiserver/pkg/endpoints/handlers/create.go, rest.go transformDecodeError

import {
  apiVersionOf,
  badRequest,
  cannotBeHandled,
  decode,
  DecodeError,
  decodeProtobuf,
  findDuplicateFields,
  readEnvelope,
  strictDecodingError,
  type Kind,
  type KubernetesObject,
  type Message,
} from "@kubonsai/api";
import type { Call } from "../call.ts";
import { bodyFormatOf, parseJson, parseYamlBody } from "./body-format.ts";
import { fieldValidationOf } from "./write-options.ts";

/** What a body must be. */
export type BodyKind = Pick<Kind, "group" | "version" | "kind" | "schema">;

interface Parsed {
  value: unknown;
  /** Members that the text names twice. */
  duplicates: string[];
}

/** @throws BadRequest, UnsupportedMediaType */
export function decodeObject(call: Call, body: Buffer, kind: BodyKind): KubernetesObject {
  const { value, duplicates } = parse(call, body, kind);
  checkType(value, body, kind);
  const { object, unknownFields } = decodeValue(value, kind);
  applyFieldValidation(call, kind, [...duplicates, ...unknownFields]);
  return typed(object, kind);
}

/** A body that belongs to no resource (DeleteOptions); unknown members are dropped. */
export function decodeMessage(call: Call, body: Buffer, message: Message): unknown {
  try {
    const format = bodyFormatOf(call);
    if (format === "protobuf") return decodeProtobuf(message, readEnvelope(body));
    const text = body.toString();
    return decode(message, format === "yaml" ? parseYamlBody(text) : parseJson(text)).object;
  } catch (error) {
    throw asBadRequest(error);
  }
}

/**
 * A value whose type is known to fit: types checked, unknown members told.
 * @throws BadRequest for members of the wrong type
 */
function decodeValue(value: unknown, kind: BodyKind) {
  try {
    return decode<KubernetesObject>(kind.schema, value);
  } catch (error) {
    if (error instanceof DecodeError) throw badRequest(cannotBeHandled(kind, error.message));
    throw error;
  }
}

/** Gives the object its type, and metadata where it has none. */
export function typed(object: Partial<KubernetesObject>, kind: BodyKind): KubernetesObject {
  const { kind: _kind, apiVersion: _apiVersion, metadata = {}, ...rest } = object;
  return { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata, ...rest };
}

/** Strict refuses what the kind does not know, Warn tells it, Ignore is silent. @throws BadRequest */
function applyFieldValidation(call: Call, kind: BodyKind, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const validation = fieldValidationOf(call);
  if (validation === "Strict") {
    throw badRequest(cannotBeHandled(kind, strictDecodingError(problems)));
  }
  if (validation === "Warn") for (const problem of problems) call.warn(problem);
}

function parse(call: Call, body: Buffer, kind: BodyKind): Parsed {
  const format = bodyFormatOf(call);
  try {
    if (format === "protobuf") return { value: readProtobuf(body, kind), duplicates: [] };
    const text = body.toString();
    if (format === "yaml") return { value: parseYamlBody(text), duplicates: [] };
    const value = parseJson(text);
    // the text is read again for its own sake only where somebody asked to be told
    const duplicates = call.query.has("fieldValidation") ? findDuplicateFields(text) : [];
    return { value, duplicates };
  } catch (error) {
    if (error instanceof DecodeError) throw unrecognized(kind, error.message, body);
    if (!(error instanceof SyntaxError)) throw error;
    const why = `couldn't get version/kind; json parse error: ${error.message}`;
    throw unrecognized(kind, why, body);
  }
}

/** The message is read as the kind's own, so its type is checked before. */
function readProtobuf(body: Buffer, kind: BodyKind): unknown {
  const envelope = readEnvelope(body);
  checkType(envelope, body, kind);
  return decodeProtobuf(kind.schema, envelope);
}

/** How the decoder names what it reads first of every object. */
const TYPE_META =
  'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }';

/** A type that is not given is taken for the right one. @throws BadRequest */
function checkType(value: unknown, body: Buffer, kind: BodyKind): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const found = Array.isArray(value) ? "array" : value === null ? "null" : typeof value;
    const why = `json parse error: json: cannot unmarshal ${found} into Go value of type ${TYPE_META}`;
    throw unrecognized(kind, `couldn't get version/kind; ${why}`, body);
  }
  const { apiVersion = "", kind: name = "" } = value as { apiVersion?: unknown; kind?: unknown };
  const expected = apiVersionOf(kind);
  const version = apiVersion === "" ? expected : String(apiVersion);
  if (name !== "" && name !== kind.kind) {
    const shortVersion = version.slice(version.indexOf("/") + 1);
    const internal = kind.group === "" ? "core" : kind.group.split(".")[0]!;
    throw badRequest(
      `${String(name)} in version ${JSON.stringify(shortVersion)} cannot be handled as a ${kind.kind}: ` +
        `converting (${shortVersion}.${String(name)}) to (${internal}.${kind.kind}): unknown conversion`,
    );
  }
  if (version !== expected) {
    throw badRequest(
      `the API version in the data (${version}) does not match the expected API version (${expected})`,
    );
  }
}

const SUMMARY_BYTES = 30;

function unrecognized({ kind }: BodyKind, why: string, body: Buffer) {
  const summary =
    body.length === 0
      ? "<empty>"
      : body.subarray(0, SUMMARY_BYTES).toString(body[0] === 0x7b ? "utf8" : "hex") +
        (body.length > SUMMARY_BYTES ? " ..." : "");
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): ${why} (${summary})`,
  );
}

const asBadRequest = (error: unknown): unknown =>
  error instanceof SyntaxError || error instanceof DecodeError ? badRequest(error.message) : error;
