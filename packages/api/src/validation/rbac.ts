// Roles and the bindings that give them to somebody.
// @see kubernetes pkg/apis/rbac/validation/validation.go

import { invalid, notSupported, required, type FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { ClusterRole, PolicyRule, Role } from "../messages/rbac/v1/role.ts";
import type {
  ClusterRoleBinding,
  RoleBinding,
  RoleRef,
  RoleBindingSubject,
} from "../messages/rbac/v1/role-binding.ts";
import { validateLabelSelector } from "./labels.ts";
import { dns1123Subdomain, pathSegment } from "./names.ts";
import { readSelector } from "./pod-controller.ts";
import { each, invalidFor } from "./rules.ts";

const group = "rbac.authorization.k8s.io";

export const validateRole = ({ rules }: Role): FieldError[] =>
  each("rules", rules ?? [], (path, rule) => ruleErrors(path, rule, true));

export function validateClusterRole({ rules, aggregationRule }: ClusterRole): FieldError[] {
  const errors = each("rules", rules ?? [], (path, rule) => ruleErrors(path, rule, false));
  if (!aggregationRule) return errors;
  const field = "aggregationRule.clusterRoleSelectors";
  const selectors = aggregationRule.clusterRoleSelectors ?? [];
  if (selectors.length === 0) {
    const text = "at least one clusterRoleSelector required if aggregationRule is non-nil";
    errors.push(required(field, text));
  }
  const wrong = each(field, selectors, (path, selector) => [
    ...validateLabelSelector(path, selector),
    ...(readSelector(selector) ? [] : [invalid(path, null, "invalid label selector.")]),
  ]);
  return [...errors, ...wrong];
}

function ruleErrors(field: string, rule: PolicyRule, isNamespaced: boolean): FieldError[] {
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [] } = rule;
  const urls = rule.nonResourceURLs ?? [];
  const errors: FieldError[] = [];
  if (verbs.length === 0) {
    errors.push(required(`${field}.verbs`, "verbs must contain at least one value"));
  }
  const path = `${field}.nonResourceURLs`;
  if (urls.length > 0) {
    const namespaced = "namespaced rules cannot apply to non-resource URLs";
    const both = "rules cannot apply to both regular resources and non-resource URLs";
    const isBoth = apiGroups.length + resources.length + resourceNames.length > 0;
    if (isNamespaced) errors.push(invalid(path, urls, namespaced));
    return isBoth ? [...errors, invalid(path, urls, both)] : errors;
  }
  if (apiGroups.length === 0) {
    const text = "resource rules must supply at least one api group";
    errors.push(required(`${field}.apiGroups`, text));
  }
  if (resources.length > 0) return errors;
  const text = "resource rules must supply at least one resource";
  return [...errors, required(`${field}.resources`, text)];
}

type Binding = RoleBinding | ClusterRoleBinding;

export const validateRoleBinding = (binding: RoleBinding): FieldError[] =>
  bindingErrors(binding, ["Role", "ClusterRole"]);

export const validateClusterRoleBinding = (binding: ClusterRoleBinding): FieldError[] =>
  bindingErrors(binding, ["ClusterRole"]);

export const validateBindingUpdate = ({ roleRef }: Binding, old: Binding): FieldError[] =>
  semanticEqual(roleRef, old.roleRef) ? [] : [invalid("roleRef", roleRef, "cannot change roleRef")];

function bindingErrors({ roleRef, subjects }: Binding, kinds: readonly string[]): FieldError[] {
  const isNamespaced = kinds.includes("Role");
  return [
    ...referenceErrors("roleRef", roleRef, kinds),
    ...each("subjects", subjects, (path, subject) => subjectErrors(path, subject, isNamespaced)),
  ];
}

function referenceErrors(
  field: string,
  { apiGroup = "", kind = "", name }: RoleRef,
  kinds: readonly string[],
): FieldError[] {
  return [
    ...(apiGroup === group ? [] : [notSupported(`${field}.apiGroup`, apiGroup, [group])]),
    ...(kinds.includes(kind) ? [] : [notSupported(`${field}.kind`, kind, kinds)]),
    ...(name ? invalidFor(`${field}.name`, name, pathSegment(name)) : [required(`${field}.name`)]),
  ];
}

function subjectErrors(
  field: string,
  subject: RoleBindingSubject,
  isNamespaced: boolean,
): FieldError[] {
  const { kind, name, apiGroup = "", namespace } = subject;
  const errors = name ? [] : [required(`${field}.name`)];
  const path = `${field}.apiGroup`;
  switch (kind) {
    case "User":
    case "Group":
      return apiGroup === group ? errors : [...errors, notSupported(path, apiGroup, [group])];
    case "ServiceAccount":
      if (name) errors.push(...invalidFor(`${field}.name`, name, dns1123Subdomain(name)));
      if (apiGroup !== "") errors.push(notSupported(path, apiGroup, [""]));
      if (!isNamespaced && !namespace) errors.push(required(`${field}.namespace`));
      return errors;
    default:
      return [...errors, notSupported(`${field}.kind`, kind, ["ServiceAccount", "User", "Group"])];
  }
}
