// `Impersonate-User` and its companions: act as somebody else, where the real user may.
// @see kubernetes apiserver/pkg/endpoints/filters/impersonation/impersonation.go

import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { internalError } from "@kubonsai/api";
import type { Attributes } from "../authorization/authorizer.ts";
import type { UserInfo } from "./user-info.ts";

const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/;
const EXTRA_HEADER = "impersonate-extra-";

/** What must be allowed before the request may go on as `user`. */
export interface Impersonation {
  user: UserInfo;
  demands: Omit<Attributes, "user">[];
}

/** Undefined when the request asks for nobody else. */
export function impersonationOf(request: IncomingMessage): Impersonation | undefined {
  const { headers } = request;
  const name = one(headers["impersonate-user"]);
  const groups = all(request, "impersonate-group");
  const uid = one(headers["impersonate-uid"]);
  const extra = extraOf(request, headers);
  const asked = groups.length > 0 || uid !== "" || Object.keys(extra).length > 0;
  if (name === "") {
    if (asked) throw internalError("requested impersonation without impersonating a user");
    return undefined;
  }
  const account = SERVICE_ACCOUNT.exec(name);
  const demands = [
    account
      ? demand({ resource: "serviceaccounts", namespace: account[1]!, name: account[2]! })
      : demand({ resource: "users", name }),
    ...groups.map((group) => demand({ resource: "groups", name: group })),
    ...(uid === "" ? [] : [authenticationDemand({ resource: "uids", name: uid })]),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) =>
        authenticationDemand({ resource: "userextras", subresource: key, name: value }),
      ),
    ),
  ];
  return { user: userOf(name, { groups, uid, extra, account }), demands };
}

function userOf(
  name: string,
  asked: {
    groups: string[];
    uid: string;
    extra: { [key: string]: string[] };
    account: RegExpExecArray | null;
  },
): UserInfo {
  const { groups, uid, extra, account } = asked;
  const implied = account && groups.length === 0;
  return {
    name,
    groups: implied
      ? ["system:serviceaccounts", `system:serviceaccounts:${account[1]!}`]
      : name === "system:anonymous" && groups.length === 0
        ? ["system:unauthenticated"]
        : groups,
    ...(uid === "" ? {} : { uid }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  };
}

const demand = (asked: Partial<Attributes>): Omit<Attributes, "user"> => ({
  isResource: true,
  verb: "impersonate",
  group: "",
  version: "",
  namespace: "",
  resource: "",
  subresource: "",
  name: "",
  path: "",
  ...asked,
});

const authenticationDemand = (asked: Partial<Attributes>) =>
  demand({ group: "authentication.k8s.io", version: "v1", ...asked });

function extraOf(request: IncomingMessage, headers: IncomingHttpHeaders) {
  const extra: { [key: string]: string[] } = Object.create(null);
  for (const header of Object.keys(headers)) {
    if (!header.startsWith(EXTRA_HEADER)) continue;
    extra[unescaped(header.slice(EXTRA_HEADER.length))] = all(request, header);
  }
  return extra;
}

function unescaped(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
}

const one = (value: string | string[] | undefined) =>
  (Array.isArray(value) ? value[0] : value) ?? "";

/** Every line of a header by itself: Node joins repeated ones with commas. */
const all = (request: IncomingMessage, header: string): string[] =>
  request.headersDistinct[header] ?? [];
