// The verbs of nearly every kind.

import type { Verb } from "../kind.ts";

export const standardVerbs: readonly Verb[] = [
  "create",
  "delete",
  "deletecollection",
  "get",
  "list",
  "patch",
  "update",
  "watch",
];
