// What every object's metadata must be, when it is made and when it is changed.
// @see kubernetes apimachinery/pkg/api/validation/objectmeta.go

import { forbidden, invalid, required, type FieldError } from "../errors/field-error.ts";
import type { ObjectMeta, OwnerReference } from "../metadata/object-meta.ts";
import { validateAnnotations, validateLabels } from "./labels.ts";
import { asPrefix, dns1123Label } from "./names.ts";
import { each, immutable, invalidFor, isQualifiedName, nonNegative } from "./rules.ts";

export interface ObjectMetaRules {
  readonly namespaced: boolean;
  readonly nameRule: (name: string) => string[];
}

export function validateObjectMeta(metadata: ObjectMeta, rules: ObjectMetaRules): FieldError[] {
  return [
    ...nameErrors(metadata, rules),
    ...namespaceErrors(metadata, rules.namespaced),
    ...nonNegative("metadata.generation", metadata.generation),
    ...partErrors(metadata),
    ...finalizerErrors(metadata.finalizers ?? []),
    ...each("metadata.finalizers", metadata.finalizers, standardOrPrefixed),
  ];
}

export function validateObjectMetaUpdate(metadata: ObjectMeta, old: ObjectMeta): FieldError[] {
  const errors = [...newFinalizerErrors(metadata, old)];
  if (!metadata.resourceVersion) {
    const text = "must be specified for an update";
    errors.push(invalid("metadata.resourceVersion", metadata.resourceVersion ?? "", text));
  }
  if ((metadata.generation ?? 0) < (old.generation ?? 0)) {
    errors.push(
      invalid("metadata.generation", metadata.generation ?? 0, "must not be decremented"),
    );
  }
  for (const member of immutableMembers) {
    errors.push(...immutable(`metadata.${member}`, metadata[member], old[member]));
  }
  const finalizers = each("metadata.finalizers", metadata.finalizers, standardOrPrefixed);
  return [...errors, ...partErrors(metadata), ...finalizers];
}

const immutableMembers = [
  "name",
  "namespace",
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
] as const;

function nameErrors({ name, generateName }: ObjectMeta, { nameRule }: ObjectMetaRules) {
  const errors: FieldError[] = [];
  if (generateName) {
    const texts = nameRule(asPrefix(generateName));
    errors.push(...invalidFor("metadata.generateName", generateName, texts));
  }
  if (!name) return [...errors, required("metadata.name", "name or generateName is required")];
  return [...errors, ...invalidFor("metadata.name", name, nameRule(name))];
}

function namespaceErrors({ namespace }: ObjectMeta, namespaced: boolean): FieldError[] {
  const field = "metadata.namespace";
  if (!namespaced) return namespace ? [forbidden(field, "not allowed on this type")] : [];
  if (!namespace) return [required(field)];
  return invalidFor(field, namespace, dns1123Label(namespace));
}

const partErrors = (metadata: ObjectMeta): FieldError[] => [
  ...validateLabels("metadata.labels", metadata.labels),
  ...validateAnnotations("metadata.annotations", metadata.annotations),
  ...ownerErrors(metadata.ownerReferences ?? []),
];

function ownerErrors(owners: readonly OwnerReference[]): FieldError[] {
  const field = "metadata.ownerReferences";
  const errors = owners.flatMap((owner) => ownerReferenceErrors(field, owner));
  let first = "";
  for (const { controller, kind, name } of owners) {
    if (controller !== true) continue;
    const current = `${kind}/${name}`;
    if (first === "") {
      first = current;
      continue;
    }
    const text =
      "Only one reference can have Controller set to true. " +
      `Found "true" in references for ${first} and ${current}`;
    errors.push(invalid(field, owners, text));
  }
  return errors;
}

function ownerReferenceErrors(field: string, owner: OwnerReference): FieldError[] {
  const { apiVersion = "", kind = "", name = "", uid = "" } = owner;
  const errors: FieldError[] = [];
  if (/^$|^\/|\/$|\/.*\//.test(apiVersion)) {
    errors.push(invalid(`${field}.apiVersion`, apiVersion, "version must not be empty"));
  }
  for (const [member, value] of Object.entries({ kind, name, uid })) {
    if (value === "") errors.push(invalid(`${field}.${member}`, value, "must not be empty"));
  }
  if (apiVersion === "v1" && kind === "Event") {
    errors.push(invalid(field, owner, "/v1, Kind=Event is disallowed from being an owner"));
  }
  return errors;
}

function finalizerErrors(finalizers: readonly string[]): FieldError[] {
  const field = "metadata.finalizers";
  const errors = finalizers.flatMap((one) => isQualifiedName(field, one));
  if (finalizers.includes("orphan") && finalizers.includes("foregroundDeletion")) {
    const text = "finalizer orphan and foregroundDeletion cannot be both set";
    errors.push(invalid(field, finalizers, text));
  }
  return errors;
}

const standardFinalizers = ["kubernetes", "orphan", "foregroundDeletion"];

/** Without a prefix a finalizer must be one of Kubernetes' own. */
export function standardOrPrefixed(field: string, finalizer: string): FieldError[] {
  if (finalizer.includes("/") || standardFinalizers.includes(finalizer)) return [];
  const text = "name is neither a standard finalizer name nor is it fully qualified";
  return [invalid(field, finalizer, text)];
}

function newFinalizerErrors(metadata: ObjectMeta, old: ObjectMeta): FieldError[] {
  if (!old.deletionTimestamp) return [];
  const before = new Set(old.finalizers);
  const added = (metadata.finalizers ?? []).filter((one) => !before.has(one)).sort();
  if (added.length === 0) return [];
  const shown = `[]string{${added.map((one) => JSON.stringify(one)).join(", ")}}`;
  return [
    forbidden(
      "metadata.finalizers",
      `no new finalizers can be added if the object is being deleted, found new finalizers ${shown}`,
    ),
  ];
}
