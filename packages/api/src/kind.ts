// What a kind is: everything about it that needs no clock, no store and no network, as one value.
// A CustomResourceDefinition builds the same value at run time.

import type { FieldError } from "./errors/field-error.ts";
import type { ObjectMeta } from "./metadata/object-meta.ts";
import type { Message } from "./schema/schema.ts";

/** An object as it is stored and sent: plain JSON. */
export interface KubernetesObject {
  apiVersion?: string;
  kind?: string;
  metadata: ObjectMeta;
}

/** Enough to address a resource; every `Kind` is one. */
export interface ResourceAddress {
  /** "" for the core group */
  readonly group: string;
  readonly version: string;
  /** Plural, lower case: `pods` */
  readonly resource: string;
  readonly namespaced: boolean;
}

export type Verb =
  "create" | "delete" | "deletecollection" | "get" | "list" | "patch" | "update" | "watch";

/** Compared loosely, as methods are, so that a `Kind<Pod>` stands where any `Kind` is wanted. */
type Reads<T, R> = { read(object: T): R }["read"];

export interface Kind<T extends KubernetesObject = KubernetesObject> extends ResourceAddress {
  /** `Pod` */
  readonly kind: string;
  /** `PodList` */
  readonly listKind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly Verb[];
  readonly schema: Message;
  readonly subresources: readonly Subresource[];
  /** How names must look; the errors are of Kubernetes' wording. */
  readonly nameRule: (name: string) => string[];
  /** Field selectors beside `metadata.name` and `metadata.namespace`: path → value of an object. */
  readonly selectableFields: { readonly [path: string]: Reads<T, string> };
  readonly columns: readonly Column<T>[];
  /** Conditions of a table row: `Completed` for finished pods. */
  rowConditions?(object: T): RowCondition[];
  /** Fills in what the schema's own defaults cannot say. Changes `object` in place; idempotent. */
  setDefaults?(object: T): void;
  /**
   * Before validation and admission of a create: clears what users may not set (status) and sets
   * what follows from the rest. Changes `object` in place.
   */
  prepareForCreate?(object: T): void;
  /** The same for an update of the main resource: keeps `old`'s status, counts `generation`. */
  prepareForUpdate?(object: T, old: T): void;
  /** The same for an update of `status`: keeps everything but the status (and managedFields). */
  prepareForStatusUpdate?(object: T, old: T): void;
  /** Errors of the object as a whole; metadata is checked by the registry. */
  validate(object: T): FieldError[];
  /** What only a new object may not do; `validate` runs as well. */
  validateCreate?(object: T): FieldError[];
  /** Errors of the change alone (immutable fields); `validate` runs as well. */
  validateUpdate?(object: T, old: T): FieldError[];
  validateStatusUpdate?(object: T, old: T): FieldError[];
  /** Warnings for the user, sent as Warning headers. */
  warnings?(object: T, old?: T): string[];
  /** A warning with every answer: `v1 Endpoints is deprecated in v1.33+; use …` */
  readonly deprecated?: string;
  /** Propagation when a delete names none. */
  readonly defaultPropagation: "Background" | "Orphan";
  /**
   * Set when objects are stored as another kind (events.k8s.io/v1 Event is stored as core/v1 Event):
   * both conversions are pure and lossless for what either can hold.
   */
  readonly storedAs?: StoredAs;
}

export interface StoredAs {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly toStored: (object: KubernetesObject) => KubernetesObject;
  readonly fromStored: (object: KubernetesObject) => KubernetesObject;
}

export interface Subresource {
  /** `status`, `scale`, `binding`, `log`, … */
  readonly name: string;
  /** The kind it takes and answers: `{ group: "autoscaling", version: "v1", kind: "Scale" }` */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly verbs: readonly string[];
  /** The body's schema where it is not the parent's. */
  readonly schema?: Message;
  /** The table's columns where they are not the parent's. */
  readonly columns?: readonly Column[];
}

/** A cell knows the time only through `nowMs`, for ages. */
export interface Column<T = KubernetesObject> {
  readonly name: string;
  readonly type: "string" | "integer" | "boolean" | "date";
  readonly format?: "name";
  readonly description: string;
  /** 0 is always shown, 1 with `-o wide` */
  readonly priority: 0 | 1;
  cell(object: T, nowMs: number): string | number | boolean;
}

export interface RowCondition {
  readonly type: string;
  readonly status: "True";
  readonly reason: string;
  readonly message: string;
}

/** `apps/v1`, `v1` */
export function apiVersionOf(address: Pick<ResourceAddress, "group" | "version">): string {
  return address.group === "" ? address.version : `${address.group}/${address.version}`;
}

/** `deployments.apps`, `pods`: how Kubernetes names a resource in messages. */
export function qualifiedResource(address: Pick<ResourceAddress, "group" | "resource">): string {
  return address.group === "" ? address.resource : `${address.resource}.${address.group}`;
}
