// A client certificate of our CA: the common name is the user, the organizations are the groups.
// @see kubernetes apiserver/pkg/authentication/request/x509/x509.go

import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import { unauthorized } from "@kubonsai/api";
import type { Authenticator } from "./authenticator.ts";
import type { UserInfo } from "./user-info.ts";

/** A connection keeps its certificate, so it is read once. `null`: it showed none. */
const known = new WeakMap<TLSSocket, UserInfo | null>();

export const clientCertificate: Authenticator = (request) => {
  const socket = request.socket as TLSSocket;
  let user = known.get(socket);
  if (user === undefined) {
    user = readCertificate(request);
    known.set(socket, user);
  }
  return user ?? undefined;
};

function readCertificate(request: IncomingMessage): UserInfo | null {
  const socket = request.socket as TLSSocket;
  if (typeof socket.getPeerCertificate !== "function") return null;
  const certificate = socket.getPeerCertificate(false);
  if (!certificate?.subject) return null;
  if (!socket.authorized) throw unauthorized();
  const [name] = namesOf(certificate.subject.CN);
  if (name === undefined) throw unauthorized();
  return { name, groups: namesOf(certificate.subject.O) };
}

/** Node gives one value as a text and several as a list. */
function namesOf(value: string | string[] | undefined): string[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
