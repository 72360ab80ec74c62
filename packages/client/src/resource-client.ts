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
  WatchEvent,
  WatchQuery,
  WriteQuery,
} from "./client.ts";
import type { Call, Transport } from "./transport.ts";
import { watchStream } from "./watch-stream.ts";

export interface Rest {
  transport: Transport;
  request(call: Call): Promise<unknown>;
}

const PATCH_TYPES = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
};

export class HttpResourceClient<T extends KubernetesObject> implements ResourceClient<T> {
  readonly kind: NamedResource;
  readonly #rest: Rest;
  readonly #apiVersion: string;
  /** `/api/v1`, `/apis/apps/v1` */
  readonly #root: string;

  constructor(rest: Rest, kind: NamedResource) {
    const { group, version } = kind;
    this.kind = kind;
    this.#rest = rest;
    this.#apiVersion = apiVersionOf(kind);
    this.#root = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  }

  get(namespace: string, name: string): Promise<T> {
    return this.#ask({ method: "GET", path: this.#one(namespace, name) });
  }

  async list(namespace: string, options: ListQuery = {}): Promise<ObjectList<T>> {
    const path = withQuery(this.#all(namespace), { ...options });
    const list = (await this.#rest.request({ method: "GET", path })) as ObjectList<T>;
    list.items ??= [];
    for (const item of list.items) this.#named(item);
    return list;
  }

  watch(namespace: string, options: WatchQuery, signal: AbortSignal): AsyncIterable<WatchEvent<T>> {
    const path = withQuery(this.#all(namespace), { ...options, watch: true });
    return watchStream<T>(this.#rest.transport, path, signal);
  }

  create(object: T, options?: WriteQuery): Promise<T> {
    const path = this.#all(object.metadata.namespace ?? "");
    return this.#write("POST", withQuery(path, { ...options }), object);
  }

  update(object: T, options?: WriteQuery): Promise<T> {
    return this.#write("PUT", withQuery(this.#at(object), { ...options }), object);
  }

  updateStatus(object: T, options?: WriteQuery): Promise<T> {
    return this.#write("PUT", withQuery(`${this.#at(object)}/status`, { ...options }), object);
  }

  patch(namespace: string, name: string, patch: Patch, query: PatchQuery = {}): Promise<T> {
    const { subresource, ...options } = query;
    const one = this.#one(namespace, name);
    const path = withQuery(subresource ? `${one}/${subresource}` : one, options);
    const contentType = PATCH_TYPES[patch.type];
    return this.#ask({ method: "PATCH", path, body: encoded(patch.body), contentType });
  }

  async delete(namespace: string, name: string, options?: DeleteQuery): Promise<void> {
    const body = encoded(deleteOptions(options));
    await this.#rest.request({ method: "DELETE", path: this.#one(namespace, name), body });
  }

  async deleteCollection(namespace: string, options: DeleteQuery & ListQuery = {}): Promise<void> {
    const { labelSelector, fieldSelector, limit } = options;
    const path = withQuery(this.#all(namespace), { labelSelector, fieldSelector, limit });
    await this.#rest.request({ method: "DELETE", path, body: encoded(deleteOptions(options)) });
  }

  call(namespace: string, name: string, subresource: string, body: unknown): Promise<unknown> {
    const path = `${this.#one(namespace, name)}/${subresource}`;
    return this.#rest.request({ method: "POST", path, body: encoded(body) });
  }

  #write(method: string, path: string, object: T): Promise<T> {
    const { kind } = this.kind;
    return this.#ask({
      method,
      path,
      body: encoded({ apiVersion: this.#apiVersion, kind, ...object }),
    });
  }

  async #ask(call: Call): Promise<T> {
    return this.#named((await this.#rest.request(call)) as T);
  }

  /** Items of a list come without their kind; here every object knows what it is. */
  #named(object: T): T {
    object.apiVersion ??= this.#apiVersion;
    object.kind ??= this.kind.kind;
    return object;
  }

  #all(namespace: string): string {
    const { resource, namespaced } = this.kind;
    return namespaced && namespace !== ""
      ? `${this.#root}/namespaces/${encodeURIComponent(namespace)}/${resource}`
      : `${this.#root}/${resource}`;
  }

  #one(namespace: string, name: string): string {
    return `${this.#all(namespace)}/${encodeURIComponent(name)}`;
  }

  #at({ metadata: { namespace = "", name = "" } }: T): string {
    return this.#one(namespace, name);
  }
}

export const encoded = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));

function withQuery(path: string, query: { [name: string]: unknown }): string {
  const pairs: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === "") continue;
    pairs.push(`${name}=${encodeURIComponent(String(value))}`);
  }
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

function deleteOptions(query: DeleteQuery = {}): object {
  const { gracePeriodSeconds, propagationPolicy, preconditions } = query;
  const options = { gracePeriodSeconds, propagationPolicy, preconditions };
  return { kind: "DeleteOptions", apiVersion: "v1", ...options };
}
