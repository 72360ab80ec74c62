// The calls on one kind as HTTP requests.

import { apiVersionOf, type KubernetesObject } from "@kubonsai/api";
import type {
  DeleteQuery,
  ListQuery,
  NamedResource,
  ObjectList,
  Patch,
  PatchQuery,
  ResourceClient,
} from "./client.ts";
import { watchStream } from "./watch-stream.ts";
import type { Call, Transport } from "./transport.ts";

export interface Rest {
  transport: Transport;
  request(call: Call): Promise<unknown>;
}

const PATCH_TYPES = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
};

export function resourceClient<T extends KubernetesObject>(
  { transport, request }: Rest,
  kind: NamedResource,
): ResourceClient<T> {
  const paths = pathsOf(kind);
  const apiVersion = apiVersionOf(kind);
  const asObject = (value: unknown) => named(value as T, { apiVersion, kind: kind.kind });
  const write = async (method: string, path: string, object: T) =>
    asObject(await request({ method, path, body: encoded({ apiVersion, ...kindOf(object) }) }));
  const kindOf = (object: T) => ({ kind: kind.kind, ...object });
  const pathOf = ({ metadata: { namespace = "", name = "" } }: T) => paths.one(namespace, name);
  return {
    kind,
    async get(namespace, name) {
      return asObject(await request({ method: "GET", path: paths.one(namespace, name) }));
    },
    async list(namespace, options = {}) {
      const path = withQuery(paths.all(namespace), { ...options });
      const list = (await request({ method: "GET", path })) as ObjectList<T>;
      list.items ??= [];
      for (const item of list.items) named(item, { apiVersion, kind: kind.kind });
      return list;
    },
    watch: (namespace, options, signal) =>
      watchStream<T>(
        transport,
        withQuery(paths.all(namespace), { ...options, watch: true }),
        signal,
      ),
    create: (object, options) =>
      write("POST", withQuery(paths.all(object.metadata.namespace ?? ""), { ...options }), object),
    update: (object, options) => write("PUT", withQuery(pathOf(object), { ...options }), object),
    updateStatus: (object, options) =>
      write("PUT", withQuery(`${pathOf(object)}/status`, { ...options }), object),
    async patch(namespace, name, patch, { subresource, ...options }: PatchQuery = {}) {
      const one = paths.one(namespace, name);
      const path = withQuery(subresource ? `${one}/${subresource}` : one, options);
      return asObject(await request({ method: "PATCH", path, ...patchBody(patch) }));
    },
    async delete(namespace, name, options) {
      const body = encoded(deleteOptions(options));
      await request({ method: "DELETE", path: paths.one(namespace, name), body });
    },
    async deleteCollection(namespace, options = {}) {
      const path = withQuery(paths.all(namespace), selection(options));
      await request({ method: "DELETE", path, body: encoded(deleteOptions(options)) });
    },
    call: (namespace, name, subresource, body) => {
      const path = `${paths.one(namespace, name)}/${subresource}`;
      return request({ method: "POST", path, body: encoded(body) });
    },
  };
}

export const encoded = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));

/** `/apis/apps/v1/namespaces/default/replicasets`, and one object below it. */
function pathsOf({ group, version, resource, namespaced }: NamedResource) {
  const root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  const all = (namespace: string) =>
    namespaced && namespace !== ""
      ? `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}`
      : `${root}/${resource}`;
  const one = (namespace: string, name: string) => `${all(namespace)}/${encodeURIComponent(name)}`;
  return { all, one };
}

function withQuery(path: string, query: { [name: string]: unknown }): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "") continue;
    pairs.push(`${name}=${encodeURIComponent(String(value))}`);
  }
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

const patchBody = ({ type, body }: Patch) => ({
  body: encoded(body),
  contentType: PATCH_TYPES[type],
});

function deleteOptions({ gracePeriodSeconds, propagationPolicy, preconditions }: DeleteQuery = {}) {
  return {
    kind: "DeleteOptions",
    apiVersion: "v1",
    gracePeriodSeconds,
    propagationPolicy,
    preconditions,
  };
}

const selection = ({ labelSelector, fieldSelector, limit }: ListQuery) => ({
  labelSelector,
  fieldSelector,
  limit,
});

/** Items of a list come without their kind; here every object knows what it is. */
function named<T extends KubernetesObject>(
  object: T,
  { apiVersion, kind }: { apiVersion: string; kind: string },
): T {
  object.apiVersion ??= apiVersion;
  object.kind ??= kind;
  return object;
}
