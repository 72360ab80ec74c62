// The registry as the verbs see it: objects by resource, with Kubernetes' rules of life applied.
// Errors are StatusErrors.

import type { Kind, KubernetesObject, ResourceAddress } from "@kubonsai/api";
import type { UserInfo } from "../authentication/user-info.ts";

export interface Registry {
  /** Every kind served now; custom resources come and go. */
  kinds(): readonly Kind[];
  resource(address: Pick<ResourceAddress, "group" | "version" | "resource">): Resource | undefined;
  /** Storage answers and the caches have caught up: what /readyz asks. */
  ready(): Promise<boolean>;
  /** Objects per resource, for `kubonsai status` and metrics. */
  counts(): { [resource: string]: number };
  close(): Promise<void>;
}

/** The rooms of one kind. `namespace` is "" for cluster-scoped kinds and for "all namespaces". */
export interface Resource {
  readonly kind: Kind;
  get(key: ObjectKey, options: ReadOptions): Promise<Stored>;
  list(namespace: string, options: ListOptions): Promise<StoredList>;
  /** Resolves when the watch is registered; ends by `sink.end` or when `signal` aborts. */
  watch(
    namespace: string,
    options: WatchOptions,
    sink: WatchSink,
    signal: AbortSignal,
  ): Promise<void>;
  create(namespace: string, object: KubernetesObject, options: WriteOptions): Promise<Stored>;
  /**
   * Reads, changes and writes with optimistic locking. `change` gets the current object (a copy that
   * it may alter; undefined when there is none and `allowCreate` is set) and returns the wanted one;
   * it runs again after a lost race unless the wanted object names a resourceVersion.
   * `subresource` selects whose part is kept: `status` keeps the spec, "" keeps the status.
   */
  update(
    key: ObjectKey,
    change: (current: KubernetesObject | undefined) => KubernetesObject | Promise<KubernetesObject>,
    options: UpdateOptions,
  ): Promise<{ stored: Stored; created: boolean; unchanged: boolean }>;
  /** `gone`: removed now; otherwise it lives on with a deletionTimestamp. */
  delete(key: ObjectKey, options: DeleteOptions): Promise<{ stored: Stored; gone: boolean }>;
  deleteCollection(
    namespace: string,
    list: ListOptions,
    options: DeleteOptions,
  ): Promise<StoredList>;
  /** Subresources that are calls rather than parts: `binding`, `token`, `eviction`, `scale`. */
  subresource(name: string): SubresourceHandler | undefined;
}

export interface SubresourceHandler {
  get?(key: ObjectKey, options: ReadOptions): Promise<KubernetesObject>;
  create?(key: ObjectKey, body: KubernetesObject, options: WriteOptions): Promise<KubernetesObject>;
  update?(
    key: ObjectKey,
    change: (current: KubernetesObject) => KubernetesObject | Promise<KubernetesObject>,
    options: WriteOptions,
  ): Promise<KubernetesObject>;
}

export interface ObjectKey {
  namespace: string;
  name: string;
}

/** An object as stored. Both forms are shared: never alter them. */
export interface Stored {
  readonly object: KubernetesObject;
  /** Its JSON, with apiVersion, kind and resourceVersion. */
  readonly bytes: Buffer;
  readonly resourceVersion: string;
}

export interface StoredList {
  items: Stored[];
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

export interface ReadOptions {
  /** "" newest, "0" any, else at least this. */
  resourceVersion?: string;
}

export interface ListOptions extends ReadOptions {
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersionMatch?: string;
}

export interface WatchOptions extends ListOptions {
  allowBookmarks: boolean;
  sendInitialEvents?: boolean;
}

export interface WatchSink {
  /** `object` is undefined for bookmarks, which carry `resourceVersion` alone. */
  event(
    type: "ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK",
    stored: Stored | undefined,
    resourceVersion: string,
    /** With BOOKMARK: closes the initial list of a `sendInitialEvents` watch. */
    initialEventsEnd?: boolean,
  ): void;
  /** The watch is over; `error` is sent as an ERROR event (410 Expired, slow reader). */
  end(error?: Error): void;
}

export interface WriteOptions {
  user: UserInfo;
  /** Given, or derived from the User-Agent: the part before the first `/`. */
  fieldManager: string;
  dryRun: boolean;
  /** Adds a Warning header to the answer. */
  warn: (text: string) => void;
}

export interface UpdateOptions extends WriteOptions {
  /** "" or `status`, `ephemeralcontainers`, `resize`, `scale` … */
  subresource: string;
  /** Server-side apply and `kubectl replace --force` of a missing object create it. */
  allowCreate: boolean;
  /** True when `change` already set managedFields (server-side apply). */
  managesFields?: boolean;
  /** What the body of a PUT demands of the object as it is: 409 when it is another. */
  preconditions?: { uid?: string; resourceVersion?: string };
}

export interface DeleteOptions extends WriteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: "Orphan" | "Background" | "Foreground";
  preconditions?: { uid?: string; resourceVersion?: string };
}
