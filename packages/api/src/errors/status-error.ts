// Kubernetes' answer to a failed request: a `Status` object, thrown as an error.
// @see kubernetes apimachinery/pkg/api/errors/errors.go

import { describeFieldError, type FieldError } from "./field-error.ts";

export interface Status {
  kind: "Status";
  apiVersion: "v1";
  metadata: { continue?: string };
  status: "Success" | "Failure";
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code: number;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: { reason?: string; message?: string; field?: string }[];
  retryAfterSeconds?: number;
}

/** What an error is about: `resource` is the plural, as messages say `pods "a" not found`. */
export interface Subject {
  readonly group: string;
  readonly resource: string;
}

export class StatusError extends Error {
  readonly status: Status;

  constructor(
    code: number,
    reason: string,
    message: string,
    details?: StatusDetails,
    metadata: Status["metadata"] = {},
  ) {
    super(message);
    this.name = "StatusError";
    this.status = {
      kind: "Status",
      apiVersion: "v1",
      metadata,
      status: "Failure",
      message,
      ...(reason === "" ? {} : { reason }),
      ...(details === undefined ? {} : { details }),
      code,
    };
  }

  get code(): number {
    return this.status.code;
  }
  get reason(): string {
    return this.status.reason ?? "";
  }

  /** A Status received from a server. */
  static from(status: Status): StatusError {
    const { code, reason = "", message = "", details, metadata } = status;
    return new StatusError(code, reason, message, details, metadata);
  }
}

/** Whether `error` is a StatusError with this reason: `isReason(error, "NotFound")`. */
export function isReason(error: unknown, reason: string): error is StatusError {
  return error instanceof StatusError && error.reason === reason;
}

const about = ({ group, resource }: Subject, name: string): StatusDetails => ({
  name,
  ...(group === "" ? {} : { group }),
  kind: resource,
});

const qualified = ({ group, resource }: Subject) =>
  group === "" ? resource : `${resource}.${group}`;

export const notFoundError = (subject: Subject, name: string) =>
  new StatusError(
    404,
    "NotFound",
    `${qualified(subject)} ${JSON.stringify(name)} not found`,
    about(subject, name),
  );

export const alreadyExists = (subject: Subject, name: string) =>
  new StatusError(
    409,
    "AlreadyExists",
    `${qualified(subject)} ${JSON.stringify(name)} already exists`,
    about(subject, name),
  );

export const conflict = (subject: Subject, name: string, why: string) =>
  new StatusError(
    409,
    "Conflict",
    `Operation cannot be fulfilled on ${qualified(subject)} ${JSON.stringify(name)}: ${why}`,
    about(subject, name),
  );

export const forbiddenError = (subject: Subject, name: string, why: string) =>
  new StatusError(
    403,
    "Forbidden",
    name === ""
      ? `${qualified(subject)} is forbidden: ${why}`
      : `${qualified(subject)} ${JSON.stringify(name)} is forbidden: ${why}`,
    about(subject, name),
  );

/** @param kind the kind, not the resource: `Deployment.apps "x" is invalid: …` */
export const invalidError = (
  { group, kind }: { group: string; kind: string },
  name: string,
  errors: readonly FieldError[],
) => {
  const texts = [...new Set(errors.map(describeFieldError))];
  const all = texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`;
  return new StatusError(
    422,
    "Invalid",
    `${group === "" ? kind : `${kind}.${group}`} ${JSON.stringify(name)} is invalid: ${all}`,
    {
      name,
      ...(group === "" ? {} : { group }),
      kind,
      causes: errors.map(({ type, field, message }) => ({ reason: type, message, field })),
    },
  );
};

export const badRequest = (message: string) => new StatusError(400, "BadRequest", message);

export const unauthorized = () => new StatusError(401, "Unauthorized", "Unauthorized");

/** A continue token or a watch that starts too far back. */
export const expired = (message: string) => new StatusError(410, "Expired", message);

export const gone = (message: string) => new StatusError(410, "Gone", message);

export const internalError = (message: string) =>
  new StatusError(500, "InternalError", `Internal error occurred: ${message}`, {
    causes: [{ message }],
  });

export const methodNotAllowed = (subject: Subject, verb: string) =>
  new StatusError(
    405,
    "MethodNotAllowed",
    `${verb} is not supported on resources of kind ${JSON.stringify(qualified(subject))}`,
    { ...about(subject, ""), name: "" },
  );

export const tooManyRequests = (message: string, retryAfterSeconds: number) =>
  new StatusError(429, "TooManyRequests", message, { retryAfterSeconds });

export const unsupportedMediaType = (message: string) =>
  new StatusError(415, "UnsupportedMediaType", message);

export const notAcceptable = (message: string) => new StatusError(406, "NotAcceptable", message);

export const requestEntityTooLarge = (message: string) =>
  new StatusError(413, "RequestEntityTooLarge", message);

export const serviceUnavailable = (message: string) =>
  new StatusError(503, "ServiceUnavailable", message);
