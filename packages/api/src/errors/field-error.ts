// One thing wrong with one field, in Kubernetes' wording. Validation returns a list of these.
// @see kubernetes apimachinery/pkg/util/validation/field/errors.go

/** The causes' `reason` in a Status. */
export type FieldErrorType =
  | "FieldValueNotFound"
  | "FieldValueRequired"
  | "FieldValueDuplicate"
  | "FieldValueInvalid"
  | "FieldValueNotSupported"
  | "FieldValueForbidden"
  | "FieldValueTooLong"
  | "FieldValueTooMany"
  | "InternalError"
  | "FieldValueTypeInvalid";

export interface FieldError {
  readonly type: FieldErrorType;
  /** `spec.containers[0].ports[1].name`, `metadata.labels[a.b/c]` */
  readonly field: string;
  /** Without the field: `Invalid value: "x": must be …`, `Required value: …` */
  readonly message: string;
}

export const required = (field: string, detail = ""): FieldError =>
  make("FieldValueRequired", field, withDetail("Required value", detail));

export const forbidden = (field: string, detail = ""): FieldError =>
  make("FieldValueForbidden", field, withDetail("Forbidden", detail));

export const invalid = (field: string, value: unknown, detail: string): FieldError =>
  make("FieldValueInvalid", field, withDetail(`Invalid value: ${shown(value)}`, detail));

/** Invalid as a whole: its value would say nothing. */
export const withoutValue = (field: string, detail: string): FieldError =>
  make("FieldValueInvalid", field, withDetail("Invalid value", detail));

export const duplicate = (field: string, value: unknown): FieldError =>
  make("FieldValueDuplicate", field, `Duplicate value: ${shown(value)}`);

export const notFound = (field: string, value: unknown): FieldError =>
  make("FieldValueNotFound", field, `Not found: ${shown(value)}`);

export const typeInvalid = (field: string, value: unknown, detail: string): FieldError =>
  make("FieldValueTypeInvalid", field, withDetail(`Invalid value: ${shown(value)}`, detail));

/** @param supported shown in this order; Kubernetes' own sets are sorted, its lists are not */
export const notSupported = (
  field: string,
  value: unknown,
  supported: readonly string[],
): FieldError => {
  const values = supported.map((one) => JSON.stringify(one));
  return make(
    "FieldValueNotSupported",
    field,
    `Unsupported value: ${shown(value)}: supported values: ${values.join(", ")}`,
  );
};

/** @param limit in bytes */
export const tooLong = (field: string, limit: number): FieldError =>
  make("FieldValueTooLong", field, `Too long: may not be more than ${limit} bytes`);

export const tooMany = (field: string, actual: number, limit: number): FieldError =>
  make("FieldValueTooMany", field, `Too many: ${actual}: must have at most ${limit} items`);

/** As one line of a message: `spec.replicas: Invalid value: -1: must be greater than …` */
export const describeFieldError = (error: FieldError): string => `${error.field}: ${error.message}`;

const make = (type: FieldErrorType, field: string, message: string): FieldError => ({
  type,
  field,
  message,
});

const withDetail = (text: string, detail: string) => (detail === "" ? text : `${text}: ${detail}`);

const shown = (value: unknown): string =>
  value === undefined || value === null ? "null" : JSON.stringify(value);
