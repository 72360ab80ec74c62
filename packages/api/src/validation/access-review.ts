// Access reviews: exactly one question, about somebody.
// @see kubernetes pkg/apis/authorization/validation/validation.go

import { invalid, type FieldError } from "../errors/field-error.ts";
import type { ObjectMeta } from "../metadata/object-meta.ts";
import type {
  LocalSubjectAccessReview,
  SelfSubjectAccessReview,
  SubjectAccessReview,
  SubjectAccessReviewSpec,
} from "../messages/authorization/v1/subject-access-review.ts";

export const validateSubjectAccessReview = ({ metadata, spec }: SubjectAccessReview) => [
  ...questionErrors(spec ?? {}),
  ...subjectErrors(spec ?? {}),
  ...emptyMetadata(metadata, "must be empty"),
];

export const validateSelfSubjectAccessReview = ({ metadata, spec }: SelfSubjectAccessReview) => [
  ...questionErrors(spec ?? {}),
  ...emptyMetadata(metadata, "must be empty"),
];

export function validateLocalSubjectAccessReview(review: LocalSubjectAccessReview): FieldError[] {
  const { metadata, spec = {} } = review;
  const { namespace = "", ...others } = metadata;
  const errors = [
    ...questionErrors(spec),
    ...subjectErrors(spec),
    ...emptyMetadata(others, "must be empty except for namespace"),
  ];
  const asked = spec.resourceAttributes?.namespace ?? "";
  if (spec.resourceAttributes && asked !== namespace) {
    const field = "spec.resourceAttributes.namespace";
    errors.push(invalid(field, asked, "must match metadata.namespace"));
  }
  if (!spec.nonResourceAttributes) return errors;
  const field = "spec.nonResourceAttributes";
  const text = "disallowed on this kind of request";
  return [...errors, invalid(field, spec.nonResourceAttributes, text)];
}

type Question = Pick<SubjectAccessReviewSpec, "resourceAttributes" | "nonResourceAttributes">;

function questionErrors({ resourceAttributes, nonResourceAttributes }: Question): FieldError[] {
  if (resourceAttributes && nonResourceAttributes) {
    const text = "cannot be specified in combination with resourceAttributes";
    return [invalid("spec.nonResourceAttributes", nonResourceAttributes, text)];
  }
  if (resourceAttributes || nonResourceAttributes) return [];
  const text = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
  return [invalid("spec.resourceAttributes", null, text)];
}

function subjectErrors({ user, groups }: SubjectAccessReviewSpec): FieldError[] {
  if (user || (groups ?? []).length > 0) return [];
  return [invalid("spec.user", "", "at least one of user or group must be specified")];
}

function emptyMetadata({ managedFields: _, ...metadata }: ObjectMeta, text: string): FieldError[] {
  const isEmpty = Object.values(metadata).every((value) => value === undefined || value === "");
  return isEmpty ? [] : [invalid("metadata", metadata, text)];
}
