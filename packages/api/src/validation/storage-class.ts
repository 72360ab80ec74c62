// Storage classes.
// @see kubernetes pkg/apis/storage/validation/validation.go ValidateStorageClass

import { duplicate, invalid, required, tooLong, type FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { StorageClass } from "../messages/storage/v1/storage-class.ts";
import type { TopologySelectorTerm } from "../messages/core/v1/topology-selector.ts";
import { labelKey } from "./label-names.ts";
import { byteLength } from "./labels.ts";
import { each, immutable, invalidFor, isQualifiedName, oneOf, optionalOneOf } from "./rules.ts";

const mostParameters = 512;
const largestParametersBytes = 256 * 1024;

export function validateStorageClass(storageClass: StorageClass): FieldError[] {
  const { provisioner, parameters, volumeBindingMode, allowedTopologies } = storageClass;
  const policy = storageClass.reclaimPolicy || undefined;
  return [
    ...(provisioner
      ? invalidFor("provisioner", provisioner, labelKey(provisioner.toLowerCase()))
      : [required("provisioner")]),
    ...validateParameters("parameters", parameters),
    ...optionalOneOf("reclaimPolicy", policy, ["Delete", "Retain"]),
    ...oneOf("volumeBindingMode", volumeBindingMode, ["Immediate", "WaitForFirstConsumer"]),
    ...topologyErrors("allowedTopologies", allowedTopologies ?? []),
  ];
}

export const validateStorageClassUpdate = (now: StorageClass, old: StorageClass): FieldError[] =>
  (["parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"] as const).flatMap((member) =>
    immutable(member, now[member], old[member]),
  );

export function validateParameters(
  field: string,
  parameters: { [name: string]: string } = {},
): FieldError[] {
  const entries = Object.entries(parameters);
  if (entries.length > mostParameters) return [tooLong(field, mostParameters)];
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return [
    ...entries
      .filter(([key]) => key === "")
      .map(() => invalid(field, "", "field can not be empty.")),
    ...(bytes > largestParametersBytes ? [tooLong(field, largestParametersBytes)] : []),
  ];
}

function topologyErrors(field: string, terms: readonly TopologySelectorTerm[]): FieldError[] {
  const seen: object[] = [];
  return each(field, terms, (path, term) => {
    const errors = termErrors(path, term);
    const values = Object.fromEntries(
      (term.matchLabelExpressions ?? []).map(({ key, values: all }) => [key, [...all].sort()]),
    );
    const expressions = `${path}.matchLabelExpressions`;
    if (seen.some((one) => semanticEqual(one, values))) errors.push(duplicate(expressions, ""));
    seen.push(values);
    return errors;
  });
}

function termErrors(field: string, { matchLabelExpressions }: TopologySelectorTerm): FieldError[] {
  const keys = new Set<string>();
  return each(`${field}.matchLabelExpressions`, matchLabelExpressions, (path, { key, values }) => {
    const errors = (values ?? []).length === 0 ? [required(`${path}.values`)] : [];
    const seen = new Set<string>();
    for (const [i, value] of (values ?? []).entries()) {
      if (seen.has(value)) errors.push(duplicate(`${path}.values[${i}]`, value));
      seen.add(value);
    }
    errors.push(...isQualifiedName(`${path}.key`, key));
    if (keys.has(key)) errors.push(duplicate(`${path}.key`, key));
    keys.add(key);
    return errors;
  });
}
