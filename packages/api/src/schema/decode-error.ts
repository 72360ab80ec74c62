// What decoding says of a value of the wrong type, in the words of the server's JSON decoder.

import type { Message, Schema } from "./schema.ts";

/** `json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32` */
export class DecodeError extends Error {
  /** The same in the words of the converter that strategic patches go through. */
  readonly converterText: string;

  constructor(text: string, converterText = text) {
    super(text);
    this.name = "DecodeError";
    this.converterText = converterText;
  }
}

/** A value of the wrong type; the message around it adds where it stands. */
export class Mismatch extends Error {
  readonly found: string;
  readonly wanted: string;

  constructor(found: string, wanted: string) {
    super(`json: cannot unmarshal ${found} into Go value of type ${wanted}`);
    this.found = found;
    this.wanted = wanted;
  }

  /** @param path the members on the way, without list indexes: `spec.replicas` */
  at(message: Message, path: string): DecodeError {
    const struct = message.name.slice(message.name.lastIndexOf(".") + 1);
    return new DecodeError(
      `json: cannot unmarshal ${this.found} into Go struct field ${struct}.${path} of type ${this.wanted}`,
      this.#converterText(),
    );
  }

  /** @see kubernetes apimachinery/pkg/runtime/converter.go fromUnstructured */
  #converterText(): string {
    const { wanted } = this;
    const found = this.found.replace("array", "slice").replace("object", "map");
    const isNumber = found.startsWith("number");
    const kind = isNumber ? (found.includes(".") ? "float64" : "int64") : found;
    if (wanted.startsWith("[]")) return `cannot restore slice from ${kind}`;
    if (wanted.startsWith("map[")) return `cannot restore map from ${kind}`;
    if (wanted.includes(".")) return `cannot restore struct from: ${kind}`;
    if (isNumber && wanted !== "bool") return `cannot convert ${kind} to ${wanted}`;
    return `unrecognized type: ${wanted}`;
  }
}

/**
 * The text of the 400 that answers an undecodable body.
 * @param why a DecodeError's message, or `strictDecodingError(…)`
 */
export const cannotBeHandled = (address: { version: string; kind: string }, why: string): string =>
  `${address.kind} in version ${JSON.stringify(address.version)} cannot be handled as a ${address.kind}: ${why}`;

/** @param problems `unknown field "spec.foo"`, `duplicate field "x"` */
export const strictDecodingError = (problems: readonly string[]): string =>
  `strict decoding error: ${problems.join(", ")}`;

export const unknownField = (path: string): string => `unknown field ${JSON.stringify(path)}`;

export const duplicateField = (path: string): string => `duplicate field ${JSON.stringify(path)}`;

/** How the decoder names a JSON value. */
export function jsonTypeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (value === null) return "null";
  return typeof value === "boolean" ? "bool" : typeof value;
}

/** How the decoder names a type: `int32`, `[]v1.Container`, `map[string]string` */
export function typeNameOf(schema: Schema): string {
  switch (schema.type) {
    case "boolean":
      return "bool";
    case "double":
      return "float64";
    case "bytes":
      return "[]uint8";
    case "list":
      return `[]${typeNameOf(schema.items)}`;
    case "map":
      return `map[string]${typeNameOf(schema.values)}`;
    case "message":
      return schema.message().name.split(".").slice(-2).join(".");
    case "quantity":
      return "resource.Quantity";
    case "intOrString":
      return "intstr.IntOrString";
    case "int32":
    case "int64":
    case "string":
      return schema.type;
    case "time":
    case "microTime":
      return "string";
    case "raw":
      return schema.message;
  }
}
