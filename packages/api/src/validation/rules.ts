// Small steps that many validations share.

import { invalid, notSupported, required, type FieldError } from "../errors/field-error.ts";
import { labelKey, labelValue } from "./label-names.ts";
import { dns1123Label, dns1123Subdomain, portName, portNumber } from "./names.ts";
import { fieldImmutable, isNegative } from "./texts.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";

/** One error per text. */
export const invalidFor = (field: string, value: unknown, texts: readonly string[]): FieldError[] =>
  texts.map((text) => invalid(field, value, text));

export const nonNegative = (field: string, value: number | undefined): FieldError[] =>
  value !== undefined && value < 0 ? [invalid(field, value, isNegative)] : [];

export const immutable = (field: string, value: unknown, old: unknown): FieldError[] =>
  semanticEqual(value, old) ? [] : [invalid(field, value ?? null, fieldImmutable)];

export const isLabel = (field: string, value: string) =>
  invalidFor(field, value, dns1123Label(value));

export const isSubdomain = (field: string, value: string) =>
  invalidFor(field, value, dns1123Subdomain(value));

export const isQualifiedName = (field: string, value: string) =>
  invalidFor(field, value, labelKey(value));

export const isLabelValue = (field: string, value: string) =>
  invalidFor(field, value, labelValue(value));

export const present = (field: string, value: string | undefined): FieldError[] =>
  value === undefined || value === "" ? [required(field)] : [];

/** Required, and one of `supported`. */
export function oneOf(
  field: string,
  value: string | undefined,
  supported: readonly string[],
): FieldError[] {
  if (value === undefined || value === "") return [required(field)];
  return supported.includes(value) ? [] : [notSupported(field, value, supported)];
}

/** Absent, or one of `supported`. */
export const optionalOneOf = (
  field: string,
  value: string | undefined,
  supported: readonly string[],
): FieldError[] =>
  value === undefined || supported.includes(value) ? [] : [notSupported(field, value, supported)];

export const portNumberOrName = (field: string, port: number | string | undefined) =>
  typeof port === "string"
    ? invalidFor(field, port, portName(port))
    : invalidFor(field, port ?? 0, portNumber(port ?? 0));

/** `Total` errors of a list: each item with its path `field[i]`. */
export const each = <T>(
  field: string,
  items: readonly T[] | undefined,
  check: (path: string, item: T, index: number) => FieldError[],
): FieldError[] => (items ?? []).flatMap((item, i) => check(`${field}[${i}]`, item, i));
