// Members of system:masters may do everything.

import type { Authorizer } from "./authorizer.ts";

export const superuser: Authorizer = ({ user }) => ({
  allowed: user.groups.includes("system:masters") ? true : undefined,
});
