// One requirement of a label selector: a key, an operator, values.
// @see kubernetes apimachinery/pkg/labels/selector.go NewRequirement

import { describeFieldError, invalid, type FieldError } from "../errors/field-error.ts";
import { labelKey, labelValue } from "../validation/label-names.ts";
import type { Labels } from "./label-selector.ts";

export type RequirementOperator = "=" | "==" | "!=" | "in" | "notin" | "exists" | "!" | ">" | "<";

export interface Requirement {
  readonly key: string;
  readonly operator: RequirementOperator;
  readonly values: readonly string[];
}

export function matchesRequirement(one: Requirement, labels: Labels | undefined): boolean {
  const value =
    labels !== undefined && Object.hasOwn(labels, one.key) ? labels[one.key] : undefined;
  switch (one.operator) {
    case "=":
    case "==":
    case "in":
      return value !== undefined && one.values.includes(value);
    case "!=":
    case "notin":
      return value === undefined || !one.values.includes(value);
    case "exists":
      return value !== undefined;
    case "!":
      return value === undefined;
    case ">":
    case "<":
      return compares(one, value);
  }
}

/** `a=b`, `a in (b,c)`, `!a` */
export function describeRequirement({ key, operator, values }: Requirement): string {
  switch (operator) {
    case "exists":
      return key;
    case "!":
      return `!${key}`;
    case "in":
    case "notin":
      return `${key} ${operator} (${[...values].sort().join(",")})`;
    default:
      return `${key}${operator}${values[0]}`;
  }
}

/** @throws Error in Kubernetes' wording: `values[0][app]: Invalid value: "-": a valid label …` */
export function validateRequirement(one: Requirement): void {
  const errors: FieldError[] = [
    ...keyErrors("key", one.key),
    ...countErrors(one),
    ...one.values.flatMap((value, i) => valueErrors(`values[${i}][${one.key}]`, value)),
  ];
  if (errors.length > 0) throw new Error(describeAll(errors));
}

export function validateKey(field: string, key: string): void {
  const errors = keyErrors(field, key);
  if (errors.length > 0) throw new Error(describeAll(errors));
}

function keyErrors(field: string, key: string): FieldError[] {
  const texts = labelKey(key);
  return texts.length === 0 ? [] : [invalid(field, key, texts.join("; "))];
}

function valueErrors(field: string, value: string): FieldError[] {
  const texts = labelValue(value);
  return texts.length === 0 ? [] : [invalid(field, value, texts.join("; "))];
}

function countErrors({ operator, values }: Requirement): FieldError[] {
  const wrong = (text: string) => [invalid("values", values, text)];
  if (operator === "in" || operator === "notin") {
    if (values.length > 0) return [];
    return wrong("for 'in', 'notin' operators, values set can't be empty");
  }
  if (operator === "exists" || operator === "!") {
    if (values.length === 0) return [];
    return wrong("values set must be empty for exists and does not exist");
  }
  if (operator !== ">" && operator !== "<") {
    return values.length === 1 ? [] : wrong("exact-match compatibility requires one single value");
  }
  const errors =
    values.length === 1 ? [] : wrong("for 'Gt', 'Lt' operators, exactly one value is required");
  return [...errors, ...values.flatMap(integerErrors)];
}

function integerErrors(value: string, index: number): FieldError[] {
  if (isInteger(value)) return [];
  const text = "for 'Gt', 'Lt' operators, the value must be an integer";
  return [invalid(`values[${index}]`, value, text)];
}

const isInteger = (text: string) => /^[-+]?\d+$/.test(text);

function compares({ operator, values }: Requirement, value: string | undefined): boolean {
  const wanted = values[0];
  if (value === undefined || wanted === undefined) return false;
  if (!isInteger(value) || !isInteger(wanted)) return false;
  const [left, right] = [BigInt(value.replace("+", "")), BigInt(wanted.replace("+", ""))];
  return operator === ">" ? left > right : left < right;
}

function describeAll(errors: readonly FieldError[]): string {
  const texts = errors.map(describeFieldError);
  return texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
}
