// metadata.managedFields: who last set which fields, as entries on the wire and as sets at work.
// @see kubernetes apimachinery/pkg/util/managedfields/internal/managedfields.go

import type { ManagedFieldsEntry } from "../metadata/object-meta.ts";
import {
  type FieldSet,
  fromFieldsV1,
  isEmptySet,
  setOfPaths,
  toFieldsV1,
  union,
} from "./field-set.ts";
import { memberStep } from "./path-element.ts";

export interface Owner {
  readonly manager: string;
  readonly operation: "Apply" | "Update";
  readonly apiVersion: string;
  readonly subresource: string;
}

export interface Managed {
  readonly owner: Owner;
  readonly set: FieldSet;
  /** RFC 3339; of the last operation that changed something */
  readonly time: string | undefined;
}

/** By `ownerId`. */
export type Managers = ReadonlyMap<string, Managed>;

/** One manager owns at most one set per operation, subresource and, for updates, version. */
export function ownerId({ manager, operation, apiVersion, subresource }: Owner): string {
  return JSON.stringify({
    ...(manager === "" ? {} : { manager }),
    operation,
    ...(operation === "Apply" ? {} : { apiVersion }),
    ...(subresource === "" ? {} : { subresource }),
  });
}

/** @throws Error when an entry is malformed */
export function readManagers(entries: readonly ManagedFieldsEntry[] | undefined): Managers {
  return new Map((entries ?? []).map(readEntry).map((one) => [ownerId(one.owner), one]));
}

function readEntry(entry: ManagedFieldsEntry, index: number): Managed {
  const { manager = "", operation, apiVersion = "", fieldsType = "", fieldsV1, time } = entry;
  if (operation !== "Apply" && operation !== "Update") {
    throw new Error("operation must be `Apply` or `Update`");
  }
  if (apiVersion === "") throw new Error("apiVersion must not be empty");
  if (fieldsType !== "FieldsV1") {
    throw new Error(
      fieldsType === ""
        ? `missing fieldsType in managed fields entry ${index}`
        : `invalid fieldsType ${JSON.stringify(fieldsType)} in managed fields entry ${index}`,
    );
  }
  const { subresource = "" } = entry;
  const owner: Owner = { manager, operation, apiVersion, subresource };
  return { owner, set: fromFieldsV1(fieldsV1 ?? {}), time };
}

/** Sorted as Kubernetes does; owners of nothing are left out. */
export function writeManagers(managers: Managers): ManagedFieldsEntry[] {
  return [...managers.values()]
    .filter(({ set }) => !isEmptySet(set))
    .sort(compareManaged)
    .map(({ owner, set, time }) => ({
      manager: owner.manager,
      operation: owner.operation,
      apiVersion: owner.apiVersion,
      ...(time === undefined ? {} : { time }),
      fieldsType: "FieldsV1",
      fieldsV1: toFieldsV1(set),
      ...(owner.subresource === "" ? {} : { subresource: owner.subresource }),
    }));
}

const compareManaged = (a: Managed, b: Managed): number =>
  order(a.owner.operation, b.owner.operation) ||
  order(a.time ?? "", b.time ?? "") ||
  order(a.owner.manager, b.owner.manager) ||
  order(a.owner.apiVersion, b.owner.apiVersion) ||
  order(a.owner.subresource, b.owner.subresource);

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Nobody manages these: they say which object it is, or are the server's own. */
export const unmanaged: FieldSet = setOfPaths(
  [
    ["apiVersion"],
    ["kind"],
    ["metadata"],
    ...[
      "name",
      "namespace",
      "creationTimestamp",
      "selfLink",
      "uid",
      "clusterName",
      "generation",
      "managedFields",
      "resourceVersion",
    ].map((name) => ["metadata", name]),
  ].map((path) => path.map(memberStep)),
);

/** More updaters than these are not told apart. */
const MAX_UPDATERS = 10;

/** Merges the oldest updates of each version, so that the list stays bounded. */
export function capUpdaters(managers: Managers): Managers {
  const updaters = [...managers.entries()]
    .filter(([, { owner }]) => owner.operation === "Update")
    .sort(([a, { time: x = "" }], [b, { time: y = "" }]) => order(x, y) || order(a, b));
  const kept = new Map(managers);
  const first = new Map<string, string>();
  let excess = updaters.length - MAX_UPDATERS;
  for (const [id, managed] of updaters) {
    if (excess <= 0) break;
    const { apiVersion } = managed.owner;
    const older = first.get(apiVersion);
    if (older === undefined) first.set(apiVersion, id);
    else {
      mergeInto(kept, ancient(apiVersion), { older, id });
      first.set(apiVersion, ownerId(ancient(apiVersion)));
      excess -= 1;
    }
  }
  return kept;
}

const ancient = (apiVersion: string): Owner => ({
  manager: "ancient-changes",
  operation: "Update",
  apiVersion,
  subresource: "",
});

function mergeInto(
  managers: Map<string, Managed>,
  owner: Owner,
  { older, id }: { older: string; id: string },
): void {
  const [before, managed] = [managers.get(older), managers.get(id)!];
  managers.delete(older);
  managers.delete(id);
  const set = before === undefined ? managed.set : union(before.set, managed.set);
  managers.set(ownerId(owner), { owner, set, time: managed.time });
}
