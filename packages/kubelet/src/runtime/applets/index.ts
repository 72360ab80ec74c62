// The list of applets: one line each. Images choose from it by name.

import type { Program } from "../process/program.ts";
import { bash, sh } from "../shell/run-file.ts";
import type { Applets } from "./applet.ts";
import { awkTools } from "./awk/awk.ts";
import { base64Tools } from "./base64.ts";
import { change } from "./change.ts";
import { checksums } from "./checksums.ts";
import { copy } from "./copy.ts";
import { create } from "./create.ts";
import { date } from "./date.ts";
import { echo } from "./echo.ts";
import { find } from "./find.ts";
import { grep } from "./grep.ts";
import { identity } from "./identity.ts";
import { kill } from "./kill.ts";
import { links } from "./links.ts";
import { listing } from "./ls.ts";
import { machine } from "./machine.ts";
import { getentOnly, netTools } from "./net-tools.ts";
import { printf } from "./printf.ts";
import { remove } from "./remove.ts";
import { running } from "./run-command.ts";
import { sed } from "./sed.ts";
import { sleep } from "./sleep.ts";
import { sort } from "./sort.ts";
import { terminals } from "./stty.ts";
import { tail } from "./tail.ts";
import { archives } from "./tar/tar.ts";
import { test } from "./test.ts";
import { text } from "./text.ts";
import { trivial } from "./trivial.ts";
import { web } from "./wget.ts";

/** What busybox and GNU images both have. */
const shared: Applets = {
  ...archives,
  ...awkTools,
  ...base64Tools,
  ...change,
  ...checksums,
  ...copy,
  ...create,
  ...date,
  ...echo,
  ...find,
  ...getentOnly,
  ...grep,
  ...identity,
  ...kill,
  ...links,
  ...listing,
  ...machine,
  ...printf,
  ...remove,
  ...running,
  ...sed,
  ...sleep,
  ...sort,
  ...tail,
  ...terminals,
  ...test,
  ...text,
  ...trivial,
  curl: web["curl"]!,
};

/** In busybox images only: a Debian has them after an installation. */
const busyboxOnly: Applets = { ...netTools, wget: web["wget"]! };

const ofBusybox: Applets = { ...shared, ...busyboxOnly, sh, ash: sh };

/** busybox: the applet that it is called as, or that its first argument names. */
const busybox: Program = async (process) => {
  if (process.name === "busybox") process.argv = process.argv.slice(1);
  const { name } = process;
  if (Object.hasOwn(ofBusybox, name)) return ofBusybox[name]!(process);
  await process.complain(`${name}: applet not found\n`);
  return 127;
};

export const appletPrograms: Applets = { ...shared, ...busyboxOnly, sh, bash, busybox };

export const busyboxApplets: readonly string[] = Object.keys(ofBusybox);

export const gnuTools: readonly string[] = Object.keys(shared);
