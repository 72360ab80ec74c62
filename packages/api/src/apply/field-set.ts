// A set of paths into an object, as a tree. Being in the set and having something below in the set are
// told apart: {f:a: {".": {}, "f:b": {}}} holds both `.a` and `.a.b`; {f:a: {"f:b": {}}} only `.a.b`.
// @see sigs.k8s.io/structured-merge-diff fieldpath/set.go

import { isMembers, ownMember, setMember } from "../schema/json-value.ts";
import { compareSteps, parseStep } from "./path-element.ts";

export interface FieldSet {
  /** Steps whose path is in the set. */
  readonly members: ReadonlySet<string>;
  /** Steps with something below them in the set; never with an empty set. */
  readonly children: ReadonlyMap<string, FieldSet>;
}

export type FieldPath = readonly string[];

export const emptySet: FieldSet = { members: new Set(), children: new Map() };

export const isEmptySet = ({ members, children }: FieldSet): boolean =>
  members.size === 0 && children.size === 0;

/** Collects paths; steps are pushed and popped by the walker. */
export class FieldSetBuilder {
  readonly members = new Set<string>();
  readonly children = new Map<string, FieldSetBuilder>();

  /** The whole object (the empty path) is never tracked. */
  add(path: FieldPath): void {
    if (path.length === 0) return;
    let set: FieldSetBuilder = this;
    for (const step of path.slice(0, -1)) set = set.#below(step);
    set.members.add(path[path.length - 1]!);
  }

  #below(step: string): FieldSetBuilder {
    let below = this.children.get(step);
    if (below === undefined) this.children.set(step, (below = new FieldSetBuilder()));
    return below;
  }
}

export function setOfPaths(paths: Iterable<FieldPath>): FieldSet {
  const set = new FieldSetBuilder();
  for (const path of paths) set.add(path);
  return set;
}

export function hasPath(set: FieldSet, path: FieldPath): boolean {
  let below: FieldSet | undefined = set;
  for (const step of path.slice(0, -1)) below = below?.children.get(step);
  return path.length > 0 && below?.members.has(path[path.length - 1]!) === true;
}

/** Every path, members before what lies below them. */
export function* pathsOf(set: FieldSet, prefix: FieldPath = []): Generator<FieldPath> {
  for (const step of [...set.members].sort(compareSteps)) yield [...prefix, step];
  for (const step of [...set.children.keys()].sort(compareSteps)) {
    yield* pathsOf(set.children.get(step)!, [...prefix, step]);
  }
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a)) return b;
  if (isEmptySet(b)) return a;
  const children = new Map(a.children);
  for (const [step, below] of b.children) {
    const other = children.get(step);
    children.set(step, other === undefined ? below : union(other, below));
  }
  return { members: new Set([...a.members, ...b.members]), children };
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  const members = [...a.members].filter((step) => b.members.has(step));
  return withChildren(new Set(members), a, (step, below) => {
    const other = b.children.get(step);
    return other === undefined ? emptySet : intersection(below, other);
  });
}

/** What is in `a` but not in `b`; having `.a` in `b` does not take `.a.b` away. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(b)) return a;
  const members = [...a.members].filter((step) => !b.members.has(step));
  return withChildren(new Set(members), a, (step, below) => {
    const other = b.children.get(step);
    return other === undefined ? below : difference(below, other);
  });
}

/** As `difference`, but a path in `b` takes away everything below it too. */
export function recursiveDifference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(b)) return a;
  const members = [...a.members].filter((step) => !b.members.has(step));
  return withChildren(new Set(members), a, (step, below) => {
    if (b.members.has(step)) return emptySet;
    const other = b.children.get(step);
    return other === undefined ? below : recursiveDifference(below, other);
  });
}

function withChildren(
  members: ReadonlySet<string>,
  { children }: FieldSet,
  change: (step: string, below: FieldSet) => FieldSet,
): FieldSet {
  const kept = new Map<string, FieldSet>();
  for (const [step, below] of children) {
    const changed = change(step, below);
    if (!isEmptySet(changed)) kept.set(step, changed);
  }
  return { members, children: kept };
}

// ---- fieldsV1

export type FieldsV1 = { [step: string]: unknown };

export function toFieldsV1(set: FieldSet, isMember = false): FieldsV1 {
  const fields: FieldsV1 = {};
  if (isMember) fields["."] = {};
  const steps = new Set([...set.members, ...set.children.keys()]);
  for (const step of [...steps].sort(compareSteps)) {
    const below = set.children.get(step);
    const value = below === undefined ? {} : toFieldsV1(below, set.members.has(step));
    setMember(fields, step, value);
  }
  return fields;
}

/** Deeper sets are no one's work. */
const MAX_DEPTH = 500;

/** @throws Error when a step is malformed */
export function fromFieldsV1(fields: unknown, depth = 0): FieldSet {
  if (!isMembers(fields)) throw new Error("fieldsV1 is not an object");
  if (depth > MAX_DEPTH) throw new Error("exceeded max depth");
  const members = new Set<string>();
  const children = new Map<string, FieldSet>();
  for (const text of Object.keys(fields)) {
    const step = text === "." ? undefined : parseStep(text);
    if (step === undefined) continue;
    const value = ownMember(fields, text);
    const below = fromFieldsV1(value, depth + 1);
    const isLeaf = isEmptySet(below);
    if (isLeaf || Object.hasOwn(value as object, ".")) members.add(step);
    if (!isLeaf) children.set(step, below);
  }
  return { members, children };
}
