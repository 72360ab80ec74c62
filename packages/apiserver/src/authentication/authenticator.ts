// Second room: who is this? Each way to prove it is one function.

import type { IncomingMessage } from "node:http";
import type { UserInfo } from "./user-info.ts";

/**
 * Undefined when the request carries nothing of this way's.
 * @throws Unauthorized when what it carries proves nothing
 */
export type Authenticator = (
  request: IncomingMessage,
) => UserInfo | undefined | Promise<UserInfo | undefined>;
