// What can be done with kinds over HTTP, as data that either OpenAPI version renders. Unlike Kubernetes,
// the deprecated `/watch/` paths are left out.

import { type Kind, type Subresource, type Verb } from "../kind.ts";
import { deleteOptions } from "../metadata/delete-options.ts";
import { listMessageOf } from "../metadata/list-meta.ts";
import { status } from "../metadata/status.ts";
import type { Message } from "../schema/schema.ts";
import {
  createParameters,
  deleteParameters,
  listParameters,
  type Parameter,
  patchParameters,
} from "./parameters.ts";
import { type GroupVersionKind, patchName } from "./schema-object.ts";

export type Method = "get" | "put" | "post" | "delete" | "patch";

export interface PathItem {
  /** `/apis/apps/v1/namespaces/{namespace}/deployments/{name}` */
  readonly path: string;
  /** `name`, `namespace` */
  readonly pathParameters: readonly string[];
  readonly operations: readonly Operation[];
}

export interface Operation {
  readonly method: Method;
  /** `x-kubernetes-action` */
  readonly action: string;
  readonly id: string;
  readonly description: string;
  readonly tag: string;
  readonly parameters: readonly Parameter[];
  /** A schema's name; undefined: no body */
  readonly body: string | undefined;
  /** A schema's name; undefined: plain text */
  readonly answer: string | undefined;
  /** Beside 200. */
  readonly codes: readonly (201 | 202)[];
  readonly kind: GroupVersionKind;
}

export function pathItemsOf(kind: Kind): PathItem[] {
  return [...wholeItems(kind), ...kind.subresources.flatMap((part) => subresourceItem(kind, part))];
}

/** `/api/v1`, `/apis/apps/v1` */
export const rootOf = ({ group, version }: { group: string; version: string }): string =>
  group === "" ? `/api/${version}` : `/apis/${group}/${version}`;

function wholeItems(kind: Kind): PathItem[] {
  const { resource, namespaced, verbs } = kind;
  const scope = namespaced ? "Namespaced" : "";
  const root = rootOf(kind) + (namespaced ? "/namespaces/{namespace}" : "");
  const inScope = namespaced ? ["namespace"] : [];
  const has = (verb: Verb) => verbs.includes(verb);
  const collection = [
    ...(has("list") ? [listOperation(kind, scope)] : []),
    ...(has("create") ? [createOperation(kind, scope)] : []),
    ...(has("deletecollection") ? [deleteCollection(kind, scope)] : []),
  ];
  const object = [
    ...(has("get") ? [getOperation(kind, scope)] : []),
    ...(has("update") ? [replaceOperation(kind, scope)] : []),
    ...(has("patch") ? [patchOperation(kind, scope)] : []),
    ...(has("delete") ? [deleteOperation(kind, scope)] : []),
  ];
  const everywhere = namespaced && has("list") ? [listEverywhere(kind)] : [];
  return [
    { path: `${root}/${resource}`, pathParameters: inScope, operations: collection },
    {
      path: `${root}/${resource}/{name}`,
      pathParameters: ["name", ...inScope],
      operations: object,
    },
    { path: `${rootOf(kind)}/${resource}`, pathParameters: [], operations: everywhere },
  ].filter(({ operations }) => operations.length > 0);
}

interface Deed {
  readonly method: Method;
  readonly action: string;
  readonly id: string;
  readonly description: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: string;
  readonly answer: string | undefined;
  readonly codes?: readonly (201 | 202)[];
}

const operation = (kind: Kind, deed: Deed, of?: GroupVersionKind): Operation => ({
  parameters: [],
  body: undefined,
  codes: [],
  ...deed,
  tag: tagOf(kind),
  kind: of ?? { group: kind.group, kind: kind.kind, version: kind.version },
});

const getOperation = (kind: Kind, scope: string) =>
  operation(kind, {
    method: "get",
    action: "get",
    id: `read${idOf(kind)}${scope}${kind.kind}`,
    description: `read the specified ${kind.kind}`,
    answer: kind.schema.name,
  });

const listOperation = (kind: Kind, scope: string) =>
  operation(kind, {
    method: "get",
    action: "list",
    id: `list${idOf(kind)}${scope}${kind.kind}`,
    description: `list or watch objects of kind ${kind.kind}`,
    parameters: listParameters,
    answer: listMessageOf(kind.schema).name,
  });

const listEverywhere = (kind: Kind): Operation => ({
  ...listOperation(kind, ""),
  id: `list${idOf(kind)}${kind.kind}ForAllNamespaces`,
});

const createOperation = (kind: Kind, scope: string) =>
  operation(kind, {
    method: "post",
    action: "post",
    id: `create${idOf(kind)}${scope}${kind.kind}`,
    description: `create ${article(kind.kind)}`,
    parameters: createParameters,
    body: kind.schema.name,
    answer: kind.schema.name,
    codes: [201, 202],
  });

