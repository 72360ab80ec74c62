// Resource quotas: what is counted, and for which pods.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateResourceQuota

import { invalid, required, type FieldError } from "../errors/field-error.ts";
import type { ResourceQuota, ResourceQuotaSpec } from "../messages/core/v1/resource-quota.ts";
import { tryParseQuantity } from "../quantity/quantity.ts";
import { anyResourceName, resourceQuantity } from "./resources.ts";
import { fieldImmutable } from "./texts.ts";

export const validateResourceQuota = ({ spec }: ResourceQuota): FieldError[] => [
  ...amountErrors("spec.hard", spec?.hard),
  ...scopeErrors("spec.scopes", spec ?? {}),
  ...selectorErrors("spec", spec ?? {}),
];

export function validateResourceQuotaUpdate({ spec }: ResourceQuota, old: ResourceQuota) {
  const [scopes, before] = [new Set<string>(spec?.scopes), new Set<string>(old.spec?.scopes)];
  const isSame = scopes.size === before.size && [...scopes].every((one) => before.has(one));
  return isSame ? [] : [invalid("spec.scopes", spec?.scopes ?? null, fieldImmutable)];
}

export const validateResourceQuotaStatusUpdate = ({ status }: ResourceQuota): FieldError[] => [
  ...amountErrors("status.hard", status?.hard),
  ...amountErrors("status.used", status?.used),
];

const podCounts = ["pods"];
const computeResources = [
  ...["cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"],
];
const claimResources = ["persistentvolumeclaims", "requests.storage"];
const objectCounts = [
  ...["pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps"],
  ...["persistentvolumeclaims", "services.nodeports", "services.loadbalancers"],
];
const quotaResources = new Set([
  ...computeResources,
  ...objectCounts,
  ...["ephemeral-storage", "requests.storage", "requests.ephemeral-storage"],
  "limits.ephemeral-storage",
]);

const isQuotaResource = (name: string) =>
  quotaResources.has(name) || /^(requests\.)?hugepages-/.test(name);

function amountErrors(field: string, amounts: { [name: string]: string } = {}): FieldError[] {
  return Object.entries(amounts).flatMap(([name, text]) => {
    const path = `${field}[${name}]`;
    const errors = isQuotaResource(name) ? [] : anyResourceName(path, name);
    if (!name.includes("/") && !isQuotaResource(name)) {
      errors.push(invalid(path, name, "must be a standard resource for quota"));
    }
    errors.push(...resourceQuantity(path, text));
    const isWhole = (tryParseQuantity(text)?.nanos ?? 0n) % 10n ** 9n === 0n;
    const mustBeWhole = objectCounts.includes(name) || name.startsWith("count/");
    return mustBeWhole && !isWhole
      ? [...errors, invalid(path, text, "must be an integer")]
      : errors;
  });
}

const scopesOfPods = [
  ...["Terminating", "NotTerminating", "NotBestEffort", "PriorityClass"],
  "CrossNamespacePodAffinity",
];
const knownScopes = new Set([...scopesOfPods, "BestEffort", "VolumeAttributesClass"]);

function fitsScope(scope: string, resource: string): boolean {
  if (scope === "BestEffort") return podCounts.includes(resource);
  if (scope === "VolumeAttributesClass") return claimResources.includes(resource);
  if (!scopesOfPods.includes(scope)) return true;
  return podCounts.includes(resource) || computeResources.includes(resource);
}

const misfits = (scope: string, { hard }: ResourceQuotaSpec) =>
  Object.keys(hard ?? {})
    .sort()
    .filter((name) => isQuotaResource(name) && !fitsScope(scope, name));

function conflicts(field: string, scopes: readonly string[], shown: unknown): FieldError[] {
  const pairs = [
    ["BestEffort", "NotBestEffort"],
    ["Terminating", "NotTerminating"],
  ];
  return pairs
    .filter((pair) => pair.every((one) => scopes.includes(one)))
    .map(() => invalid(field, shown, "conflicting scopes"));
}

function scopeErrors(field: string, spec: ResourceQuotaSpec): FieldError[] {
  const scopes: readonly string[] = spec.scopes ?? [];
  const errors = scopes.flatMap((scope) => [
    ...(knownScopes.has(scope) ? [] : [invalid(field, scopes, "unsupported scope")]),
    ...misfits(scope, spec).map(() =>
      invalid(field, scopes, "unsupported scope applied to resource"),
    ),
  ]);
  return [...errors, ...conflicts(field, scopes, scopes)];
}

function selectorErrors(field: string, spec: ResourceQuotaSpec): FieldError[] {
  const { scopeSelector } = spec;
  if (!scopeSelector) return [];
  const path = `${field}.scopeSelector.matchExpressions`;
  const all = scopeSelector.matchExpressions ?? [];
  const errors = all.flatMap(({ scopeName, operator, values = [] }) => [
    ...(knownScopes.has(scopeName)
      ? []
      : [invalid(`${path}.scopeName`, scopeName, "unsupported scope")]),
    ...misfits(scopeName, spec).map(() =>
      invalid(path, scopeSelector, "unsupported scope applied to resource"),
    ),
    ...existsErrors(`${path}.operator`, scopeName, operator),
    ...valueErrors(path, operator, values),
  ]);
  const names = all.map(({ scopeName }) => scopeName);
  return [...errors, ...conflicts(path, names, spec.scopes ?? null)];
}

function existsErrors(field: string, scope: string, operator: string): FieldError[] {
  const needs = knownScopes.has(scope) && !/^(PriorityClass|VolumeAttributesClass)$/.test(scope);
  if (!needs || operator === "Exists") return [];
  const text =
    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, " +
    "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, " +
    "ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity";
  return [invalid(field, operator, text)];
}

function valueErrors(field: string, operator: string, values: readonly string[]): FieldError[] {
  switch (operator) {
    case "In":
    case "NotIn": {
      const text =
        "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector";
      return values.length > 0 ? [] : [required(`${field}.values`, text)];
    }
    case "Exists":
    case "DoesNotExist": {
      const text =
        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector";
      return values.length === 0 ? [] : [invalid(`${field}.values`, values, text)];
    }
    default:
      return [invalid(`${field}.operator`, operator, "not a valid selector operator")];
  }
}
