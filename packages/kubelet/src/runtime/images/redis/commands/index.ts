// The list of commands: one line for each family.

import { administration } from "./administration.ts";
import type { Commands } from "./command.ts";
import { connection } from "./connection.ts";
import { hashes } from "./hashes.ts";
import { keys } from "./keys.ts";
import { lists } from "./lists.ts";
import { publishing } from "./publishing.ts";
import { sets } from "./sets.ts";
import { sortedSets } from "./sorted-sets.ts";
import { strings } from "./strings.ts";

export const commands: Commands = {
  ...administration,
  ...connection,
  ...hashes,
  ...keys,
  ...lists,
  ...publishing,
  ...sets,
  ...sortedSets,
  ...strings,
};
