// CertificateSigningRequest: asks for a certificate.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { certificateSigningRequestColumns } from "../../columns/certificates.ts";
import { keepApproval, keepRequest } from "../../preparation/certificate-signing-request.ts";
import { dropStatus } from "../../preparation/status.ts";
import {
  validateCertificateRequestUpdate,
  validateCertificateSigningRequest,
  validateCertificateStatusUpdate,
} from "../../validation/certificate-signing-request.ts";
import {
  certificateSigningRequest,
  type CertificateSigningRequest,
} from "../../messages/certificates/v1/certificate-signing-request.ts";
import { statusOf } from "../subresource.ts";

export const certificateSigningRequestKind: Kind<CertificateSigningRequest> = {
  group: "certificates.k8s.io",
  version: "v1",
  resource: "certificatesigningrequests",
  namespaced: false,
  kind: "CertificateSigningRequest",
  listKind: "CertificateSigningRequestList",
  singular: "certificatesigningrequest",
  shortNames: ["csr"],
  categories: [],
  verbs: standardVerbs,
  schema: certificateSigningRequest,
  subresources: [
    {
      name: "approval",
      group: "certificates.k8s.io",
      version: "v1",
      kind: "CertificateSigningRequest",
      verbs: ["get", "patch", "update"],
    },
    statusOf("certificates.k8s.io", "v1", "CertificateSigningRequest"),
  ],
  nameRule: () => [],
  selectableFields: { "spec.signerName": ({ spec }) => spec.signerName ?? "" },
  columns: certificateSigningRequestColumns,
  prepareForCreate: dropStatus,
  prepareForUpdate: keepRequest,
  prepareForStatusUpdate: keepApproval,
  validate: validateCertificateSigningRequest,
  validateUpdate: validateCertificateRequestUpdate,
  validateStatusUpdate: validateCertificateStatusUpdate,
  defaultPropagation: "Background",
};