const replaceOperation = (kind: Kind, scope: string) =>
  operation(kind, {
    method: "put",
    action: "put",
    id: `replace${idOf(kind)}${scope}${kind.kind}`,
    description: `replace the specified ${kind.kind}`,
    parameters: createParameters,
    body: kind.schema.name,
    answer: kind.schema.name,
    codes: [201],
  });

const patchOperation = (kind: Kind, scope: string) =>
  operation(kind, {
    method: "patch",
    action: "patch",
    id: `patch${idOf(kind)}${scope}${kind.kind}`,
    description: `partially update the specified ${kind.kind}`,
    parameters: patchParameters,
    body: patchName,
    answer: kind.schema.name,
    codes: [201],
  });

const deleteOperation = (kind: Kind, scope: string) =>
  operation(kind, {
    method: "delete",
    action: "delete",
    id: `delete${idOf(kind)}${scope}${kind.kind}`,
    description: `delete ${article(kind.kind)}`,
    parameters: deleteParameters,
    body: deleteOptions.name,
    answer: status.name,
    codes: [202],
  });

const deleteCollection = (kind: Kind, scope: string) =>
  operation(kind, {
    method: "delete",
    action: "deletecollection",
    id: `delete${idOf(kind)}Collection${scope}${kind.kind}`,
    description: `delete collection of ${kind.kind}`,
    parameters: [...deleteParameters, ...listParameters.filter(({ name }) => name !== "watch")],
    body: deleteOptions.name,
    answer: status.name,
  });

// ---- subresources

const methods: { readonly [verb: string]: Method } = {
  get: "get",
  update: "put",
  create: "post",
  patch: "patch",
  delete: "delete",
};
const words: { readonly [method in Method]: string } = {
  get: "read",
  put: "replace",
  post: "create",
  patch: "patch",
  delete: "delete",
};

function subresourceItem(kind: Kind, part: Subresource): PathItem[] {
  const inScope = kind.namespaced ? ["namespace"] : [];
  const root = rootOf(kind) + (kind.namespaced ? "/namespaces/{namespace}" : "");
  const operations = part.verbs.flatMap((verb) => {
    const method = methods[verb];
    return method === undefined ? [] : [partOperation(kind, part, method)];
  });
  if (operations.length === 0) return [];
  const path = `${root}/${kind.resource}/{name}/${part.name}`;
  return [{ path, pathParameters: ["name", ...inScope], operations }];
}

function partOperation(kind: Kind, part: Subresource, method: Method): Operation {
  const schema = schemaOfPart(kind, part);
  const word = schema === undefined && part.name !== "log" ? "connect" : words[method];
  const verb = word === "connect" ? method[0]!.toUpperCase() + method.slice(1) : "";
  const scope = kind.namespaced ? "Namespaced" : "";
  const name = part.name[0]!.toUpperCase() + part.name.slice(1);
  const deed: Deed = {
    method,
    action: word === "connect" ? "connect" : method,
    id: `${word}${idOf(kind).replace(/^(\w+?)(V\d)/, `$1$2${verb}`)}${scope}${kind.kind}${name}`,
    description: `${word} ${part.name} of the specified ${kind.kind}`,
    ...(method === "patch" && schema !== undefined
      ? { parameters: patchParameters, body: patchName }
      : {}),
    ...(method === "put" || method === "post" ? writes(schema) : {}),
    answer: schema?.name,
  };
  // A subresource that stands for the object itself names no kind of its own.
  const own = {
    group: part.group || kind.group,
    kind: part.kind,
    version: part.version || kind.version,
  };
  return operation(kind, deed, own);
}

const writes = (schema: Message | undefined) =>
  schema === undefined ? {} : { parameters: createParameters, body: schema.name };

/** undefined: a stream or text (exec, log, proxy) */
const schemaOfPart = (kind: Kind, part: Subresource): Message | undefined =>
  part.name === "log"
    ? undefined
    : (part.schema ?? (part.kind === kind.kind ? kind.schema : undefined));

// ---- names

/** `AppsV1`, `CoreV1`, `RbacAuthorizationV1` */
function idOf({ group, version }: Kind): string {
  const words = (group === "" ? "core" : group.replace(/\.k8s\.io$/, "")).split(".");
  return [...words, version].map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
}

/** `apps_v1`, `core_v1`, `rbacAuthorization_v1` */
function tagOf(kind: Kind): string {
  const id = idOf(kind);
  const name = id.slice(0, id.length - kind.version.length);
  return `${name[0]!.toLowerCase()}${name.slice(1)}_${kind.version}`;
}

const article = (kind: string) => `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
