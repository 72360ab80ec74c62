// Asks each way in turn; the first that knows the user wins, and nobody at all is anonymous.

import type { IncomingMessage } from "node:http";
import { StatusError } from "@kubonsai/api";
import type { Authenticator } from "./authenticator.ts";
import type { UserInfo } from "./user-info.ts";

const ANONYMOUS: UserInfo = { name: "system:anonymous", groups: ["system:unauthenticated"] };

const AUTHENTICATED = "system:authenticated";

/** @throws Unauthorized when something was shown and nothing of it held */
export async function authenticate(
  request: IncomingMessage,
  authenticators: readonly Authenticator[],
): Promise<UserInfo> {
  let refusal: StatusError | undefined;
  for (const attempt of authenticators) {
    try {
      const user = await attempt(request);
      if (user) return withAuthenticatedGroup(user);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      refusal = error;
    }
  }
  if (refusal) throw refusal;
  return ANONYMOUS;
}

const completed = new WeakMap<UserInfo, UserInfo>();

/** Users are kept per connection and token, so that the group is added to each once. */
export function withAuthenticatedGroup(user: UserInfo): UserInfo {
  if (user.groups.includes(AUTHENTICATED) || user.groups.includes("system:unauthenticated")) {
    return user;
  }
  let complete = completed.get(user);
  if (!complete) {
    complete = { ...user, groups: [...user.groups, AUTHENTICATED] };
    completed.set(user, complete);
  }
  return complete;
}
