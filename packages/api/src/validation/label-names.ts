// How label keys and values must look; annotations, finalizers, taints and topology keys use the same.
// @see kubernetes apimachinery/pkg/api/validate/content/kube.go

import { dns1123Subdomain } from "./names.ts";
import { maxBytes, nonEmpty, notMatching } from "./texts.ts";

const keyPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const valuePattern = `(${keyPattern})?`;
const keyExpression = new RegExp(`^${keyPattern}$`);
const valueExpression = new RegExp(`^${valuePattern}$`);

const characters =
  "consist of alphanumeric characters, '-', '_' or '.', " +
  "and must start and end with an alphanumeric character";
const keyRule = notMatching(`must ${characters}`, keyPattern, "MyName", "my.name", "123-abc");

/** `app`, `example.com/app`; what Kubernetes also calls a qualified name. */
export function labelKey(key: string): string[] {
  const parts = key.split("/");
  if (parts.length > 2) {
    const optionalPrefix =
      " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')";
    return [`a valid label key ${keyRule}${optionalPrefix}`];
  }
  const name = parts[parts.length - 1]!;
  return [...(parts.length === 2 ? prefixErrors(parts[0]!) : []), ...nameErrors(name)];
}

export function labelValue(value: string): string[] {
  const errors = value.length > 63 ? [maxBytes(63)] : [];
  if (valueExpression.test(value)) return errors;
  const rule = `a valid label must be an empty string or ${characters}`;
  return [...errors, notMatching(rule, valuePattern, "MyValue", "my_value", "12345")];
}

const prefixErrors = (prefix: string) =>
  (prefix === "" ? [nonEmpty] : dns1123Subdomain(prefix)).map((text) => `prefix part ${text}`);

function nameErrors(name: string): string[] {
  const errors: string[] = [];
  if (name === "") errors.push(`name part ${nonEmpty}`);
  else if (name.length > 63) errors.push(`name part ${maxBytes(63)}`);
  if (!keyExpression.test(name)) errors.push(`name part ${keyRule}`);
  return errors;
}
