// CertificateSigningRequest: keeps who asked, checks that the request is sound, and lets approvers say so.
// @see kubernetes pkg/registry/certificates/certificates/strategy.go

import {
  invalid,
  invalidError,
  keepAllButConditions,
  validateCertificateApproval,
  type CertificateSigningRequest,
  type KubernetesObject,
} from "@kubonsai/api";
import type { UserInfo } from "../../authentication/user-info.ts";
import type { Behaviour, BehaviourContext, Reservation } from "../behaviour.ts";
import { timestamp } from "../metadata.ts";

const nothingReserved: Reservation = { keep: () => undefined, giveBack: () => undefined };

export function certificateSigningRequestBehaviour(context: BehaviourContext): Behaviour {
  const { kind, clock } = context;
  const withTimes =
    (prepare: typeof kind.prepareForStatusUpdate) =>
    (object: KubernetesObject, old: KubernetesObject) => {
      const now = timestamp(clock.now());
      setTimes(object as CertificateSigningRequest, old as CertificateSigningRequest, now);
      prepare?.(object, old);
    };
  return {
    async beginCreate(object, { user }) {
      const request = object as CertificateSigningRequest;
      setRequester(request, user);
      await checkRequest(context, request);
      return nothingReserved;
    },
    parts: {
      status: {
        prepare: withTimes(kind.prepareForStatusUpdate),
        validate: (object, old) => kind.validateStatusUpdate?.(object, old) ?? [],
      },
      approval: {
        prepare: withTimes((object, old) =>
          keepAllButConditions(
            object as CertificateSigningRequest,
            old as CertificateSigningRequest,
          ),
        ),
        validate: (object, old) =>
          validateCertificateApproval(
            object as CertificateSigningRequest,
            old as CertificateSigningRequest,
          ),
      },
    },
  };
}

/** Nobody can ask in another's name. */
function setRequester({ spec }: CertificateSigningRequest, user: UserInfo): void {
  const { name, uid, groups, extra } = user;
  for (const member of ["username", "uid", "groups", "extra"] as const) delete spec[member];
  spec.username = name;
  if (uid) spec.uid = uid;
  if (groups.length > 0) spec.groups = [...groups];
  if (extra && Object.keys(extra).length > 0) {
    spec.extra = Object.fromEntries(
      Object.entries(extra).map(([key, values]) => [key, [...values]]),
    );
  }
}

/** @throws Invalid when it is no request, or not signed with the key that it is for */
async function checkRequest({ kind }: BehaviourContext, request: CertificateSigningRequest) {
  const problem = await problemOf(Buffer.from(request.spec.request ?? "", "base64").toString());
  if (problem === "") return;
  const error = invalid("spec.request", request.spec.request ?? "", problem);
  throw invalidError(kind, request.metadata.name ?? "", [error]);
}

async function problemOf(pem: string): Promise<string> {
  const body = /-----BEGIN CERTIFICATE REQUEST-----([^-]*)-----END CERTIFICATE REQUEST-----/.exec(
    pem,
  );
  if (!body) return "PEM block type must be CERTIFICATE REQUEST";
  // Large, and asked for rarely: it is loaded with the first request for a certificate.
  await import("reflect-metadata");
  const { Pkcs10CertificateRequest } = await import("@peculiar/x509");
  try {
    const request = new Pkcs10CertificateRequest(Buffer.from(body[1]!, "base64"));
    return (await request.verify()) ? "" : "x509: signature does not match the public key";
  } catch (error) {
    return `asn1: structure error: ${(error as Error).message}`;
  }
}

function setTimes(
  { status }: CertificateSigningRequest,
  old: CertificateSigningRequest,
  now: string,
): void {
  for (const condition of status?.conditions ?? []) {
    condition.lastUpdateTime ??= now;
    const before = (old.status?.conditions ?? []).find(
      ({ type, status: was }) => type === condition.type && was === condition.status,
    );
    condition.lastTransitionTime ??= before?.lastTransitionTime ?? now;
  }
}
