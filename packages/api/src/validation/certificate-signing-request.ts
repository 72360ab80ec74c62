// Requests for certificates. Whether the request itself is sound is for the server to say.
// @see kubernetes pkg/apis/certificates/validation/validation.go

import { duplicate, forbidden, invalid, notSupported } from "../errors/field-error.ts";
import { required, tooLong, type FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type {
  CertificateSigningRequest,
  CertificateSigningRequestCondition,
} from "../messages/certificates/v1/certificate-signing-request.ts";
import { valueDiff } from "./line-diff.ts";
import { dns1123Label, dns1123Subdomain } from "./names.ts";
import { each } from "./rules.ts";

const usages = [
  ...["signing", "digital signature", "content commitment", "key encipherment", "key agreement"],
  ...["data encipherment", "cert sign", "crl sign", "encipher only", "decipher only", "any"],
  ...["server auth", "client auth", "code signing", "email protection", "s/mime"],
  ...["ipsec end system", "ipsec tunnel", "ipsec user", "timestamping", "ocsp signing"],
  ...["microsoft sgc", "netscape sgc"],
].sort();

type Request = CertificateSigningRequest;
const conditionsField = "status.conditions";

export function validateCertificateSigningRequest({ spec, status }: Request): FieldError[] {
  const { signerName, expirationSeconds: seconds } = spec;
  const legacy = "the legacy signerName is not allowed via this API version";
  const tooShort = "may not specify a duration less than 600 seconds (10 minutes)";
  return [
    ...usageErrors("spec.usages", spec.usages ?? []),
    ...(signerName === "kubernetes.io/legacy-unknown"
      ? [invalid("spec.signerName", signerName, legacy)]
      : signerErrors("spec.signerName", signerName)),
    ...(seconds !== undefined && seconds < 600
      ? [invalid("spec.expirationSeconds", seconds, tooShort)]
      : []),
    ...conditionErrors(status?.conditions ?? []),
  ];
}

function usageErrors(field: string, wanted: readonly string[]): FieldError[] {
  if (wanted.length === 0) return [required(field)];
  const seen = new Set<string>();
  const repeated = each(field, wanted, (path, usage) => {
    const errors = seen.has(usage) ? [duplicate(path, usage)] : [];
    seen.add(usage);
    return errors;
  });
  const unknown = each(field, wanted, (path, usage) =>
    usages.includes(usage) ? [] : [notSupported(path, usage, usages)],
  );
  return [...unknown, ...repeated];
}

const longestDomain = 253;
const longestSigner = 571;

/** `example.com/signer` */
function signerErrors(field: string, name: string | undefined): FieldError[] {
  if (!name) return [required(field)];
  const [domain = "", path = "", ...more] = name.split("/");
  if (!name.includes("/") || more.length > 0) {
    const text = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    return [invalid(field, name, text)];
  }
  const labels = domain.split(".");
  const segments = "should be a domain with at least two segments separated by dots";
  return [
    ...(domain.length > longestDomain ? [tooLong(field, longestDomain)] : []),
    ...labelErrors(field, domain, dns1123Label),
    ...(labels.length < 2 ? [invalid(field, domain, segments)] : []),
    ...labelErrors(field, path, dns1123Subdomain),
    ...(name.length > longestSigner ? [tooLong(field, longestSigner)] : []),
  ];
}

/** Of the first wrong part alone. */
function labelErrors(field: string, text: string, rule: (label: string) => string[]): FieldError[] {
  const wrong = text.split(".").find((label) => rule(label).length > 0);
  if (wrong === undefined) return [];
  const about = `validating label ${JSON.stringify(wrong)}`;
  return rule(wrong).map((problem) => invalid(field, text, `${about}: ${problem}`));
}

const alwaysTrue = ["Approved", "Denied", "Failed"];

function conditionErrors(conditions: readonly CertificateSigningRequestCondition[]): FieldError[] {
  const seen = new Set<string>();
  return each(conditionsField, conditions, (path, { type, status }) => {
    const errors = type ? [] : [required(`${path}.type`)];
    const statuses = alwaysTrue.includes(type) ? ["True"] : ["False", "True", "Unknown"];
    if (!status) errors.push(required(`${path}.status`));
    else if (!statuses.includes(status)) {
      errors.push(notSupported(`${path}.status`, status, statuses));
    }
    const other = type === "Approved" ? "Denied" : type === "Denied" ? "Approved" : undefined;
    if (other !== undefined && seen.has(other)) {
      const text = "Approved and Denied conditions are mutually exclusive";
      errors.push(invalid(conditionsField, type, text));
    }
    if (seen.has(type)) errors.push(duplicate(`${path}.type`, type));
    seen.add(type);
    return errors;
  });
}

/** What kind of writer is at work: only approvers approve, only signers put certificates. */
export interface CertificateWriter {
  readonly mayApprove: boolean;
  readonly maySign: boolean;
}

export function validateCertificateUpdate(
  request: Request,
  old: Request,
  { mayApprove, maySign }: CertificateWriter,
): FieldError[] {
  const errors: FieldError[] = [];
  const of = ({ status }: Request, type: string) =>
    (status?.conditions ?? []).filter((condition) => condition.type === type);
  for (const type of alwaysTrue) {
    if (of(request, type).length >= of(old, type).length) continue;
    const text = `updates may not remove a condition of type ${JSON.stringify(type)}`;
    errors.push(forbidden(conditionsField, text));
  }
  for (const type of mayApprove ? [] : ["Approved", "Denied"]) {
    errors.push(...changeErrors(type, of(request, type), of(old, type)));
  }
  const [now, before] = [request.status?.certificate ?? "", old.status?.certificate ?? ""];
  const field = "status.certificate";
  if (now === before) return errors;
  if (!maySign) return [...errors, forbidden(field, "updates may not set certificate content")];
  if (before === "") return errors;
  return [...errors, forbidden(field, "updates may not modify existing certificate content")];
}

function changeErrors(type: string, now: readonly object[], old: readonly object[]): FieldError[] {
  const of = `a condition of type ${JSON.stringify(type)}`;
  if (now.length > old.length) return [forbidden(conditionsField, `updates may not add ${of}`)];
  if (now.length < old.length || semanticEqual(now, old)) return [];
  const text = `updates may not modify ${of}\n${valueDiff(old, now)}`;
  return [forbidden(conditionsField, text)];
}

export const validateCertificateRequestUpdate = (request: Request, old: Request): FieldError[] =>
  validateCertificateUpdate(request, old, { mayApprove: false, maySign: false });

export const validateCertificateStatusUpdate = (request: Request, old: Request): FieldError[] => [
  ...validateCertificateSigningRequest(request),
  ...validateCertificateUpdate(request, old, { mayApprove: false, maySign: true }),
];

export const validateCertificateApproval = (request: Request, old: Request): FieldError[] => [
  ...validateCertificateSigningRequest(request),
  ...validateCertificateUpdate(request, old, { mayApprove: true, maySign: false }),
];
