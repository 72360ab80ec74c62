// Fourth room: may this user do this? Each policy is one function; the first that allows decides.

import type { UserInfo } from "../authentication/user-info.ts";
import type { RequestInfo } from "../request/request-info.ts";

export interface Attributes extends Omit<RequestInfo, "rest"> {
  readonly user: UserInfo;
}

/** `no opinion` leaves it to the next; nobody's opinion is a refusal. `reason` follows the refusal. */
export type Decision = { allowed: boolean | undefined; reason?: string };

export type Authorizer = (attributes: Attributes) => Decision | Promise<Decision>;
