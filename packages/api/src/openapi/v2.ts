// OpenAPI v2: one document for everything. Older kubectls and helm read it, as protobuf.

import type { Kind } from "../kind.ts";
import { definitionsOf } from "./definitions.ts";
import { type Operation, type PathItem, pathItemsOf } from "./operations.ts";
import { type Parameter, pathParameterDescriptions, pretty } from "./parameters.ts";
import { patchName, reference, type SchemaObject } from "./schema-object.ts";
import { bearerToken, objectTypes, patchTypes, streamTypes } from "./v3.ts";

export interface OpenApiV2 {
  swagger: "2.0";
  info: { title: string; version: string };
  paths: { [path: string]: SchemaObject };
  definitions: { [name: string]: SchemaObject };
  securityDefinitions: { [name: string]: { [name: string]: string } };
  security: { [name: string]: string[] }[];
}

export function openApiV2(kinds: readonly Kind[]): OpenApiV2 {
  const items = kinds.flatMap(pathItemsOf);
  return {
    swagger: "2.0",
    info: { title: "Kubernetes", version: "v1.36.0" },
    paths: Object.fromEntries(items.map((item) => [item.path, pathObject(item)])),
    definitions: definitionsOf(kinds, 2),
    securityDefinitions: { BearerToken: bearerToken },
    security: [{ BearerToken: [] }],
  };
}

function pathObject({ pathParameters, operations }: PathItem): SchemaObject {
  const inPath = pathParameters.map((name) => ({
    name,
    in: "path",
    description: pathParameterDescriptions[name],
    required: true,
    type: "string",
    uniqueItems: true,
  }));
  return {
    parameters: [...inPath, queryParameter(pretty)],
    ...Object.fromEntries(operations.map((one) => [one.method, operationObject(one)])),
  };
}

const queryParameter = ({ name, type, description }: Parameter) => ({
  name,
  in: "query",
  description,
  type,
  uniqueItems: true,
});

function operationObject(operation: Operation): SchemaObject {
  const { action, body } = operation;
  const parameters = [...bodyParameter(operation), ...operation.parameters.map(queryParameter)];
  return {
    tags: [operation.tag],
    description: operation.description,
    operationId: operation.id,
    consumes: body === patchName ? patchTypes : ["*/*"],
    produces: action === "list" ? [...objectTypes, ...streamTypes] : objectTypes,
    schemes: ["https"],
    ...(parameters.length === 0 ? {} : { parameters }),
    responses: responses(operation),
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": operation.kind,
  };
}

const bodyParameter = ({ body, method }: Operation) =>
  body === undefined
    ? []
    : [
        {
          name: "body",
          in: "body",
          ...(method === "delete" ? {} : { required: true }),
          schema: reference(body, 2),
        },
      ];

function responses({ answer, codes }: Operation): SchemaObject {
  const schema = answer === undefined ? { type: "string" } : reference(answer, 2);
  const described = { 200: "OK", 201: "Created", 202: "Accepted" } as const;
  const good = ([200, ...codes] as const).map((code) => [
    code,
    { description: described[code], schema },
  ]);
  return { ...Object.fromEntries(good), 401: { description: "Unauthorized" } };
}
