// Fourth room: may this user do this? Each policy is one function; the first that allows decides.

import type { NonResourceRule, ResourceRule } from "@kubonsai/api";
import type { UserInfo } from "../authentication/user-info.ts";
import type { RequestInfo } from "../request/request-info.ts";

export interface Attributes extends Omit<RequestInfo, "rest"> {
  readonly user: UserInfo;
}

/** `no opinion` leaves it to the next; nobody's opinion is a refusal. `reason` follows the refusal. */
export type Decision = { allowed: boolean | undefined; reason?: string };

export type Authorizer = (attributes: Attributes) => Decision | Promise<Decision>;

/** What a user may do, as a rules review tells it. */
export interface GrantedRules {
  readonly resourceRules: readonly ResourceRule[];
  readonly nonResourceRules: readonly NonResourceRule[];
  /** Something could not be told: an unreadable role. */
  readonly incomplete: boolean;
}

export type RulesFor = (user: UserInfo, namespace: string) => GrantedRules | Promise<GrantedRules>;

/** Several policies' rules as one. */
export function allRules(policies: readonly RulesFor[]): RulesFor {
  return async (user, namespace) => {
    const granted = await Promise.all(policies.map((rulesFor) => rulesFor(user, namespace)));
    return {
      resourceRules: granted.flatMap(({ resourceRules }) => resourceRules),
      nonResourceRules: granted.flatMap(({ nonResourceRules }) => nonResourceRules),
      incomplete: granted.some(({ incomplete }) => incomplete),
    };
  };
}
