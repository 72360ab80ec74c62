// Applets that shells run without a process.

import type { Applets } from "./applet.ts";
import { echo } from "./echo.ts";
import { kill } from "./kill.ts";
import { printf } from "./printf.ts";
import { test } from "./test.ts";
import { trivial } from "./trivial.ts";

export const appletsInShell: Applets = {
  ...echo,
  ...kill,
  ...printf,
  ...test,
  true: trivial["true"]!,
  false: trivial["false"]!,
  pwd: trivial["pwd"]!,
};
