// Strategic merge patch: a merge patch that knows from the schema which lists are merged, and by what.
// Directives in the patch say the rest: `$patch`, `$retainKeys`, `$setElementOrder/<list>`,
// `$deleteFromPrimitiveList/<list>`.
// @see kubernetes apimachinery/pkg/util/strategicpatch/patch.go

import { badRequest, StatusError } from "../errors/status-error.ts";
import type { Field, Message, Schema } from "../schema/schema.ts";
import { orderList } from "./element-order.ts";
import { doesNotFit } from "./json-patch.ts";
import {
  copyValue,
  equalValues,
  goText,
  isMembers,
  isTooDeep,
  type Members,
  ownMember,
  setMember,
} from "../schema/json-value.ts";

/**
 * Neither argument is altered.
 * @throws StatusError when directives are malformed or merge keys are missing
 */
export function strategicMerge(message: Message, original: object, patch: object): object {
  if (isTooDeep(patch)) throw badRequest("exceeded max depth");
  return mergeMembers(copyValue(original) as Members, copyValue(patch) as Members, {
    type: "message",
    message: () => message,
  });
}

const DIRECTIVE = "$patch";
const RETAIN_KEYS = "$retainKeys";
const DELETE_FROM = "$deleteFromPrimitiveList";
const ELEMENT_ORDER = "$setElementOrder";

/** `original` and `patch` are ours to change. */
function mergeMembers(original: Members, patch: Members, schema: Schema | undefined): Members {
  if (Object.hasOwn(patch, DIRECTIVE)) return replaceOrEmpty(patch);
  applyRetainKeys(original, patch);
  applyElementOrders(original, patch, schema);
  for (const name of Object.keys(patch)) mergeMember(original, patch, { name, schema });
  return original;
}

function replaceOrEmpty(patch: Members): Members {
  const directive = patch[DIRECTIVE];
  delete patch[DIRECTIVE];
  if (directive === "replace") return patch;
  if (directive === "delete") return {};
  throw failure(
    `unknown patch type: ${goText(directive)} in map: ${goText({ ...patch, [DIRECTIVE]: directive })}`,
  );
}

/** What the patch keeps alive by name; everything else of the original goes. */
function applyRetainKeys(original: Members, patch: Members): void {
  if (!Object.hasOwn(patch, RETAIN_KEYS)) return;
  const keys = patch[RETAIN_KEYS];
  delete patch[RETAIN_KEYS];
  if (!Array.isArray(keys)) throw badFormat("retainKeys");
  const retained = new Set<unknown>(keys);
  for (const name of Object.keys(patch)) {
    const isExempt =
      patch[name] === null || name.startsWith(DELETE_FROM) || name.startsWith(ELEMENT_ORDER);
    if (!isExempt && !retained.has(name)) throw badFormat("retainKeys");
  }
  for (const name of Object.keys(original)) if (!retained.has(name)) delete original[name];
}

/** Merges the lists that come with an order, and takes them out of the patch. */
function applyElementOrders(original: Members, patch: Members, schema: Schema | undefined): void {
  for (const directive of Object.keys(patch)) {
    if (!directive.startsWith(ELEMENT_ORDER)) continue;
    const order = patch[directive];
    delete patch[directive];
    if (!Array.isArray(order)) throw wrongArgument(order);
    const name = listNamedBy(directive, ELEMENT_ORDER);
    const strategy = strategyOf(schema, name);
    const current = listAt(original, name);
    const wanted = listAt(patch, name);
    checkOrder(wanted ?? [], order, strategy.mergeKey);
    delete patch[name];
    const merged = mergeOrdered(current, wanted, strategy);
    if (merged === undefined) continue;
    const lists = { before: current ?? [], order, mergeKey: strategy.mergeKey };
    setMember(original, name, orderList(merged, lists));
  }
}

function mergeOrdered(
  current: unknown[] | undefined,
  wanted: unknown[] | undefined,
  strategy: ListStrategy,
): unknown[] | undefined {
  if (wanted === undefined) return current;
  if (current === undefined) return withoutDirectives(wanted) as unknown[];
  return mergeLists([...current], wanted, strategy);
}

