// OpenAPI v3: one document per group and version, and the index of them all.

import type { Kind } from "../kind.ts";
import { definitionsOf, groupVersions } from "./definitions.ts";
import { type Operation, type PathItem, pathItemsOf, rootOf } from "./operations.ts";
import { type Parameter, pathParameterDescriptions, pretty } from "./parameters.ts";
import { patchName, reference, type SchemaObject } from "./schema-object.ts";

/** The documents by their paths below `/openapi/v3/`: `apis/apps/v1`, `api/v1` */
export function openApiV3Documents(kinds: readonly Kind[]): Map<string, object> {
  return new Map(
    groupVersions(kinds).map(({ group, version }) => [
      rootOf({ group, version }).slice(1),
      openApiV3(kinds.filter((kind) => kind.group === group && kind.version === version)),
    ]),
  );
}

/** `/openapi/v3` itself. @param hashes of the documents, by path; a changed hash ends caching */
export function openApiV3Index(hashes: ReadonlyMap<string, string>): object {
  const paths = [...hashes].map(([path, hash]) => [
    path,
    { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` },
  ]);
  return { paths: Object.fromEntries(paths) };
}

/** @param kinds of one group and version */
export function openApiV3(kinds: readonly Kind[]): object {
  const items = kinds.flatMap(pathItemsOf);
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version: "v1.36.0" },
    paths: Object.fromEntries(items.map((item) => [item.path, pathObject(item)])),
    components: {
      schemas: definitionsOf(kinds, 3),
      securitySchemes: { BearerToken: bearerToken },
    },
  };
}

export const bearerToken = {
  description: "Bearer Token authentication",
  in: "header",
  name: "authorization",
  type: "apiKey",
};

function pathObject({ pathParameters, operations }: PathItem): object {
  const inPath = pathParameters.map((name) => ({
    name,
    in: "path",
    description: pathParameterDescriptions[name],
    required: true,
    schema: { type: "string", uniqueItems: true },
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
  schema: { type, uniqueItems: true },
});

function operationObject(operation: Operation): object {
  const { body, parameters } = operation;
  return {
    tags: [operation.tag],
    description: operation.description,
    operationId: operation.id,
    ...(parameters.length === 0 ? {} : { parameters: parameters.map(queryParameter) }),
    ...(body === undefined ? {} : { requestBody: requestBody(operation, body) }),
    responses: responses(operation),
    "x-kubernetes-action": operation.action,
    "x-kubernetes-group-version-kind": operation.kind,
  };
}

function requestBody({ method }: Operation, body: string): object {
  const types = body === patchName ? patchTypes : ["*/*"];
  const content = contentOf(types, reference(body, 3));
  return method === "delete" ? { content } : { content, required: true };
}

export const patchTypes = [
  "application/apply-patch+yaml",
  "application/json-patch+json",
  "application/merge-patch+json",
  "application/strategic-merge-patch+json",
];

export const objectTypes = [
  "application/json",
  "application/yaml",
  "application/vnd.kubernetes.protobuf",
];

/** A list can be answered as a stream of changes. */
export const streamTypes = [
  "application/json;stream=watch",
  "application/vnd.kubernetes.protobuf;stream=watch",
];

function responses({ answer, codes, action }: Operation): object {
  const types = action === "list" ? [...objectTypes, ...streamTypes] : objectTypes;
  const content =
    answer === undefined
      ? contentOf(["text/plain"], { type: "string" })
      : contentOf(types, reference(answer, 3));
  const described = { 200: "OK", 201: "Created", 202: "Accepted" } as const;
  const good = ([200, ...codes] as const).map((code) => [
    code,
    { description: described[code], content },
  ]);
  return { ...Object.fromEntries(good), 401: { description: "Unauthorized" } };
}

const contentOf = (types: readonly string[], schema: SchemaObject) =>
  Object.fromEntries(types.map((type) => [type, { schema }]));
