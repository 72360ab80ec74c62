// What the policies look at in a call.

import type { Attributes } from "./authorizer.ts";
import type { Call } from "../call.ts";

export const attributesOf = ({ info, user }: Call): Attributes => ({ ...info, user });
