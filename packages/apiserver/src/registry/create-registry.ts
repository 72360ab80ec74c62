// Builds the registry: the store's cache, and on it the rooms of every kind.

import type { Kind, ResourceAddress } from "@kubonsai/api";
import { Admission } from "../admission/admission.ts";
import { admissionPlugins } from "../admission/index.ts";
import { resourcePrefix, storageAddress } from "../storage/keys.ts";
import { ObjectStorage } from "../storage/object-storage.ts";
import type { Index } from "../storage/resource-cache.ts";
import { WatchCache } from "../storage/watch-cache.ts";
import type { Behaviour, BehaviourContext } from "./behaviour.ts";
import { behaviours } from "./behaviours/index.ts";
import { expireEvents } from "./event-expiry.ts";
import { KindResource } from "./kind-resource.ts";
import { Lookup } from "./lookup.ts";
import type { RegistryOptions } from "./options.ts";
import type { Registry, Resource } from "./registry.ts";
import { rewrite } from "./rewrite.ts";
import type { KindRooms } from "./rooms.ts";
import { viewOf } from "./view.ts";

/** Resolves when the store was read and every kind can be served. */
export async function createRegistry(options: RegistryOptions): Promise<Registry> {
  const registry = new KindRegistry(options);
  await registry.start();
  return registry;
}

class KindRegistry implements Registry {
  readonly #options: RegistryOptions;
  readonly #all: WatchCache;
  readonly #lookup: Lookup;
  readonly #admission: Admission;
  readonly #resources = new Map<string, Resource>();
  readonly #endings: (() => void)[] = [];

  constructor(options: RegistryOptions) {
    const { kinds, clock, random } = options;
    this.#options = options;
    this.#all = new WatchCache(options);
    this.#lookup = new Lookup(this.#all, clock, kinds);
    this.#admission = new Admission(admissionPlugins({ lookup: this.#lookup, random }));
    for (const kind of kinds) this.#resources.set(nameOf(kind), this.#open(kind));
  }

  async start(): Promise<void> {
    await this.#all.start();
  }

  kinds(): readonly Kind[] {
    return this.#options.kinds;
  }

  resource(address: Pick<ResourceAddress, "group" | "version" | "resource">): Resource | undefined {
    return this.#resources.get(nameOf(address));
  }

  async ready(): Promise<boolean> {
    try {
      await this.#options.store.status();
      await this.#all.current();
      return true;
    } catch (error) {
      this.#options.log.warn({ error: String(error) }, "the registry is not ready");
      return false;
    }
  }

  counts(): { [resource: string]: number } {
    const counts: { [resource: string]: number } = {};
    for (const kind of this.#options.kinds) {
      if (kind.storedAs) continue;
      const name = kind.group === "" ? kind.resource : `${kind.resource}.${kind.group}`;
      counts[name] = this.#all.resource(resourcePrefix(kind)).size;
    }
    return counts;
  }

  async close(): Promise<void> {
    for (const end of this.#endings) end();
    this.#all.close();
  }

  #open(kind: Kind): Resource {
    const { clock, random, store, log } = this.#options;
    const cache = this.#all.resource(resourcePrefix(storageAddress(kind)), indexOf(kind));
    const storage = new ObjectStorage(store, this.#all, cache);
    if (kind.group === "" && kind.resource === "events") {
      this.#endings.push(expireEvents({ kind, storage, clock, log }));
    }
    const shared = { kind, storage, all: this.#all, view: viewOf(kind) };
    const rooms: KindRooms = {
      ...shared,
      admission: this.#admission,
      clock,
      random,
      get behaviour() {
        return behaviour;
      },
    };
    const resource = new KindResource(rooms);
    const behaviour = this.#behaviourOf(rooms, resource);
    return resource;
  }

  #behaviourOf(rooms: KindRooms, resource: Resource): Behaviour {
    const { clock, random } = this.#options;
    const { kind } = rooms;
    const context: BehaviourContext = {
      clock,
      random,
      options: this.#options,
      lookup: this.#lookup,
      resource,
      kind,
      rewrite: (request) => rewrite(rooms, request),
      other: (address) => this.resource(address),
    };
    return behaviours.get(`${kind.group}/${kind.resource}`)?.(context) ?? {};
  }
}

/** Pods are looked for by node, by every kubelet; one look at all of them each would be dear. */
function indexOf({ group, resource, selectableFields }: Kind): Index | undefined {
  if (group !== "" || resource !== "pods") return undefined;
  const field = "spec.nodeName";
  const valueOf = selectableFields[field];
  return valueOf && { field, valueOf };
}

function nameOf({
  group,
  version,
  resource,
}: Pick<ResourceAddress, "group" | "version" | "resource">) {
  return `${group}/${version}/${resource}`;
}
