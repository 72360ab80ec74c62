// Requests and limits of containers and pods, and the names of resources.
// @see kubernetes pkg/apis/core/validation/validation.go validateResourceRequirements

import { duplicate, forbidden, invalid, required, type FieldError } from "../errors/field-error.ts";
import type { ResourceRequirements } from "../messages/core/v1/resources.ts";
import { compareQuantities, tryParseQuantity } from "../quantity/quantity.ts";
import { labelKey } from "./label-names.ts";
import { invalidFor } from "./rules.ts";
import { isNegative } from "./texts.ts";

type ResourceList = { [resource: string]: string } | undefined;

const containerResources = new Set(["cpu", "memory", "ephemeral-storage"]);
const hugePages = "hugepages-";
const domain = "kubernetes.io/";

export function validateResourceRequirements(
  field: string,
  { limits, requests, claims }: ResourceRequirements,
  claimNames: ReadonlySet<string> = new Set(),
): FieldError[] {
  const errors = [
    ...listErrors(`${field}.limits`, limits),
    ...listErrors(`${field}.requests`, requests),
    ...comparisonErrors(field, limits, requests),
  ];
  const names = [...Object.keys(limits ?? {}), ...Object.keys(requests ?? {})];
  const isBare = !names.some((name) => name === "cpu" || name === "memory");
  if (isBare && names.some((name) => name.startsWith(hugePages))) {
    errors.push(forbidden(field, "HugePages require cpu or memory"));
  }
  const seen = new Set<string>();
  for (const [i, { name, request = "" }] of (claims ?? []).entries()) {
    errors.push(...claimErrors(`${field}.claims[${i}]`, name, claimNames));
    const key = `${name}/${request}`;
    if (seen.has(key)) errors.push(duplicate(`${field}.claims[${i}]`, name));
    seen.add(key);
  }
  return errors;
}

/** Names and values of one list: `spec.containers[0].resources.limits[cpu]`. */
const listErrors = (field: string, list: ResourceList): FieldError[] =>
  Object.entries(list ?? {}).flatMap(([name, text]) => [
    ...containerResourceName(`${field}[${name}]`, name),
    ...resourceQuantity(`${field}[${name}]`, text),
  ]);

export function resourceQuantity(field: string, text: string): FieldError[] {
  const quantity = tryParseQuantity(text);
  if (quantity === undefined) return [];
  return quantity.nanos < 0n ? [invalid(field, text, isNegative)] : [];
}

function comparisonErrors(field: string, limits: ResourceList, requests: ResourceList) {
  const errors: FieldError[] = [];
  for (const [name, text] of Object.entries(requests ?? {})) {
    const limitText = limits !== undefined && Object.hasOwn(limits, name) ? limits[name]! : "";
    const [request, limit] = [tryParseQuantity(text), tryParseQuantity(limitText)];
    if (request === undefined) continue;
    if (limit === undefined) {
      if (mayOvercommit(name)) continue;
      const why = "Limit must be set for non overcommitable resources";
      errors.push(required(`${field}.limits`, why));
      continue;
    }
    const order = compareQuantities(request, limit);
    const of = `${name} limit of ${limitText}`;
    if (order !== 0 && !mayOvercommit(name)) {
      errors.push(invalid(`${field}.requests`, text, `must be equal to ${of}`));
    } else if (order > 0) {
      errors.push(invalid(`${field}.requests`, text, `must be less than or equal to ${of}`));
    }
  }
  return errors;
}

const isNative = (name: string) => !name.includes("/") || name.includes(domain);

export const mayOvercommit = (name: string) => isNative(name) && !name.startsWith(hugePages);

/** What resources other than containers' may be called without a domain. */
const standardResources = new Set([
  ...containerResources,
  ...["requests.cpu", "requests.memory", "requests.ephemeral-storage", "requests.storage"],
  ...["limits.cpu", "limits.memory", "limits.ephemeral-storage"],
  ...["pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps"],
  ...["persistentvolumeclaims", "storage", "services.nodeports", "services.loadbalancers"],
]);

export function containerResourceName(field: string, name: string): FieldError[] {
  const errors = invalidFor(field, name, labelKey(name));
  if (errors.length > 0) return errors;
  if (!name.includes("/")) {
    if (containerResources.has(name) || name.startsWith(hugePages)) return [];
    const notStandard = "must be a standard resource type or fully qualified";
    return [
      ...(standardResources.has(name) ? [] : [invalid(field, name, notStandard)]),
      invalid(field, name, "must be a standard resource for containers"),
    ];
  }
  if (isNative(name) || isExtended(name)) return [];
  return [invalid(field, name, "doesn't follow extended resource name standard")];
}

/** Of anything, not of containers alone. */
export function anyResourceName(field: string, name: string): FieldError[] {
  const errors = invalidFor(field, name, labelKey(name));
  if (errors.length > 0 || name.includes("/") || standardResources.has(name)) return errors;
  return [invalid(field, name, "must be a standard resource type or fully qualified")];
}

const isExtended = (name: string) =>
  !name.startsWith("requests.") && labelKey(`requests.${name}`).length === 0;

function claimErrors(field: string, name: string, claimNames: ReadonlySet<string>): FieldError[] {
  if (name === "") return [required(field)];
  if (claimNames.has(name)) return [];
  const which =
    claimNames.size === 0 ? " which is empty" : `: ${[...claimNames].sort().join(", ")}`;
  return [
    {
      type: "FieldValueNotFound",
      field,
      message: `Not found: ${JSON.stringify(name)}: must be one of the names in pod.spec.resourceClaims${which}`,
    },
  ];
}
