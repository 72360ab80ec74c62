// Who owns what after an object changed: everybody loses what changed, or the change is refused.
// @see sigs.k8s.io/structured-merge-diff merge/update.go

import type { Comparison } from "./compare.ts";
import { difference, type FieldSet, intersection, isEmptySet, union } from "./field-set.ts";
import type { Managed, Managers } from "./managed-fields.ts";

export interface Conflict {
  readonly managed: Managed;
  /** What that manager owns and the change would set. */
  readonly fields: FieldSet;
}

/** The owners, other than `self`, of what `comparison` sets. */
export function conflictsWith(
  managers: Managers,
  comparison: Comparison,
  self?: string,
): Conflict[] {
  const changed = union(comparison.modified, comparison.added);
  return [...managers.keys()]
    .filter((id) => id !== self)
    .sort()
    .map((id) => managers.get(id)!)
    .map((managed) => ({ managed, fields: intersection(managed.set, changed) }))
    .filter(({ fields }) => !isEmptySet(fields));
}

/** All but `self` lose what was changed or removed. */
export function takeChanged(managers: Managers, comparison: Comparison, self?: string): Managers {
  const changed = union(comparison.modified, comparison.added);
  const left = new Map<string, Managed>();
  for (const [id, managed] of managers) {
    const set =
      id === self ? managed.set : difference(difference(managed.set, changed), comparison.removed);
    if (!isEmptySet(set)) left.set(id, set === managed.set ? managed : { ...managed, set });
  }
  return left;
}
