// The part of a range that comes after reading: filters by revision, order, limit.

import type { Entry } from "./entry.ts";
import type { RangeAnswer, RangeQuery, SortField } from "./requests.ts";

/** Whether a range needs all its keys before it can be cut at the limit. */
export function needsWhole(query: RangeQuery): boolean {
  return query.sort !== undefined || hasFilter(query);
}

/** @param entries all of the range, in the order of the keys */
export function refine(entries: Entry[], query: RangeQuery): RangeAnswer {
  const count = entries.length;
  if (query.countOnly) return { entries: [], more: false, count };
  const kept = hasFilter(query) ? entries.filter((entry) => passes(entry, query)) : [...entries];
  if (query.sort) kept.sort(order(query.sort));
  const { limit } = query;
  if (limit === 0 || kept.length <= limit) return { entries: kept, more: false, count };
  return { entries: kept.slice(0, limit), more: true, count };
}

const hasFilter = (query: RangeQuery): boolean =>
  query.minModRevision > 0 ||
  query.maxModRevision > 0 ||
  query.minCreateRevision > 0 ||
  query.maxCreateRevision > 0;

function passes(entry: Entry, query: RangeQuery): boolean {
  const { minModRevision, maxModRevision, minCreateRevision, maxCreateRevision } = query;
  return (
    entry.modRevision >= minModRevision &&
    (maxModRevision === 0 || entry.modRevision <= maxModRevision) &&
    entry.createRevision >= minCreateRevision &&
    (maxCreateRevision === 0 || entry.createRevision <= maxCreateRevision)
  );
}

function order({ by, isDescending }: { by: SortField; isDescending: boolean }) {
  const sign = isDescending ? -1 : 1;
  return (a: Entry, b: Entry) => sign * compare(a, b, by);
}

function compare(a: Entry, b: Entry, by: SortField): number {
  if (by === "value") return a.value.compare(b.value);
  if (a[by] === b[by]) return 0;
  return a[by] < b[by] ? -1 : 1;
}
