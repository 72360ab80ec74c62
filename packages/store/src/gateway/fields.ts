// Reading a request's members: snake_case or camelCase, int64 as text or number, bytes as base64.
// Members that nobody knows are ignored, null is the same as absent.

import { decodeBase64 } from "./base64.ts";
import { endOfValue, JsonSyntaxError } from "./go-json.ts";
import { invalid } from "./invalid.ts";

export type Body = { readonly [name: string]: unknown };

const EMPTY = Buffer.alloc(0);
const NO_BODY: Body = {};
const INTEGER = /^-?\d+$/;
/** An integer that may have more digits than a number holds, where a member's value stands. */
const LONG_INTEGER = /(:\s*)(-?\d{16,})(?=\s*[,}])/g;

/** The first value of the text, as Go's decoder reads a stream. @throws EtcdError when it is no object */
export function parseBody(text: string): Body {
  try {
    return asBody(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  try {
    const end = endOfValue(text);
    return end < 0 ? NO_BODY : asBody(JSON.parse(text.slice(0, end)));
  } catch (error) {
    throw error instanceof JsonSyntaxError ? invalid(error.message) : error;
  }
}

/** For bodies with leases, whose ids may have all 64 bits: they become text. */
export const quoteLongIntegers = (text: string): string => text.replace(LONG_INTEGER, '$1"$2"');

export function asBody(value: unknown): Body {
  if (value === null) return NO_BODY;
  if (typeof value === "object" && !Array.isArray(value)) return value as Body;
  throw mistyped(value, "map[string]json.RawMessage");
}

/** The member `name`, written in either case; undefined when absent or null. */
export function member(body: Body, name: string): unknown {
  if (Object.hasOwn(body, name)) return body[name] ?? undefined;
  if (!name.includes("_")) return undefined;
  const camel = camelCase(name);
  return Object.hasOwn(body, camel) ? (body[camel] ?? undefined) : undefined;
}

const camelNames = new Map<string, string>();

/** Of our own names alone, so that the map stays small. */
function camelCase(name: string): string {
  let camel = camelNames.get(name);
  if (camel === undefined) {
    camel = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
    camelNames.set(name, camel);
  }
  return camel;
}

export function bodyMember(body: Body, name: string): Body | undefined {
  const value = member(body, name);
  return value === undefined ? undefined : asBody(value);
}

export function listMember(body: Body, name: string): Body[] {
  const value = member(body, name);
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw mistyped(value, "[]json.RawMessage");
  return value.map(asBody);
}

export function flagMember(body: Body, name: string): boolean {
  const value = member(body, name) ?? false;
  if (typeof value !== "boolean") throw mistyped(value, "bool");
  return value;
}

/** An int64; 0 when absent. Beyond 2^53 it loses digits: revisions never get there. */
export function integerMember(body: Body, name: string): number {
  return integer(member(body, name) ?? 0);
}

/** An int64 with all its digits, as leases have: 0n when absent. */
export function longMember(body: Body, name: string): bigint {
  const value = member(body, name) ?? 0;
  if (typeof value !== "string" || !INTEGER.test(value)) return BigInt(integer(value));
  const long = BigInt(value);
  if (BigInt.asIntN(64, long) !== long) throw notAnInteger(value);
  return long;
}

function integer(value: unknown): number {
  if (typeof value === "string") return integerText(value);
  if (typeof value !== "number") throw mistyped(value, "int64");
  if (!Number.isInteger(value) || Math.abs(value) >= 2 ** 63) throw notAnInteger(String(value));
  return value;
}

/** jsonpb takes the quotes away and reads what is inside. */
function integerText(text: string): number {
  if (INTEGER.test(text)) return Number(text);
  return integer(parseInner(text));
}

function parseInner(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? invalidInner(value) : value;
  } catch {
    return invalidInner(text);
  }
}

function invalidInner(text: string): never {
  try {
    endOfValue(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError && !error.isCutOff) throw invalid(error.message);
  }
  throw invalid("unexpected end of JSON input");
}

export function bytesMember(body: Body, name: string): Buffer {
  const value = member(body, name) ?? "";
  if (typeof value === "string") return decodeBase64(value);
  if (Array.isArray(value) && value.length === 0) return EMPTY;
  throw mistyped(value, "[]uint8");
}

/** A key as the store's byte string. */
export const keyMember = (body: Body, name: string): string =>
  bytesMember(body, name).toString("latin1");

/** A member that is one of several names. */
export interface Choice<T extends string> {
  /** Go's name of the type: `etcdserverpb.Compare_CompareTarget` */
  type: string;
  names: readonly T[];
}

/** Also given as its number; the first when absent, or when no name has the number. */
export function choiceMember<T extends string>(body: Body, name: string, choice: Choice<T>): T {
  return chosen(member(body, name), choice) ?? choice.names[0]!;
}

/** Undefined for a number that stands for nothing. @throws EtcdError for an unknown name */
export function chosen<T extends string>(
  value: unknown,
  { type, names }: Choice<T>,
): T | undefined {
  if (value === undefined) return undefined;
  if (typeof value === "number") return names[value];
  if (typeof value !== "string") throw mistyped(value, type);
  const found = names.find((one) => one === value);
  if (found === undefined) throw invalid(`unknown value ${JSON.stringify(value)} for enum ${type}`);
  return found;
}

const notAnInteger = (text: string) =>
  invalid(`json: cannot unmarshal number ${text} into Go value of type int64`);

const mistyped = (value: unknown, type: string) =>
  invalid(`json: cannot unmarshal ${nameOf(value)} into Go value of type ${type}`);

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
