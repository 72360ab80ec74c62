// An object without some of its fields.
// @see sigs.k8s.io/structured-merge-diff typed/remove.go

import { isMembers, type Members, setMember } from "../schema/json-value.ts";
import type { Message } from "../schema/schema.ts";
import { type FieldSet, isEmptySet } from "./field-set.ts";
import { memberOf, memberStep } from "./path-element.ts";
import { elementStep, memberShape, type Shape, shapeFor, shapeOf } from "./shape.ts";

/** What becomes empty becomes null, which decoding drops. */
export const removeFields = (message: Message, object: unknown, fields: FieldSet): unknown =>
  isEmptySet(fields) ? object : remove(shapeOf(message), object, fields);

function remove(declared: Shape, value: unknown, fields: FieldSet): unknown {
  const shape = shapeFor(declared, value);
  if (shape.type === "leaf") return value;
  if (shape.type !== "list") return isMembers(value) ? removeMembers(shape, value, fields) : null;
  if (!Array.isArray(value)) return null;
  const kept = value.flatMap((element: unknown) => {
    const step = elementStep(shape, element);
    if (fields.members.has(step)) return [];
    const below = fields.children.get(step);
    return [below === undefined ? element : remove(shape.items, element, below)];
  });
  return kept.length === 0 ? null : kept;
}

function removeMembers(shape: Shape, value: Members, fields: FieldSet): Members | null {
  const kept: Members = {};
  for (const name of Object.keys(value)) {
    const step = memberStep(name);
    if (fields.members.has(step)) continue;
    const below = fields.children.get(step);
    const member = value[name];
    const deeper = below === undefined ? undefined : memberShape(shape, name);
    setMember(kept, name, deeper === undefined ? member : remove(deeper, member, below!));
  }
  return Object.keys(kept).length === 0 ? null : kept;
}

/** With every declared member on the way to a field, so that whole structs can be removed. */
export const withStructs = (message: Message, fields: FieldSet): FieldSet =>
  addStructs(shapeOf(message), fields);

function addStructs(shape: Shape, { members, children }: FieldSet): FieldSet {
  const all = new Set(members);
  const below = new Map<string, FieldSet>();
  for (const [step, set] of children) {
    const name = memberOf(step);
    const inner = name === undefined ? itemsOf(shape) : memberShape(shape, name);
    if (name !== undefined && shape.type === "struct" && inner !== undefined) all.add(step);
    below.set(step, inner === undefined ? set : addStructs(inner, set));
  }
  return { members: all, children: below };
}

const itemsOf = (shape: Shape): Shape | undefined =>
  shape.type === "list" ? shape.items : undefined;