/** The patch's elements must come in the order that the directive gives, and be among it. */
function checkOrder(wanted: unknown[], order: unknown[], mergeKey: string | undefined): void {
  if (wanted.length === 0 || order.length === 0) return;
  const named = wanted.filter((one) => !isMembers(one) || !Object.hasOwn(one, DIRECTIVE));
  let at = 0;
  for (const one of order) {
    if (at < named.length && isSameElement(named[at], one, mergeKey)) at += 1;
  }
  if (at < named.length) {
    throw failure(
      `The order in patch list:\n${goText(wanted)}\n doesn't match ${ELEMENT_ORDER} list:\n${goText(order)}\n`,
    );
  }
}

function isSameElement(a: unknown, b: unknown, mergeKey: string | undefined): boolean {
  if (mergeKey === undefined) return a === b;
  if (!isMembers(a)) throw wrongArgument(a);
  if (!isMembers(b)) throw wrongArgument(b);
  return keyOf(a, mergeKey) === keyOf(b, mergeKey);
}

interface Step {
  readonly name: string;
  readonly schema: Schema | undefined;
}

function mergeMember(original: Members, patch: Members, step: Step): void {
  const value = patch[step.name];
  if (step.name.startsWith(DELETE_FROM)) return deleteFromList(original, value, step.name);
  const { name } = step;
  if (value === null) {
    delete original[name];
    return;
  }
  const current = ownMember(original, name);
  if (isMembers(current) && isMembers(value)) {
    setMember(original, name, mergeObject(current, value, step));
  } else if (Array.isArray(current) && Array.isArray(value)) {
    const strategy = strategyOf(step.schema, name);
    setMember(original, name, strategy.merges ? mergeLists(current, value, strategy) : value);
  } else {
    takeAsIs(original, name, value);
  }
}

function mergeObject(current: Members, value: Members, { name, schema }: Step): Members {
  const field = memberOf(schema, name);
  if (field?.traits.patchStrategy?.includes("replace")) return value;
  return mergeMembers(current, value, field?.schema ?? valuesOf(schema));
}

function takeAsIs(original: Members, name: string, value: unknown): void {
  const kept = withoutDirectives(withoutNulls(value));
  if (kept === undefined) delete original[name];
  else setMember(original, name, kept);
}

function deleteFromList(original: Members, values: unknown, directive: string): void {
  const name = listNamedBy(directive, DELETE_FROM);
  const current = ownMember(original, name);
  if (!Array.isArray(current) || !Array.isArray(values)) return;
  const gone = new Set<unknown>(values);
  setMember(
    original,
    name,
    current.filter((one) => !gone.has(one)),
  );
}

// ---- lists

interface ListStrategy {
  readonly merges: boolean;
  readonly mergeKey: string | undefined;
  readonly items: Schema | undefined;
  readonly owner: string;
}

function mergeLists(current: unknown[], wanted: unknown[], strategy: ListStrategy): unknown[] {
  if (current.length === 0 && wanted.length === 0) return current;
  if (!checkElements(current, wanted)) {
    const merged = [...new Set([...current, ...wanted])];
    return orderList(merged, { before: current, order: wanted, mergeKey: undefined });
  }
  const { mergeKey, owner } = strategy;
  if (mergeKey === undefined) throw failure(`cannot merge lists without merge key for ${owner}`);
  const before = [...current];
  const changes = wanted as Members[];
  const plain = changes.filter((change) => !Object.hasOwn(change, DIRECTIVE));
  const replaces = applyListDirectives(before as Members[], changes, mergeKey);
  const base = replaces ? [] : (before as Members[]);
  const merged = replaces ? plain : mergeByKey([...base], plain, { ...strategy, mergeKey });
  return orderList(merged, { before: base, order: replaces ? [] : plain, mergeKey });
}

/** @returns whether the elements are objects; they must all be of one type */
function checkElements(current: unknown[], wanted: unknown[]): boolean {
  const types = new Set([...current, ...wanted].map(elementType));
  if (types.has("list")) throw doesNotFit();
  if (types.size > 1) {
    throw failure(`list element types are not identical: [${goText(current)} ${goText(wanted)}]`);
  }
  return types.has("map");
}

