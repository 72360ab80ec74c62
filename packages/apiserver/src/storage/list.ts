// Lists: from the cache when it holds the wanted moment, else from the store's history.

import { badRequest, expired } from "@kubonsai/api";
import { StoreError } from "@kubonsai/store";
import type { ListOptions, Stored, StoredList } from "../registry/registry.ts";
import { continueExpired, decodeContinue, encodeContinue, NEWEST } from "./continue-token.ts";
import type { ObjectStorage } from "./object-storage.ts";
import type { Selection } from "./selection.ts";
import type { Entry } from "./sorted-objects.ts";
import { StoredObject } from "./stored-object.ts";
import type { WatchCache } from "./watch-cache.ts";
import type { View } from "./watcher.ts";

export interface ListRequest {
  readonly all: WatchCache;
  readonly storage: ObjectStorage;
  readonly selection: Selection;
  readonly view: View;
  readonly options: ListOptions;
}

/** What a list shows: the objects from `start` on as of `revision`. */
interface Moment {
  readonly start: string;
  readonly revision: number;
}

/** @throws StatusError Expired, Timeout, BadRequest */
export async function list(request: ListRequest): Promise<StoredList> {
  const moment = await momentOf(request);
  const { storage, all } = request;
  const isNow = moment.revision <= all.revision && storage.cache.changedAt <= moment.revision;
  return isNow ? fromCache(request, moment) : fromHistory(request, moment);
}

async function momentOf({ all, options, selection }: ListRequest): Promise<Moment> {
  const { resourceVersion = "", limit = 0 } = options;
  if (options.continue) return continued(all, options);
  const { start } = selection;
  if (resourceVersion === "") {
    await all.current();
    return { start, revision: all.revision };
  }
  const revision = parseResourceVersion(resourceVersion);
  // a limit without a match once meant "exactly this version", and still does
  const isExact = options.resourceVersionMatch
    ? options.resourceVersionMatch === "Exact"
    : limit > 0 && revision > 0;
  await all.reached(revision);
  return { start, revision: isExact ? revision : all.revision };
}

async function continued(all: WatchCache, options: ListOptions): Promise<Moment> {
  if (options.resourceVersion && options.resourceVersion !== "0") {
    throw badRequest("specifying resource version is not allowed when using continue");
  }
  const { start, revision } = decodeContinue(options.continue!);
  if (revision !== NEWEST) return { start, revision };
  await all.current();
  return { start, revision: all.revision };
}

function fromCache({ storage, selection, view, options }: ListRequest, moment: Moment): StoredList {
  const entries = storage.cache.entries(selection, moment.start);
  const page = new Page(options.limit, selection.isWholePath);
  for (const [at, entry] of entries.entries()) {
    const shown = view(entry.stored);
    if (!selection.isWholePath && !selection.matches(shown.object)) continue;
    page.add(entry, shown);
    if (page.isFull) return page.close(moment.revision, entries.length - at - 1);
  }
  return page.close(moment.revision, 0);
}

async function fromHistory(request: ListRequest, moment: Moment): Promise<StoredList> {
  const { storage, selection, view, options } = request;
  const page = new Page(options.limit, selection.isWholePath);
  let start = moment.start > selection.start ? moment.start : selection.start;
  for (;;) {
    const limit = options.limit || undefined;
    const range = { start, end: selection.end, revision: moment.revision, limit };
    const { kvs, count, more } = await snapshotOrExpired(request, range);
    for (const [at, kv] of kvs.entries()) {
      const stored = new StoredObject(kv.value, kv.modRevision);
      const path = kv.key.slice(storage.cache.prefix.length);
      const shown = view(stored);
      if (!selection.isWholePath && !selection.matches(shown.object)) continue;
      page.add({ path, stored }, shown);
      if (page.isFull) return page.close(moment.revision, count - at - 1);
    }
    if (!more) return page.close(moment.revision, 0);
    start = `${kvs.at(-1)!.key.slice(storage.cache.prefix.length)}\0`;
  }
}

async function snapshotOrExpired(
  { storage, options }: ListRequest,
  range: Parameters<ObjectStorage["snapshot"]>[0],
) {
  try {
    return await storage.snapshot(range);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (options.continue) throw continueExpired(range.start);
    throw expired("The resourceVersion for the provided list is too old.");
  }
}

/** The items of one answer, up to its limit. */
class Page {
  readonly #limit: number;
  readonly #countsRest: boolean;
  readonly #items: Stored[] = [];
  #last = "";

  constructor(limit: number | undefined, countsRest: boolean) {
    this.#limit = limit || Infinity;
    this.#countsRest = countsRest;
  }

  get isFull(): boolean {
    return this.#items.length >= this.#limit;
  }

  add(entry: Entry, shown: Stored): void {
    this.#items.push(shown);
    this.#last = entry.path;
  }

  /** @param rest how many stored objects follow; with a selector only some of them may match */
  close(revision: number, rest: number): StoredList {
    const list: StoredList = { items: this.#items, resourceVersion: String(revision) };
    if (rest === 0) return list;
    list.continue = encodeContinue({ revision, start: `${this.#last}\0` });
    if (this.#countsRest) list.remainingItemCount = rest;
    return list;
  }
}

/** @throws StatusError BadRequest for anything but a decimal number */
export function parseResourceVersion(text: string): number {
  if (text === "") return 0;
  const revision = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(revision)) return revision;
  throw badRequest(`resourceVersion: Invalid value: ${JSON.stringify(text)}: strconv.ParseUint: \
parsing ${JSON.stringify(text)}: invalid syntax`);
}
