// Reading a request's members: snake_case or camelCase, int64 as text or number, bytes as base64.
// Members that nobody knows are ignored, null is the same as absent.

import { EtcdError } from "../etcd-error.ts";
import { jsonErrorText } from "./json-error.ts";

export type Body = { readonly [name: string]: unknown };

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
const EMPTY = Buffer.alloc(0);

/** @throws EtcdError when it is no JSON object; no text at all is an empty object */
export function parseBody(text: string): Body {
  if (text.length === 0) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw invalid(jsonErrorText(text, error as Error));
  }
  return asBody(parsed);
}

export function asBody(value: unknown): Body {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Body;
  throw invalid(
    `json: cannot unmarshal ${nameOf(value)} into Go value of type map[string]json.RawMessage`,
  );
}

/** The member `name`, written in either case; undefined when absent or null. */
export function member(body: Body, name: string): unknown {
  if (Object.hasOwn(body, name)) return body[name] ?? undefined;
  const camel = name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return Object.hasOwn(body, camel) ? (body[camel] ?? undefined) : undefined;
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
  const value = member(body, name) ?? 0;
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number)) throw mistyped(value, "int64");
  return number;
}

/** An int64 with all its digits, as leases have: 0n when absent. */
export function longMember(body: Body, name: string): bigint {
  const value = member(body, name) ?? 0;
  if (typeof value === "string" && /^-?\d+$/.test(value)) {
    const long = BigInt(value);
    if (BigInt.asIntN(64, long) === long) return long;
  }
  return BigInt(integerMember(body, name));
}

export function bytesMember(body: Body, name: string): Buffer {
  const value = member(body, name) ?? "";
  if (value === "") return EMPTY;
  if (typeof value !== "string") throw mistyped(value, "[]uint8");
  const bytes = Buffer.from(value, "base64");
  // a shorter result than the text promises means that something was skipped
  if (bytes.length !== expectedLength(value) || !isBase64(value)) {
    throw invalid(`illegal base64 data at input byte ${value.search(/[^A-Za-z0-9+/_=-]|$/)}`);
  }
  return bytes;
}

/** A key as the store's byte string. */
export const keyMember = (body: Body, name: string): string =>
  bytesMember(body, name).toString("latin1");

/** One of `names`, also given as its number; the first when absent. */
export function choiceMember<T extends string>(body: Body, name: string, names: readonly T[]): T {
  const value = member(body, name) ?? names[0]!;
  const found = typeof value === "number" ? names[value] : names.find((one) => one === value);
  if (found === undefined) throw invalid(`unknown value "${String(value)}" for enum ${name}`);
  return found;
}

/** Large values are not run through a pattern: `Buffer.from` took all of their characters. */
const isBase64 = (text: string): boolean => text.length > 4096 || BASE64.test(text);

function expectedLength(text: string): number {
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  return Math.floor(((text.length - padding) * 3) / 4);
}

export const invalid = (message: string): EtcdError => new EtcdError("invalid", message);

const mistyped = (value: unknown, type: string): EtcdError =>
  invalid(`json: cannot unmarshal ${nameOf(value)} into Go value of type ${type}`);

function nameOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "bool";
  return typeof value;
}
