// The set of fields that an object sets.
// @see sigs.k8s.io/structured-merge-diff typed/tofieldset.go

import { isMembers, type Members } from "../schema/json-value.ts";
import type { Message } from "../schema/schema.ts";
import { type FieldSet, FieldSetBuilder } from "./field-set.ts";
import { memberStep } from "./path-element.ts";
import {
  elementStep,
  type ListShape,
  memberShape,
  type Shape,
  shapeFor,
  shapeOf,
} from "./shape.ts";

export function fieldsOf(message: Message, object: unknown): FieldSet {
  const walk: Walk = { set: new FieldSetBuilder(), path: [] };
  visit(shapeOf(message), object, walk);
  return walk.set;
}

interface Walk {
  readonly set: FieldSetBuilder;
  readonly path: string[];
}

function visit(declared: Shape, value: unknown, walk: Walk): void {
  const shape = shapeFor(declared, value);
  if (shape.type === "leaf") walk.set.add(walk.path);
  else if (shape.type === "list") {
    if (Array.isArray(value)) visitList(shape, value, walk);
  } else if (isMembers(value)) visitMembers(shape, value, walk);
}

function visitMembers(shape: Shape, value: Members, walk: Walk): void {
  for (const name of Object.keys(value)) {
    const below = memberShape(shape, name);
    const member = value[name];
    walk.path.push(memberStep(name));
    if (below !== undefined) visit(below, member, walk);
    const isEmpty = member === null || (isMembers(member) && Object.keys(member).length === 0);
    if (isEmpty || shape.type !== "struct") walk.set.add(walk.path);
    walk.path.pop();
  }
}

function visitList(shape: ListShape, list: readonly unknown[], walk: Walk): void {
  const steps = list.map((element) => elementStep(shape, element));
  list.forEach((element, index) => {
    const step = steps[index]!;
    walk.path.push(step);
    // Elements that share a key are owned as a whole.
    const isUnique = steps.indexOf(step) === steps.lastIndexOf(step);
    if (isUnique) visit(shape.items, element, walk);
    walk.set.add(walk.path);
    walk.path.pop();
  });
}
