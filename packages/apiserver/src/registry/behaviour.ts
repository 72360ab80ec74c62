// What a kind does beyond its value: whatever needs a clock, the store, or other objects.
// One file a kind in behaviours/, one line in behaviours/index.ts.

import type { FieldError, Kind, KubernetesObject, ResourceAddress } from "@kubonsai/api";
import type { Clock, Random } from "@kubonsai/clock";
import type { Lookup } from "./lookup.ts";
import type { RegistryOptions } from "./options.ts";
import type {
  DeleteOptions,
  ObjectKey,
  Resource,
  Stored,
  SubresourceHandler,
  WriteOptions,
} from "./registry.ts";
import type { Rewrite } from "./rewrite.ts";

export interface Behaviour {
  /** A PUT of a missing object creates it. */
  readonly createsOnUpdate?: boolean;
  /** An update must name the resourceVersion that it was made from. */
  readonly needsResourceVersion?: boolean;
  /** The garbage collector has no say: deletes never add finalizers. */
  readonly ignoresPropagation?: boolean;
  /** The seconds that a delete waits for; a kind without this is deleted at once. */
  readonly gracePeriodSeconds?: (object: KubernetesObject, requested: number | undefined) => number;
  /** Beside having no finalizers: whether an update of a dying object removes it. */
  readonly isFinished?: (object: KubernetesObject) => boolean;
  /**
   * By subresource, what its writers cannot change and so never manage, as paths of names, where that
   * differs from the usual: `status` for the object, `spec` and labels for its status.
   */
  readonly untracked?: { readonly [subresource: string]: readonly (readonly string[])[] };
  /** Reserves what a new object needs, before it is validated. Changes `object` in place. */
  readonly beginCreate?: (object: KubernetesObject, options: WriteOptions) => Promise<Reservation>;
  readonly beginUpdate?: (change: Change, dryRun: boolean) => Promise<Reservation>;
  /** The object is gone from the store. */
  readonly afterDelete?: (object: KubernetesObject, options: WriteOptions) => Promise<void>;
  /** Replaces the usual delete; `usual` is that. */
  readonly delete?: (
    key: ObjectKey,
    options: DeleteOptions,
    usual: () => Promise<Deleted>,
  ) => Promise<Deleted>;
  /** Updates by which only a part may change: `ephemeralcontainers`, `resize`, `finalize`. */
  readonly parts?: { readonly [subresource: string]: Part };
  /** Subresources that are calls. */
  readonly calls?: { readonly [subresource: string]: SubresourceHandler };
}

export interface Change {
  /** To be altered in place. */
  readonly object: KubernetesObject;
  readonly old: KubernetesObject;
}

export interface Deleted {
  stored: Stored;
  gone: boolean;
}

/** What was set aside for an object that is about to be written. The first call settles it. */
export interface Reservation {
  /** The object was written, as of this resourceVersion. */
  keep(resourceVersion: string): void;
  giveBack(): void;
}

export interface Part {
  /** Keeps everything of `old` but the part. Changes `object` in place. */
  readonly prepare: (object: KubernetesObject, old: KubernetesObject) => void;
  readonly validate: (object: KubernetesObject, old: KubernetesObject) => FieldError[];
}

/** What behaviours are made from. */
export interface BehaviourContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly options: RegistryOptions;
  readonly lookup: Lookup;
  /** The rooms of the kind itself, for calls that end in an update or a delete. */
  readonly resource: Resource;
  readonly kind: Kind;
  /** One write past admission and validation, for calls that are no updates. */
  readonly rewrite: (request: Rewrite) => Promise<Stored>;
  /** The rooms of another kind. */
  readonly other: (
    address: Pick<ResourceAddress, "group" | "version" | "resource">,
  ) => Resource | undefined;
}
