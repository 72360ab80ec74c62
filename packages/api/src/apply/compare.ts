// What changed between two objects, field by field.
// @see sigs.k8s.io/structured-merge-diff typed/compare.go

import { equalValues, isMembers, type Members, ownMember } from "../schema/json-value.ts";
import type { Message } from "../schema/schema.ts";
import { type FieldSet, FieldSetBuilder, isEmptySet, recursiveDifference } from "./field-set.ts";
import { memberStep } from "./path-element.ts";
import {
  elementStep,
  type ListShape,
  memberShape,
  type Shape,
  shapeFor,
  shapeOf,
} from "./shape.ts";

/** No field is in more than one of them. */
export interface Comparison {
  readonly removed: FieldSet;
  readonly modified: FieldSet;
  readonly added: FieldSet;
}

/** undefined stands for absence; null is a value. */
export function compare(message: Message, pair: { old: unknown; new: unknown }): Comparison {
  const walk: Walk = {
    removed: new FieldSetBuilder(),
    modified: new FieldSetBuilder(),
    added: new FieldSetBuilder(),
    path: [],
  };
  visit(shapeOf(message), { left: pair.old, right: pair.new }, walk);
  return walk;
}

export const isSame = ({ removed, modified, added }: Comparison): boolean =>
  isEmptySet(removed) && isEmptySet(modified) && isEmptySet(added);

/** Leaves out fields and all below them. */
export const without = (comparison: Comparison, ignored: FieldSet): Comparison => ({
  removed: recursiveDifference(comparison.removed, ignored),
  modified: recursiveDifference(comparison.modified, ignored),
  added: recursiveDifference(comparison.added, ignored),
});

interface Walk {
  readonly removed: FieldSetBuilder;
  readonly modified: FieldSetBuilder;
  readonly added: FieldSetBuilder;
  readonly path: string[];
}

interface Pair {
  readonly left: unknown;
  readonly right: unknown;
}

function visit(declared: Shape, pair: Pair, walk: Walk): void {
  const { left, right } = pair;
  if (left === right) return;
  const shape = shapeFor(declared, right ?? left);
  const isLeaf = shape.type === "leaf" || (isHollow(left) && isHollow(right));
  if (isLeaf) return compareLeaf(pair, walk);
  if (shape.type === "list") visitList(shape, pair, walk);
  else visitMembers(shape, pair, walk);
  if (left === undefined) walk.added.add(walk.path);
  else if (right === undefined) walk.removed.add(walk.path);
}

/** Absent, null and empty are told apart, as leaves. */
function isHollow(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return !isMembers(value) || Object.keys(value).length === 0;
}

function compareLeaf({ left, right }: Pair, walk: Walk): void {
  if (left === undefined) walk.added.add(walk.path);
  else if (right === undefined) walk.removed.add(walk.path);
  else if (!equalValues(left, right)) walk.modified.add(walk.path);
}

function visitMembers(shape: Shape, { left, right }: Pair, walk: Walk): void {
  const [before, after] = [membersOf(left), membersOf(right)];
  for (const name of Object.keys(before)) {
    visitMember(shape, name, { left: before[name], right: ownMember(after, name) }, walk);
  }
  for (const name of Object.keys(after)) {
    if (Object.hasOwn(before, name)) continue;
    visitMember(shape, name, { left: undefined, right: after[name] }, walk);
  }
}

const none: Members = {};
const membersOf = (value: unknown): Members => (isMembers(value) ? value : none);

function visitMember(shape: Shape, name: string, pair: Pair, walk: Walk): void {
  const below = memberShape(shape, name);
  if (below === undefined) return;
  walk.path.push(memberStep(name));
  visit(below, pair, walk);
  walk.path.pop();
}

function visitList(shape: ListShape, { left, right }: Pair, walk: Walk): void {
  const [before, after] = [byStep(shape, left), byStep(shape, right)];
  for (const step of new Set([...before.keys(), ...after.keys()])) {
    walk.path.push(step);
    visitElements(shape, before.get(step) ?? [], after.get(step) ?? [], walk);
    walk.path.pop();
  }
}

function byStep(shape: ListShape, list: unknown): Map<string, unknown[]> {
  const found = new Map<string, unknown[]>();
  if (!Array.isArray(list)) return found;
  for (const element of list) {
    const step = elementStep(shape, element);
    const same = found.get(step);
    if (same === undefined) found.set(step, [element]);
    else same.push(element);
  }
  return found;
}

/** Elements that share a key are compared as a whole. */
function visitElements(shape: ListShape, before: unknown[], after: unknown[], walk: Walk): void {
  const [wasMany, areMany] = [before.length > 1, after.length > 1];
  if (!wasMany && !areMany) {
    visit(shape.items, { left: before[0], right: after[0] }, walk);
  } else if (wasMany && areMany) {
    if (!equalValues(before, after)) walk.modified.add(walk.path);
  } else if (wasMany) {
    if (after.length > 0) visit(shape.items, { left: undefined, right: after[0] }, walk);
    walk.removed.add(walk.path);
  } else {
    if (before.length > 0) visit(shape.items, { left: before[0], right: undefined }, walk);
    walk.added.add(walk.path);
  }
}
