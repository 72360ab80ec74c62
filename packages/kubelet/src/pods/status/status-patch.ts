// The difference of two pod statuses as a strategic merge patch: what changed, and nothing else.
// @see kubernetes pkg/util/pod/pod.go PatchPodStatus

import type { PodStatus } from "@kubonsai/api";
import { isDeepStrictEqual } from "node:util";

type Fields = { [name: string]: unknown };

/** Lists that the API merges by a key; all others are replaced whole. */
const MERGE_KEYS: { [name: string]: string } = { conditions: "type", podIPs: "ip", hostIPs: "ip" };

/** @returns undefined when nothing differs; else the body of the patch, bound to the pod's uid */
export function statusPatch(uid: string, old: PodStatus, next: PodStatus): object | undefined {
  const status = difference(old as Fields, next as Fields);
  return Object.keys(status).length === 0 ? undefined : { metadata: { uid }, status };
}

function difference(old: Fields, next: Fields): Fields {
  const patch: Fields = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
    const [before, after] = [old[name], next[name]];
    if (isDeepStrictEqual(before, after)) continue;
    const key = MERGE_KEYS[name];
    if (after === undefined) patch[name] = null;
    else if (key === undefined) patch[name] = after;
    else mergeList(patch, { name, key, before: asList(before), after: asList(after) });
  }
  return patch;
}

interface ListChange {
  name: string;
  key: string;
  before: Fields[];
  after: Fields[];
}

function mergeList(patch: Fields, { name, key, before, after }: ListChange): void {
  const items: Fields[] = [];
  for (const item of after) {
    const old = before.find((one) => one[key] === item[key]);
    if (isDeepStrictEqual(old, item)) continue;
    items.push({ ...(old ? changedFields(old, item) : item), [key]: item[key] });
  }
  for (const item of before) {
    const isGone = !after.some((one) => one[key] === item[key]);
    if (isGone) items.push({ $patch: "delete", [key]: item[key] });
  }
  const order = (list: Fields[]) => list.map((item) => item[key]);
  if (items.length > 0) patch[name] = items;
  if (items.length > 0 || !isDeepStrictEqual(order(before), order(after))) {
    patch[`$setElementOrder/${name}`] = after.map((item) => ({ [key]: item[key] }));
  }
}

function changedFields(old: Fields, next: Fields): Fields {
  const changed: Fields = {};
  for (const name of new Set([...Object.keys(old), ...Object.keys(next)])) {
    if (!isDeepStrictEqual(old[name], next[name])) changed[name] = next[name] ?? null;
  }
  return changed;
}

const asList = (value: unknown) => (value ?? []) as Fields[];
