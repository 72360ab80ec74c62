// How server-side apply sees a type: what is owned as one value, and what member by member.
// @see sigs.k8s.io/structured-merge-diff schema/elements.go

import { isMembers, ownMember } from "../schema/json-value.ts";
import type { Field, Message, Schema } from "../schema/schema.ts";
import { keyStep, valueStep } from "./path-element.ts";

export type Shape =
  /** A plain value, or an atomic list or map: one owner. */
  | { readonly type: "leaf" }
  | { readonly type: "struct"; readonly members: () => ReadonlyMap<string, Shape> }
  | { readonly type: "map"; readonly values: Shape }
  | ListShape
  /** Any JSON: objects are maps, all else is one value. */
  | { readonly type: "any" };

export interface ListShape {
  readonly type: "list";
  /** Empty: a set of plain values. */
  readonly keys: readonly string[];
  readonly items: Shape;
  /** Values of absent keys: `protocol` is TCP. */
  readonly keyDefaults: () => ReadonlyMap<string, unknown>;
}

const leaf: Shape = { type: "leaf" };
const any: Shape = { type: "any" };
const shapes = new WeakMap<Message, Shape>();

export function shapeOf(message: Message): Shape {
  let shape = shapes.get(message);
  if (shape === undefined) shapes.set(message, (shape = structOf(message)));
  return shape;
}

function structOf(message: Message): Shape {
  return message.mapType === "atomic" ? leaf : granularOf(message);
}

function granularOf(message: Message): Shape {
  let members: ReadonlyMap<string, Shape> | undefined;
  const build = () =>
    new Map(Object.entries(message.fields).map(([name, field]) => [name, shapeOfField(field)]));
  return { type: "struct", members: () => (members ??= build()) };
}

export function shapeOfField({ schema, traits }: Field<unknown, boolean>): Shape {
  if (traits.mapType === "atomic") return leaf;
  if (traits.mapType === "granular" && schema.type === "message") {
    return granularOf(schema.message());
  }
  if (schema.type !== "list") return shapeOfSchema(schema);
  if (traits.listType !== "set" && traits.listType !== "map") return leaf;
  const { items } = schema;
  return {
    type: "list",
    keys: traits.listMapKeys ?? [],
    items: shapeOfSchema(items),
    keyDefaults: () => defaultsOf(items),
  };
}

function shapeOfSchema(schema: Schema): Shape {
  switch (schema.type) {
    case "message":
      return shapeOf(schema.message());
    case "map":
      return { type: "map", values: shapeOfSchema(schema.values) };
    case "raw":
      return any;
    default:
      return leaf;
  }
}

const defaultMaps = new WeakMap<Message, ReadonlyMap<string, unknown>>();

function defaultsOf(items: Schema): ReadonlyMap<string, unknown> {
  if (items.type !== "message") return new Map();
  const message = items.message();
  let defaults = defaultMaps.get(message);
  if (defaults === undefined) {
    const found = Object.entries(message.fields).flatMap(([name, { traits }]) =>
      traits.default === undefined ? [] : [[name, traits.default] as const],
    );
    defaultMaps.set(message, (defaults = new Map(found)));
  }
  return defaults;
}

/** A list element that nothing tells from the others. */
export class UntrackableElement extends Error {}

/** The shape that `value` takes within `any`. */
export const shapeFor = (shape: Shape, value: unknown): Shape =>
  shape.type !== "any" ? shape : isMembers(value) ? { type: "map", values: any } : leaf;

/** The shape below a member step; undefined when a struct lacks the member. */
export function memberShape(shape: Shape, name: string): Shape | undefined {
  if (shape.type === "struct") return shape.members().get(name);
  if (shape.type === "map") return shape.values;
  return shape.type === "any" ? any : undefined;
}

/** @throws UntrackableElement when the element cannot be told from others */
export function elementStep(shape: ListShape, element: unknown): string {
  if (shape.keys.length === 0) return setStep(element);
  if (!isMembers(element)) {
    const what = element === null ? "a null element" : "non-map elements";
    throw new UntrackableElement(`associative list with keys may not have ${what}`);
  }
  const defaults = shape.keyDefaults();
  const keys = shape.keys.flatMap((name) => {
    const value = ownMember(element, name) ?? defaults.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  if (keys.length > 0) return keyStep(keys);
  const names = shape.keys.map((name) => JSON.stringify(name)).join(" ");
  throw new UntrackableElement(
    `associative list with keys has an element that omits all key fields [${names}] ` +
      "(and doesn't have default values for any key fields)",
  );
}

function setStep(element: unknown): string {
  if (isMembers(element)) {
    throw new UntrackableElement("associative list without keys has an element that's a map type");
  }
  if (Array.isArray(element)) {
    throw new UntrackableElement("not supported: associative list with lists as elements");
  }
  if (element === null) {
    throw new UntrackableElement(
      "associative list without keys has an element that's an explicit null",
    );
  }
  return valueStep(element);
}
