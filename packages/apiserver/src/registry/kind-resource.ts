// The rooms of one kind, behind the door that the verbs know.

import type { Kind, KubernetesObject } from "@kubonsai/api";
import { checkListOptions, checkWatchOptions } from "../storage/list-options.ts";
import { list, parseResourceVersion } from "../storage/list.ts";
import { selectionOf } from "../storage/selection.ts";
import { watch } from "../storage/watch.ts";
import { create } from "./create.ts";
import { deleteCollection, deleteObject } from "./delete.ts";
import type {
  DeleteOptions,
  ListOptions,
  ObjectKey,
  ReadOptions,
  Resource,
  Stored,
  StoredList,
  SubresourceHandler,
  UpdateOptions,
  WatchOptions,
  WatchSink,
  WriteOptions,
} from "./registry.ts";
import { existing, type KindRooms } from "./rooms.ts";
import { update } from "./update.ts";

export class KindResource implements Resource {
  readonly #rooms: KindRooms;

  constructor(rooms: KindRooms) {
    this.#rooms = rooms;
  }

  get kind(): Kind {
    return this.#rooms.kind;
  }

  async get(key: ObjectKey, { resourceVersion }: ReadOptions): Promise<Stored> {
    const { all, view } = this.#rooms;
    if (resourceVersion) await all.reached(parseResourceVersion(resourceVersion));
    return view(await existing(this.#rooms, key));
  }

  async list(namespace: string, options: ListOptions): Promise<StoredList> {
    checkListOptions(options);
    return list({ ...this.#reading(namespace, options), options });
  }

  async watch(
    namespace: string,
    options: WatchOptions,
    sink: WatchSink,
    signal: AbortSignal,
  ): Promise<void> {
    checkWatchOptions(options);
    await watch({ ...this.#reading(namespace, options), options, sink }, signal);
  }

  create(namespace: string, object: KubernetesObject, options: WriteOptions): Promise<Stored> {
    return create(this.#rooms, { namespace, object }, options);
  }

  update(
    key: ObjectKey,
    change: (current: KubernetesObject | undefined) => KubernetesObject | Promise<KubernetesObject>,
    options: UpdateOptions,
  ): Promise<{ stored: Stored; created: boolean; unchanged: boolean }> {
    return update(this.#rooms, { key, change, options });
  }

  delete(key: ObjectKey, options: DeleteOptions): Promise<{ stored: Stored; gone: boolean }> {
    return deleteObject(this.#rooms, key, options);
  }

  async deleteCollection(
    namespace: string,
    selected: ListOptions,
    options: DeleteOptions,
  ): Promise<StoredList> {
    return deleteCollection(this.#rooms, await this.list(namespace, selected), options);
  }

  subresource(name: string): SubresourceHandler | undefined {
    const { calls = {} } = this.#rooms.behaviour;
    return Object.hasOwn(calls, name) ? calls[name] : undefined;
  }

  #reading(namespace: string, options: ListOptions) {
    const { all, storage, view, kind } = this.#rooms;
    return { all, storage, view, selection: selectionOf(kind, namespace, options) };
  }
}
