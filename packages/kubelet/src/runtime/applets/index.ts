// The list of applets: one line each. Images choose from it by name.

import type { Program } from "../process/program.ts";
import type { Applets } from "./applet.ts";
import { sleep } from "./sleep.ts";

const applets: Applets = {
  ...sleep,
};

/** busybox: the applet that it is called as, or that its first argument names. */
const busybox: Program = (process) => {
  const called = process.name;
  if (called === "busybox") process.argv = process.argv.slice(1);
  const program = Object.hasOwn(applets, process.name) ? applets[process.name] : undefined;
  if (program) return program(process);
  void process.complain(`${process.name}: applet not found\n`);
  return 127;
};

export const appletPrograms: Applets = { ...applets, busybox };

export const busyboxApplets: readonly string[] = Object.keys(applets);

export const gnuTools: readonly string[] = Object.keys(applets);
