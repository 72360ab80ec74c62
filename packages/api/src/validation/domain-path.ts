// `example.com/ingress-controller`: a path below a domain, by which controllers are named.
// @see kubernetes apimachinery/pkg/util/validation/validation.go IsDomainPrefixedPath

import { invalid, required, type FieldError } from "../errors/field-error.ts";
import { isSubdomain } from "./rules.ts";
import { notMatching } from "./texts.ts";

const pathPattern = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const pathExpression = new RegExp(`^${pathPattern}$`);

export function validateDomainPath(field: string, value: string | undefined): FieldError[] {
  if (!value) return [required(field)];
  const slash = value.indexOf("/");
  if (slash <= 0 || slash === value.length - 1) {
    return [invalid(field, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  }
  const [host, path] = [value.slice(0, slash), value.slice(slash + 1)];
  const errors = isSubdomain(field, host);
  if (pathExpression.test(path)) return errors;
  return [...errors, invalid(field, path, notMatching("Invalid path", pathPattern))];
}
