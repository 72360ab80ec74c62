// Ingress classes and what they refer to.
// @see kubernetes pkg/apis/networking/validation/validation.go ValidateIngressClass

import { forbidden, required, tooLong, type FieldError } from "../errors/field-error.ts";
import type { TypedLocalObjectReference } from "../messages/core/v1/reference.ts";
import type {
  IngressClass,
  IngressClassParametersReference,
} from "../messages/networking/v1/ingress-class.ts";
import { validateDomainPath } from "./domain-path.ts";
import { pathSegment } from "./names.ts";
import { immutable, invalidFor, isLabel, isSubdomain, oneOf } from "./rules.ts";

const longestController = 250;

export function validateIngressClass({ spec = {} }: IngressClass): FieldError[] {
  const { controller = "", parameters } = spec;
  const field = "spec.controller";
  return [
    ...(controller.length > longestController ? [tooLong(field, longestController)] : []),
    ...validateDomainPath(field, controller),
    ...(parameters ? parameterErrors("spec.parameters", parameters) : []),
  ];
}

export const validateIngressClassUpdate = ({ spec }: IngressClass, old: IngressClass) =>
  immutable("spec.controller", spec?.controller ?? "", old.spec?.controller ?? "");

function parameterErrors(field: string, parameters: IngressClassParametersReference): FieldError[] {
  const { scope, namespace } = parameters;
  const errors = validateIngressParameters(field, parameters);
  const wrong = oneOf(`${field}.scope`, scope, ["Cluster", "Namespace"]);
  if (wrong.length > 0) return [...errors, ...wrong];
  const path = `${field}.namespace`;
  if (scope === "Cluster") {
    const text = "`parameters.scope` is set to 'Cluster'";
    return namespace === undefined ? errors : [...errors, forbidden(path, text)];
  }
  if (namespace !== undefined) return [...errors, ...isLabel(path, namespace)];
  return [...errors, required(path, "`parameters.scope` is set to 'Namespace'")];
}

/** Kind and name of another object, both as they appear in paths. */
export function validateIngressParameters(
  field: string,
  { apiGroup, kind, name }: TypedLocalObjectReference,
): FieldError[] {
  const segment = (path: string, value: string | undefined) =>
    value ? invalidFor(path, value, pathSegment(value)) : [required(path)];
  return [
    ...(apiGroup === undefined ? [] : isSubdomain(`${field}.apiGroup`, apiGroup)),
    ...segment(`${field}.kind`, kind),
    ...segment(`${field}.name`, name),
  ];
}
