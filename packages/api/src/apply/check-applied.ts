// Whether an applied configuration fits its type: declared members, right types, unique keys.
// @see sigs.k8s.io/structured-merge-diff typed/validate.go

import { isMembers, isTooDeep } from "../schema/json-value.ts";
import type { Field, Message, Schema } from "../schema/schema.ts";
import { memberStep, showPath, showStep } from "./path-element.ts";
import { elementStep, type ListShape, shapeOfField, UntrackableElement } from "./shape.ts";

/** `.spec.foo: field not declared in schema`; empty when it fits. */
export function problemsOf(message: Message, applied: unknown): string[] {
  if (isTooDeep(applied)) return ["exceeded max depth"];
  const walk: Walk = { problems: [], path: [] };
  checkMessage(message, applied, walk);
  return walk.problems;
}

interface Walk {
  readonly problems: string[];
  readonly path: string[];
}

function problem({ problems, path }: Walk, text: string): void {
  const where = showPath(path);
  problems.push(where === "" ? text : `${where}: ${text}`);
}

function checkMessage(message: Message, value: unknown, walk: Walk): void {
  if (value === null) return;
  if (!isMembers(value)) return problem(walk, `expected map, got ${shown(value)}`);
  for (const name of Object.keys(value)) {
    walk.path.push(memberStep(name));
    const field = Object.hasOwn(message.fields, name) ? message.fields[name] : undefined;
    if (field === undefined) problem(walk, "field not declared in schema");
    else checkField(field, value[name], walk);
    walk.path.pop();
  }
}

function checkField(field: Field<unknown, boolean>, value: unknown, walk: Walk): void {
  const { schema } = field;
  if (schema.type !== "list") return checkValue(schema, value, walk);
  if (value === null) return;
  if (!Array.isArray(value)) return problem(walk, `expected list, got ${shown(value)}`);
  const shape = shapeOfField(field);
  if (shape.type === "list") checkElements(shape, schema.items, { value, walk });
  else checkItems(schema.items, value, walk);
}

function checkElements(
  shape: ListShape,
  items: Schema,
  { value, walk }: { value: unknown[]; walk: Walk },
): void {
  const seen = new Set<string>();
  for (const [index, element] of value.entries()) {
    const step = stepOrProblem(shape, element, { index, walk });
    if (step === undefined) return;
    if (seen.has(step)) problem(walk, `duplicate entries for key ${showStep(step)}`);
    seen.add(step);
    walk.path.push(step);
    checkValue(items, element, walk);
    walk.path.pop();
  }
}

function stepOrProblem(
  shape: ListShape,
  element: unknown,
  { index, walk }: { index: number; walk: Walk },
): string | undefined {
  try {
    return elementStep(shape, element);
  } catch (error) {
    if (!(error instanceof UntrackableElement)) throw error;
    problem(walk, `element ${index}: ${error.message}`);
    return undefined;
  }
}

function checkItems(items: Schema, list: readonly unknown[], walk: Walk): void {
  for (const [index, element] of list.entries()) {
    walk.path.push(`i:${index}`);
    checkValue(items, element, walk);
    walk.path.pop();
  }
}

function checkValue(schema: Schema, value: unknown, walk: Walk): void {
  if (value === null) return;
  switch (schema.type) {
    case "message":
      return checkMessage(schema.message(), value, walk);
    case "list":
      if (Array.isArray(value)) return checkItems(schema.items, value, walk);
      return problem(walk, `expected list, got ${shown(value)}`);
    case "map":
      return checkMap(schema.values, value, walk);
    case "raw":
      return;
    default:
      if (!isScalar(schema, value))
        problem(walk, `expected ${wanted(schema)}, got ${shown(value)}`);
  }
}

function checkMap(values: Schema, value: unknown, walk: Walk): void {
  if (!isMembers(value)) return problem(walk, `expected map, got ${shown(value)}`);
  for (const name of Object.keys(value)) {
    walk.path.push(memberStep(name));
    checkValue(values, value[name], walk);
    walk.path.pop();
  }
}

function isScalar({ type }: Schema, value: unknown): boolean {
  switch (type) {
    case "string":
    case "bytes":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    case "int32":
    case "int64":
    case "double":
      return typeof value === "number";
    default:
      return ["string", "number", "boolean"].includes(typeof value);
  }
}

function wanted({ type }: Schema): string {
  switch (type) {
    case "string":
    case "bytes":
      return "string";
    case "boolean":
      return "boolean";
    case "int32":
    case "int64":
    case "double":
      return "numeric (int or float)";
    default:
      return "any scalar";
  }
}

/** As the server's typed values show themselves. */
const shown = (value: unknown): string => {
  const text = Array.isArray(value)
    ? "[]interface {}{…}"
    : isMembers(value)
      ? "map[string]interface {}{…}"
      : JSON.stringify(value);
  return `&value.valueUnstructured{Value:${text}}`;
};
