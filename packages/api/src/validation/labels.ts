// Labels, annotations and label selectors as parts of objects.
// @see kubernetes apimachinery/pkg/apis/meta/v1/validation/validation.go

import { forbidden, invalid, required, tooLong, type FieldError } from "../errors/field-error.ts";
import type { LabelSelector, LabelSelectorRequirement } from "../metadata/label-selector.ts";
import { labelKey } from "./label-names.ts";
import { each, invalidFor, isLabelValue, isQualifiedName } from "./rules.ts";

type Texts = { readonly [key: string]: string };

const annotationLimitBytes = 256 * 1024;

export const validateLabels = (field: string, labels: Texts | undefined): FieldError[] =>
  Object.entries(labels ?? {}).flatMap(([key, value]) => [
    ...isQualifiedName(field, key),
    ...isLabelValue(field, value),
  ]);

/** Keys may have capitals, unlike those of labels' prefixes; only the total size is limited. */
export function validateAnnotations(field: string, annotations: Texts | undefined): FieldError[] {
  const entries = Object.entries(annotations ?? {});
  const errors = entries.flatMap(([key]) => invalidFor(field, key, labelKey(key.toLowerCase())));
  const bytes = entries.reduce((sum, [key, value]) => sum + byteLength(key) + byteLength(value), 0);
  return bytes > annotationLimitBytes ? [...errors, tooLong(field, annotationLimitBytes)] : errors;
}

export function validateLabelSelector(
  field: string,
  selector: LabelSelector | undefined,
): FieldError[] {
  if (!selector) return [];
  return [
    ...validateLabels(`${field}.matchLabels`, selector.matchLabels),
    ...each(`${field}.matchExpressions`, selector.matchExpressions, validateExpression),
  ];
}

function validateExpression(field: string, one: LabelSelectorRequirement): FieldError[] {
  return [
    ...operatorErrors(field, one),
    ...isQualifiedName(`${field}.key`, one.key),
    ...each(`${field}.values`, one.values, isLabelValue),
  ];
}

function operatorErrors(field: string, { operator, values = [] }: LabelSelectorRequirement) {
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length > 0) return [];
      return [required(`${field}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
    case "Exists":
    case "DoesNotExist":
      if (values.length === 0) return [];
      return [
        forbidden(
          `${field}.values`,
          "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
        ),
      ];
    default:
      return [invalid(`${field}.operator`, operator, "not a valid selector operator")];
  }
}

/** In UTF-8, as Go counts strings. */
export function byteLength(text: string): number {
  let bytes = text.length;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x80) continue;
    // Either half of a surrogate pair stands for two of the four bytes.
    bytes += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return bytes;
}