const elementType = (value: unknown) =>
  Array.isArray(value) ? "list" : isMembers(value) ? "map" : typeof value;

/** Deletes from `current` what the patch names; @returns whether the patch replaces the list */
function applyListDirectives(current: Members[], wanted: Members[], mergeKey: string): boolean {
  let replaces = false;
  for (const change of wanted) {
    if (!Object.hasOwn(change, DIRECTIVE)) continue;
    const directive = change[DIRECTIVE];
    if (directive === "replace") replaces = true;
    else if (directive === "delete") deleteElements(current, keyOf(change, mergeKey), mergeKey);
    else if (directive === "merge") {
      throw failure("merging lists cannot yet be specified in the patch");
    } else {
      throw failure(`unknown patch type: ${goText(directive)} in map: ${goText(change)}`);
    }
  }
  return replaces;
}

function deleteElements(current: Members[], key: unknown, mergeKey: string): void {
  for (let index = current.length - 1; index >= 0; index -= 1) {
    if (equalValues(ownMember(current[index]!, mergeKey), key)) current.splice(index, 1);
  }
}

function mergeByKey(
  current: Members[],
  wanted: readonly Members[],
  { mergeKey, items }: ListStrategy & { mergeKey: string },
): Members[] {
  for (const change of wanted) {
    const key = keyOf(change, mergeKey);
    const index = current.findIndex((one) => ownMember(one, mergeKey) === key);
    if (index < 0) current.push(change);
    else current[index] = mergeMembers(current[index]!, change, items);
  }
  return current;
}

function keyOf(element: Members, mergeKey: string): unknown {
  if (Object.hasOwn(element, mergeKey)) return element[mergeKey];
  throw failure(`map: ${goText(element)} does not contain declared merge key: ${mergeKey}`);
}

function listAt(object: Members, name: string): unknown[] | undefined {
  const value = ownMember(object, name);
  if (value === undefined || Array.isArray(value)) return value;
  throw wrongArgument(value);
}

// ---- what the schema says

function strategyOf(schema: Schema | undefined, name: string): ListStrategy {
  const field = memberOf(schema, name);
  const list = field?.schema.type === "list" ? field.schema : undefined;
  return {
    merges: field?.traits.patchStrategy?.includes("merge") === true,
    mergeKey: field?.traits.patchMergeKey,
    items: list?.items,
    owner: name,
  };
}

function memberOf(schema: Schema | undefined, name: string): Field<unknown, boolean> | undefined {
  if (schema?.type !== "message") return undefined;
  const { fields } = schema.message();
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

const valuesOf = (schema: Schema | undefined) =>
  schema?.type === "map" ? schema.values : undefined;

// ---- the patch alone

function listNamedBy(directive: string, prefix: string): string {
  const slash = directive.indexOf("/");
  if (slash === prefix.length) return directive.slice(slash + 1);
  throw badFormat(prefix === DELETE_FROM ? "primitive list" : "setElementOrder list");
}

/** New parts of the object must not carry nulls. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isMembers(value)) return value;
  const kept: Members = {};
  for (const name of Object.keys(value)) {
    if (value[name] !== null) setMember(kept, name, withoutNulls(value[name]));
  }
  return kept;
}

/** undefined: the value itself is a directive and must not be kept. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutDirectives).filter((one) => one !== undefined);
  }
  if (!isMembers(value)) return value;
  if (Object.hasOwn(value, DIRECTIVE)) return undefined;
  const kept: Members = {};
  for (const name of Object.keys(value)) {
    const member = withoutDirectives(value[name]);
    if (member !== undefined) setMember(kept, name, member);
  }
  return kept;
}

// ---- errors

const badFormat = (what: string) => badRequest(`invalid patch format of ${what}`);

/** The server answers these without a reason. */
const failure = (message: string) => new StatusError(500, "", message);

const wrongArgument = (value: unknown) =>
  failure(`expected a []interface {}, but received a ${goTypeOf(value)}`);

function goTypeOf(value: unknown): string {
  if (isMembers(value)) return "map[string]interface {}";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int64" : "float64";
  return typeof value === "string" ? "string" : "%!s(<nil>)";
}
