// The messages in which OpenAPI v2 travels as protobuf, in our own schema language: the parts that
// Kubernetes documents use. JSON objects with free names become lists of named values.
// @see google/gnostic-models openapiv2/OpenAPIv2.proto

import { aString, boolean, list, message, of, ref, string } from "../schema/schema.ts";

const named = (name: string, value: () => ReturnType<typeof message>) =>
  message(`openapi.v2.${name}`, { name: string(1), value: ref<object>(2, value) });
const holder = (name: string, item: () => ReturnType<typeof message>, number = 1) =>
  message(`openapi.v2.${name}`, { items: list(number, of<object>(item)) });

/** A free value as YAML, of which JSON is a part. */
const any = message("openapi.v2.Any", { yaml: string(2) });
const namedAny = named("NamedAny", () => any);
const strings = message("openapi.v2.StringArray", { value: list(1, aString) });

const schema: ReturnType<typeof message> = message("openapi.v2.Schema", {
  $ref: string(1),
  format: string(2),
  description: string(4),
  required: list(19, aString),
  enum: list(
    20,
    of<object>(() => any),
  ),
  additionalProperties: ref<object>(21, () => additionalProperties),
  type: ref<object>(22, () => strings),
  items: ref<object>(23, () => items),
  properties: ref<object>(25, () => properties),
  extensions: list(
    31,
    of<object>(() => namedAny),
  ),
});
const additionalProperties = message("openapi.v2.AdditionalPropertiesItem", {
  schema: ref<object>(1, () => schema),
});
const items = holder("ItemsItem", () => schema);
const namedSchema = named("NamedSchema", () => schema);
const properties = holder("Properties", () => namedSchema);
const definitions = holder("Definitions", () => namedSchema);

const bodyParameter = message("openapi.v2.BodyParameter", {
  description: string(1),
  name: string(2),
  in: string(3),
  required: boolean(4),
  schema: ref<object>(5, () => schema),
});
const queryParameter = message("openapi.v2.QueryParameterSubSchema", {
  required: boolean(1),
  in: string(2),
  description: string(3),
  name: string(4),
  type: string(6),
  uniqueItems: boolean(20),
});
const pathParameter = message("openapi.v2.PathParameterSubSchema", {
  required: boolean(1),
  in: string(2),
  description: string(3),
  name: string(4),
  type: string(5),
  uniqueItems: boolean(19),
});
const nonBodyParameter = message("openapi.v2.NonBodyParameter", {
  query: ref<object>(3, () => queryParameter),
  path: ref<object>(4, () => pathParameter),
});
const parameter = message("openapi.v2.Parameter", {
  body: ref<object>(1, () => bodyParameter),
  other: ref<object>(2, () => nonBodyParameter),
});
const parametersItem = message("openapi.v2.ParametersItem", {
  parameter: ref<object>(1, () => parameter),
});

const schemaItem = message("openapi.v2.SchemaItem", { schema: ref<object>(1, () => schema) });
const response = message("openapi.v2.Response", {
  description: string(1),
  schema: ref<object>(2, () => schemaItem),
});
const responseValue = message("openapi.v2.ResponseValue", {
  response: ref<object>(1, () => response),
});
const namedResponseValue = named("NamedResponseValue", () => responseValue);
const responses = holder("Responses", () => namedResponseValue);

const operation = message("openapi.v2.Operation", {
  tags: list(1, aString),
  description: string(3),
  operationId: string(5),
  produces: list(6, aString),
  consumes: list(7, aString),
  parameters: list(
    8,
    of<object>(() => parametersItem),
  ),
  responses: ref<object>(9, () => responses),
  schemes: list(10, aString),
  extensions: list(
    13,
    of<object>(() => namedAny),
  ),
});
const pathItem = message("openapi.v2.PathItem", {
  get: ref<object>(2, () => operation),
  put: ref<object>(3, () => operation),
  post: ref<object>(4, () => operation),
  delete: ref<object>(5, () => operation),
  patch: ref<object>(8, () => operation),
  parameters: list(
    9,
    of<object>(() => parametersItem),
  ),
});
const namedPathItem = named("NamedPathItem", () => pathItem);
const paths = holder("Paths", () => namedPathItem, 2);

const info = message("openapi.v2.Info", { title: string(1), version: string(2) });
const apiKey = message("openapi.v2.ApiKeySecurity", {
  type: string(1),
  name: string(2),
  in: string(3),
  description: string(4),
});
const securityItem = message("openapi.v2.SecurityDefinitionsItem", {
  apiKey: ref<object>(2, () => apiKey),
});
const namedSecurityItem = named("NamedSecurityDefinitionsItem", () => securityItem);
const securityDefinitions = holder("SecurityDefinitions", () => namedSecurityItem);
const namedStrings = named("NamedStringArray", () => strings);
const securityRequirement = holder("SecurityRequirement", () => namedStrings);

export const gnosticDocument = message("openapi.v2.Document", {
  swagger: string(1),
  info: ref<object>(2, () => info),
  paths: ref<object>(8, () => paths),
  definitions: ref<object>(9, () => definitions),
  security: list(
    12,
    of<object>(() => securityRequirement),
  ),
  securityDefinitions: ref<object>(13, () => securityDefinitions),
});
