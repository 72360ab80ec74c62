// What the API makes of a request for a certificate: it never changes, only what became of it does.
// @see kubernetes pkg/registry/certificates/certificates/strategy.go

import type { CertificateSigningRequest } from "../messages/certificates/v1/certificate-signing-request.ts";
import { keepSpec, keepStatus } from "./status.ts";

type Request = CertificateSigningRequest;

export function keepRequest(request: Request, old: Request): void {
  keepSpec(request, old);
  keepStatus(request, old);
}

/** Signers leave approval as it was. */
export function keepApproval(request: Request, old: Request): void {
  keepSpec(request, old);
  const before = old.status?.conditions ?? [];
  const conditions = request.status?.conditions;
  if (!conditions) return;
  for (const type of ["Approved", "Denied"]) {
    const kept = before.filter((one) => one.type === type);
    const now = conditions.filter((one) => one.type === type);
    if (kept.length !== now.length) continue;
    now.forEach((one, i) => (conditions[conditions.indexOf(one)] = kept[i]!));
  }
}

/** Approvers write the conditions and nothing else. */
export function keepAllButConditions(request: Request, old: Request): void {
  const conditions = request.status?.conditions;
  keepRequest(request, old);
  request.status = { ...old.status, ...(conditions ? { conditions } : {}) };
}
