// The table of requests for certificates.

import { humanDuration } from "../duration/human-duration.ts";
import type { Column } from "../kind.ts";
import type { CertificateSigningRequest } from "../messages/certificates/v1/certificate-signing-request.ts";
import { column } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

export const certificateSigningRequestColumns: readonly Column<CertificateSigningRequest>[] = [
  nameColumn,
  ageColumn,
  column("SignerName", "Who shall sign", ({ spec }) => spec.signerName || "<none>"),
  column("Requestor", "Who asks", ({ spec }) => spec.username ?? ""),
  column("RequestedDuration", "For how long", ({ spec: { expirationSeconds: seconds } }) =>
    seconds === undefined ? "<none>" : humanDuration(seconds * 1000),
  ),
  column("Condition", "What became of it", ({ status }) => {
    const has = (type: string) => (status?.conditions ?? []).some((one) => one.type === type);
    const answer = has("Denied") ? "Denied" : has("Approved") ? "Approved" : "Pending";
    const failed = has("Failed") ? ",Failed" : "";
    return `${answer}${failed}${status?.certificate ? ",Issued" : ""}`;
  }),
];
