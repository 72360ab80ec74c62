// A typed client of one API server: what scheduler, controllers and kubelets speak through.

import type { Kind, KubernetesObject, ResourceAddress } from "@kubonsai/api";

export interface Client {
  /**
   * Calls on one kind. Errors of the server are thrown as StatusError; a server that cannot be
   * reached, or that breaks off, as UnavailableError.
   */
  resource<T extends KubernetesObject>(kind: Kind<T>): ResourceClient<T>;
  resource<T extends KubernetesObject>(kind: NamedResource): ResourceClient<T>;
  /** Any other request: `raw("GET", "/version")`. */
  raw(method: string, path: string, body?: unknown): Promise<unknown>;
  close(): void;
}

/** A resource and the kind of its objects: all that is needed to speak about it. Every Kind is one. */
export interface NamedResource extends ResourceAddress {
  readonly kind: string;
}

export interface ResourceClient<T> {
  readonly kind: NamedResource;
  /** `namespace` is ignored for cluster-scoped kinds. */
  get(namespace: string, name: string): Promise<T>;
  /** `namespace` "" is all namespaces. */
  list(namespace: string, options?: ListQuery): Promise<ObjectList<T>>;
  watch(namespace: string, options: WatchQuery, signal: AbortSignal): AsyncIterable<WatchEvent<T>>;
  create(object: T, options?: WriteQuery): Promise<T>;
  update(object: T, options?: WriteQuery): Promise<T>;
  updateStatus(object: T, options?: WriteQuery): Promise<T>;
  patch(namespace: string, name: string, patch: Patch, options?: PatchQuery): Promise<T>;
  delete(namespace: string, name: string, options?: DeleteQuery): Promise<void>;
  /** Deletes all that `options` select. */
  deleteCollection(namespace: string, options?: DeleteQuery & ListQuery): Promise<void>;
  /** POST to a subresource: `call(ns, name, "binding", body)`. */
  call(namespace: string, name: string, subresource: string, body: unknown): Promise<unknown>;
}

export interface ObjectList<T> {
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
  items: T[];
}

export interface ListQuery {
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
}

export interface WatchQuery extends ListQuery {
  allowWatchBookmarks?: boolean;
  timeoutSeconds?: number;
}

export type WatchEvent<T> =
  | { type: "ADDED" | "MODIFIED" | "DELETED"; object: T }
  | { type: "BOOKMARK"; object: { metadata: { resourceVersion: string } } }
  | { type: "ERROR"; object: { code: number; reason: string; message: string } };

export interface WriteQuery {
  dryRun?: "All";
  fieldManager?: string;
}

export interface PatchQuery extends WriteQuery {
  /** `status`, `scale`, … */
  subresource?: string;
}

export interface Patch {
  type: "json" | "merge" | "strategic";
  body: unknown;
}

export interface DeleteQuery {
  gracePeriodSeconds?: number;
  propagationPolicy?: "Orphan" | "Background" | "Foreground";
  preconditions?: { uid?: string; resourceVersion?: string };
}
