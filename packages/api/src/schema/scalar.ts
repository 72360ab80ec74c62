// Reading one plain value: its type is checked and its text brought into the stored form.

import { canonicalQuantity } from "../quantity/quantity.ts";
import { DecodeError, jsonTypeOf, Mismatch } from "./decode-error.ts";
import type { Schema } from "./schema.ts";
import { normaliseTime } from "./time.ts";

export type Scalar = Exclude<Schema["type"], "raw" | "map" | "list" | "message">;

/** @throws Mismatch or DecodeError */
export type ReadScalar = (value: unknown) => unknown;

export const scalarReaders: { readonly [type in Scalar]: ReadScalar } = {
  string: (value) => (typeof value === "string" ? value : mismatch(value, "string")),
  boolean: (value) => (typeof value === "boolean" ? value : mismatch(value, "bool")),
  int32: (value) => integer(value, "int32", 2 ** 31),
  int64: (value) => integer(value, "int64", 2 ** 63),
  double: (value) => (typeof value === "number" ? value : mismatch(value, "float64")),
  bytes: (value) => (typeof value === "string" ? base64(value) : mismatch(value, "[]uint8")),
  time: (value) => time(value, "time"),
  microTime: (value) => time(value, "microTime"),
  quantity,
  intOrString: (value) => (typeof value === "string" ? value : integer(value, "int32", 2 ** 31)),
};

/** What Go puts where a list or map holds null. */
export const zeroOf: { readonly [type in Scalar]: unknown } = {
  string: "",
  boolean: false,
  int32: 0,
  int64: 0,
  double: 0,
  bytes: "",
  time: null,
  microTime: null,
  quantity: "0",
  intOrString: 0,
};

/** Whether a member of this type may be left out when it holds its zero value. */
export const isZero = (value: unknown): boolean => value === "" || value === 0 || value === false;

function integer(value: unknown, type: "int32" | "int64", limit: number): unknown {
  if (typeof value !== "number") return mismatch(value, type);
  if (!Number.isInteger(value) || value >= limit || value < -limit) {
    return mismatch(value, type, `number ${value}`);
  }
  return Object.is(value, -0) ? 0 : value;
}

function time(value: unknown, layout: "time" | "microTime"): unknown {
  if (typeof value !== "string") return mismatch(value, "string");
  return value === "" ? null : normaliseTime(value, layout);
}

/** Canonical forms already worked out: the same few quantities come again and again. */
const canonical = new Map<string | number, string>();
const MAX_REMEMBERED = 1000;

function quantity(value: unknown): unknown {
  const written = typeof value === "string" ? value.trim() : value;
  const known = canonical.get(written as string);
  if (known !== undefined) return known;
  const text = canonicalOf(written);
  if (canonical.size >= MAX_REMEMBERED) canonical.clear();
  canonical.set(written as string, text);
  return text;
}

function canonicalOf(written: unknown): string {
  const text = typeof written === "string" || typeof written === "number" ? written : "";
  try {
    return canonicalQuantity(text);
  } catch (error) {
    throw new DecodeError((error as Error).message);
  }
}

const base64Form = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function base64(text: string): string {
  if (base64Form.test(text)) return text;
  const joined = text.replace(/[\r\n]/g, "");
  if (base64Form.test(joined)) return joined;
  const bad = /[^A-Za-z0-9+/\r\n]/.exec(text)?.index ?? text.length;
  throw new DecodeError(`illegal base64 data at input byte ${bad}`);
}

function mismatch(value: unknown, type: string, found = jsonTypeOf(value)): never {
  throw new Mismatch(found, type);
}
