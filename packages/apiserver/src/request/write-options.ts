// How a write is to be done: dry run, field manager, field validation, all from the query.

import { invalidError, notSupported, invalid, tooLong, type FieldError } from "@kubonsai/api";
import type { Call } from "../call.ts";
import type { WriteOptions } from "../registry/registry.ts";

export type FieldValidation = "Ignore" | "Warn" | "Strict";

/** The kinds of options, as they are named when they are invalid. */
export type OptionsKind = "CreateOptions" | "UpdateOptions" | "PatchOptions" | "DeleteOptions";

const MANAGER_LIMIT_BYTES = 128;
const VALIDATIONS = ["Ignore", "Warn", "Strict", ""];

/** @throws Invalid for values that no option takes */
export function writeOptionsOf(call: Call, kind: OptionsKind): WriteOptions {
  const { query } = call;
  const fieldManager = query.get("fieldManager") ?? "";
  const dryRun = query.getAll("dryRun");
  const errors = [
    ...managerErrors(fieldManager),
    ...dryRunErrors(dryRun),
    ...validationErrors(query.get("fieldValidation") ?? ""),
  ];
  checkOptions(kind, errors);
  return {
    user: call.user,
    fieldManager: fieldManager === "" ? managerFromUserAgent(call) : fieldManager,
    dryRun: dryRun.length > 0,
    warn: call.warn,
  };
}

/** Unless told otherwise, unknown fields are dropped with a warning. */
export function fieldValidationOf({ query }: Call): FieldValidation {
  return (query.get("fieldValidation") || "Warn") as FieldValidation;
}

export function checkOptions(
  kind: OptionsKind | "ListOptions",
  errors: readonly FieldError[],
): void {
  if (errors.length > 0) throw invalidError({ group: "meta.k8s.io", kind }, "", errors);
}

export const dryRunErrors = (values: readonly string[]): FieldError[] =>
  values.every((value) => value === "All") ? [] : [notSupported("dryRun", values, ["All"])];

function managerErrors(manager: string): FieldError[] {
  const errors: FieldError[] = [];
  if (Buffer.byteLength(manager) > MANAGER_LIMIT_BYTES) {
    errors.push(tooLong("fieldManager", MANAGER_LIMIT_BYTES));
  }
  let position = 0;
  for (const character of manager) {
    if (!isPrintable(character)) {
      errors.push(invalid("fieldManager", manager, unprintableText(character, position)));
    }
    position += Buffer.byteLength(character);
  }
  return errors;
}

function unprintableText(character: string, position: number): string {
  const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
  return `invalid character U+${code} (at position ${position})`;
}

const validationErrors = (value: string): FieldError[] =>
  VALIDATIONS.includes(value) ? [] : [notSupported("fieldValidation", value, VALIDATIONS)];

/** `kubectl/v1.36.0 (linux/amd64)` manages fields as `kubectl`. */
function managerFromUserAgent({ request }: Call): string {
  const [product = ""] = (request.headers["user-agent"] ?? "").split("/");
  const printable = [...product].filter(isPrintable).join("");
  return Buffer.from(printable).subarray(0, MANAGER_LIMIT_BYTES).toString();
}

const isPrintable = (character: string) => character === " " || /[^\p{C}\p{Z}]/u.test(character);
