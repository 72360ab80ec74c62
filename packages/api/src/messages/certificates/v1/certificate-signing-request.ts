// CertificateSigningRequest: asks for a certificate.

import {
  aString,
  bytes,
  int32,
  list,
  listOf,
  map,
  message,
  of,
  ref,
  string,
  time,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";
import { objectMeta, type ObjectMeta } from "../../../metadata/object-meta.ts";

export const certificateSigningRequest = message(
  "io.k8s.api.certificates.v1.CertificateSigningRequest",
  {
    kind: string(0),
    apiVersion: string(0),
    metadata: ref<ObjectMeta>(1, () => objectMeta).default({}),
    spec: ref<CertificateSigningRequestSpec>(2, () => certificateSigningRequestSpec)
      .required()
      .default({}),
    status: ref<CertificateSigningRequestStatus>(3, () => certificateSigningRequestStatus).default(
      {},
    ),
  },
);
export interface CertificateSigningRequest extends TypeOf<typeof certificateSigningRequest> {
  metadata: ObjectMeta;
}

export const certificateSigningRequestSpec = message(
  "io.k8s.api.certificates.v1.CertificateSigningRequestSpec",
  {
    request: bytes(1).required(),
    signerName: string(7).required(),
    expirationSeconds: int32(8).explicit(),
    usages: list(5, aString).atomic(),
    username: string(2),
    uid: string(3),
    groups: list(4, aString).atomic(),
    extra: map(6, listOf(aString)),
  },
);
export interface CertificateSigningRequestSpec extends TypeOf<
  typeof certificateSigningRequestSpec
> {}

export const certificateSigningRequestStatus = message(
  "io.k8s.api.certificates.v1.CertificateSigningRequestStatus",
  {
    conditions: list(
      1,
      of<CertificateSigningRequestCondition>(() => certificateSigningRequestCondition),
    ).listMap("type"),
    certificate: bytes(2),
  },
);
export interface CertificateSigningRequestStatus extends TypeOf<
  typeof certificateSigningRequestStatus
> {}

export const certificateSigningRequestCondition = message(
  "io.k8s.api.certificates.v1.CertificateSigningRequestCondition",
  {
    type: string(1).required(),
    status: string(6).required(),
    reason: string(2),
    message: string(3),
    lastUpdateTime: time(4),
    lastTransitionTime: time(5),
  },
);
export interface CertificateSigningRequestCondition extends TypeOf<
  typeof certificateSigningRequestCondition
> {}
