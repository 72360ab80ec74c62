// Which requests a webhook or a policy is for.
// @see kubernetes pkg/apis/admissionregistration/validation/validation.go validateRule

import { duplicate, forbidden, invalid, notSupported } from "../errors/field-error.ts";
import { required, tooMany, type FieldError } from "../errors/field-error.ts";
import type {
  MatchResources,
  NamedRuleWithOperations,
  ParamRef,
} from "../messages/admissionregistration/v1/match-resources.ts";
import type {
  MatchCondition,
  RuleWithOperations,
} from "../messages/admissionregistration/v1/webhook.ts";
import { validateLabelSelector } from "./labels.ts";
import { pathSegment } from "./names.ts";
import { each, invalidFor, isQualifiedName, oneOf, optionalOneOf } from "./rules.ts";

export const failurePolicies = ["Fail", "Ignore"];
export const matchPolicies = ["Equivalent", "Exact"];

const operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];

/** Without DELETE: what is going cannot be changed any more. */
const mutatingOperations = ["*", "CONNECT", "CREATE", "UPDATE"];

const alone = (field: string, values: readonly string[], what: string): FieldError[] =>
  values.length > 1 && values.includes("*")
    ? [invalid(field, values, `if '*' is present, must not specify other ${what}`)]
    : [];

export function validateAdmissionRule(field: string, rule: RuleWithOperations): FieldError[] {
  const { apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  const wanted = rule.operations ?? [];
  const missing = (member: string, values: readonly string[]) =>
    values.length === 0 ? [required(`${field}.${member}`)] : [];
  return [
    ...missing("operations", wanted),
    ...alone(`${field}.operations`, wanted, "operations"),
    ...each(`${field}.operations`, wanted, (path, one) => optionalOneOf(path, one, operations)),
    ...missing("apiGroups", apiGroups),
    ...alone(`${field}.apiGroups`, apiGroups, "API groups"),
    ...missing("apiVersions", apiVersions),
    ...alone(`${field}.apiVersions`, apiVersions, "API versions"),
    ...each(`${field}.apiVersions`, apiVersions, (path, one) => (one ? [] : [required(path)])),
    ...missing("resources", resources),
    ...resourceErrors(`${field}.resources`, resources),
    ...optionalOneOf(`${field}.scope`, scope, ["*", "Cluster", "Namespaced"]),
  ];
}

function resourceErrors(field: string, resources: readonly string[]): FieldError[] {
  const [wholes, parts] = [new Set<string>(), new Set<string>()];
  const errors = each(field, resources, (path, one) => {
    if (one === "") return [required(path)];
    const slash = one.indexOf("/");
    if (slash === -1) return [];
    const [resource, part] = [one.slice(0, slash), one.slice(slash + 1)];
    const clash = (all: string) =>
      invalid(path, one, `if '${all}' is present, must not specify ${one}`);
    const found = [
      ...(wholes.has(resource) ? [clash(`${resource}/*`)] : []),
      ...(parts.has(part) ? [clash(`*/${part}`)] : []),
    ];
    if (part === "*") wholes.add(resource);
    if (resource === "*") parts.add(part);
    return found;
  });
  if (resources.length > 1 && resources.includes("*/*")) {
    const text = "if '*/*' is present, must not specify other resources";
    errors.push(invalid(field, resources, text));
  }
  // Kubernetes looks at the last resource without a subresource alone.
  const last = resources.findLast((one) => one !== "" && !one.includes("/"));
  if (!resources.includes("*") || last === undefined || last === "*") return errors;
  const text = "if '*' is present, must not specify other resources without subresources";
  return [...errors, invalid(field, resources, text)];
}

export function validateMatchResources(field: string, match: MatchResources): FieldError[] {
  const { namespaceSelector, objectSelector } = match;
  return [
    ...oneOf(`${field}.matchPolicy`, match.matchPolicy, matchPolicies),
    ...validateLabelSelector(`${field}.namespaceSelector`, namespaceSelector),
    ...validateLabelSelector(`${field}.objectSelector`, objectSelector),
    ...each(`${field}.resourceRules`, match.resourceRules, namedErrors),
    ...each(`${field}.excludeResourceRules`, match.excludeResourceRules, namedErrors),
  ];
}

export const onlyMutable = (field: string, match: MatchResources | undefined): FieldError[] =>
  (match?.resourceRules ?? [])
    .flatMap((rule) => rule.operations ?? [])
    .filter((one) => !mutatingOperations.includes(one))
    .map((one) => notSupported(`${field}.resourceRules.operations`, one, mutatingOperations));

function namedErrors(field: string, rule: NamedRuleWithOperations): FieldError[] {
  const names = new Set<string>();
  const wrong = each(`${field}.resourceNames`, rule.resourceNames, (path, name) => {
    const errors = invalidFor(path, name, pathSegment(name));
    if (names.has(name)) errors.push(duplicate(path, name));
    names.add(name);
    return errors;
  });
  return [...wrong, ...validateAdmissionRule(field, rule)];
}

const mostConditions = 64;

/** Unlike Kubernetes, expressions are not compiled here. */
export function validateMatchConditions(
  field: string,
  conditions: readonly MatchCondition[] = [],
): FieldError[] {
  const names = new Set<string>();
  const count = conditions.length;
  return [
    ...(count > mostConditions ? [tooMany(field, count, mostConditions)] : []),
    ...each(field, conditions, (path, { name, expression }) => {
      const errors = (expression ?? "").trim() === "" ? [required(`${path}.expression`)] : [];
      if (!name) return [...errors, required(`${path}.name`)];
      errors.push(...isQualifiedName(`${path}.name`, name));
      if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
      names.add(name);
      return errors;
    }),
  ];
}

export function validateParamRef(field: string, param: ParamRef | undefined): FieldError[] {
  if (!param) return [];
  const { name, selector, parameterNotFoundAction: action } = param;
  const both = "name and selector are mutually exclusive";
  const supported = ["Deny", "Allow"];
  return [
    ...(name ? invalidFor(`${field}.name`, name, pathSegment(name)) : []),
    ...(name && selector ? [forbidden(`${field}.name`, both)] : []),
    ...validateLabelSelector(`${field}.selector`, selector),
    ...(name && selector ? [forbidden(`${field}.selector`, both)] : []),
    ...(name || selector ? [] : [required(field, "one of name or selector must be specified")]),
    ...oneOf(`${field}.parameterNotFoundAction`, action, supported),
  ];
}
