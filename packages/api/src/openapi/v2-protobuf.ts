// OpenAPI v2 as protobuf, the only form of it that client-go reads.

import { encodeMembers } from "../protobuf/encode-message.ts";
import { gnosticDocument } from "./gnostic.ts";
import type { SchemaObject } from "./schema-object.ts";
import type { OpenApiV2 } from "./v2.ts";

/** What clients name in Accept, and what the answer must be called: `@` may not stand in a media type. */
export const openApiV2Protobuf = {
  accepted: "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
  contentType: "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
} as const;

export function encodeOpenApiV2(document: OpenApiV2): Uint8Array {
  return encodeMembers(gnosticDocument, {
    swagger: document.swagger,
    info: document.info,
    paths: named(document.paths, pathItem),
    definitions: named(document.definitions, schema),
    security: document.security.map((one) => named(one, (scopes) => ({ value: scopes }))),
    securityDefinitions: named(document.securityDefinitions, (apiKey) => ({ apiKey })),
  });
}

const named = <T>(members: { [name: string]: T }, form: (value: T) => object) => ({
  items: Object.entries(members).map(([name, value]) => ({ name, value: form(value) })),
});

const any = (value: unknown) => ({ yaml: `${JSON.stringify(value)}\n` });

const extensions = (object: SchemaObject) =>
  Object.entries(object)
    .filter(([name]) => name.startsWith("x-"))
    .map(([name, value]) => ({ name, value: any(value) }));

function schema(object: SchemaObject): object {
  const { $ref, format, description, required, type, items, properties } = object;
  const values = object["additionalProperties"];
  const allowed = object["enum"] as unknown[] | undefined;
  return {
    $ref,
    format,
    description,
    required,
    enum: allowed?.map(any),
    additionalProperties: values && { schema: schema(values as SchemaObject) },
    type: type && { value: [type] },
    items: items && { items: [schema(items as SchemaObject)] },
    properties: properties && named(properties as { [name: string]: SchemaObject }, schema),
    extensions: extensions(object),
  };
}

function pathItem(object: SchemaObject): object {
  const { parameters, ...operations } = object;
  const encoded = Object.entries(operations).map(([method, value]) => [
    method,
    operation(value as SchemaObject),
  ]);
  return {
    ...Object.fromEntries(encoded),
    parameters: (parameters as SchemaObject[]).map(parameter),
  };
}

function operation(object: SchemaObject): object {
  const { tags, description, operationId, produces, consumes, schemes } = object;
  const responses = object["responses"] as { [code: string]: SchemaObject };
  return {
    tags,
    description,
    operationId,
    produces,
    consumes,
    schemes,
    parameters: ((object["parameters"] ?? []) as SchemaObject[]).map(parameter),
    responses: named(responses, response),
    extensions: extensions(object),
  };
}

function response({ description, schema: body }: SchemaObject): object {
  const held = body === undefined ? undefined : { schema: schema(body as SchemaObject) };
  return { response: { description, schema: held } };
}

function parameter(object: SchemaObject): object {
  if (object["in"] === "body") {
    const body = { ...object, schema: schema(object["schema"] as SchemaObject) };
    return { parameter: { body } };
  }
  const other = object["in"] === "path" ? { path: object } : { query: object };
  return { parameter: { other } };
}
