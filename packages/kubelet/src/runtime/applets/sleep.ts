// sleep: waits, by numbers with units.

import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";

const UNITS: { readonly [unit: string]: number } = { "": 1, s: 1, m: 60, h: 3600, d: 86400 };

export const sleep: Applets = {
  sleep: async (process) => {
    const args = process.argv.slice(1).filter((arg) => arg !== "--");
    if (args.length === 0) return complaint(process, "missing operand");
    let seconds = 0;
    for (const arg of args) {
      const duration = secondsOf(arg);
      if (duration === undefined) return refuse(process, arg);
      seconds += duration;
    }
    if (seconds === Infinity) await process.block(() => {});
    await process.sleep(seconds * 1000);
    return 0;
  },
};

function refuse(process: Process, arg: string): Promise<number> {
  if (process.flavour === "busybox") return complaint(process, `invalid number '${arg}'`);
  return complaint(process, `invalid time interval '${arg}'`);
}

/** `1.5`, `2m`, `infinity`; undefined when it is no duration. */
export function secondsOf(text: string): number | undefined {
  if (/^inf(?:inity)?$/i.test(text)) return Infinity;
  const match = /^(\d+(?:\.\d*)?|\.\d+)([smhd]?)$/.exec(text);
  return match ? Number(match[1]) * UNITS[match[2]!]! : undefined;
}
