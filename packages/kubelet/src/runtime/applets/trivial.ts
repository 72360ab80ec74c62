// Applets of a few lines: true, false, yes, pwd, basename, dirname, seq, clear, tty, nproc, sync.

import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";

export const trivial: Applets = {
  true: () => 0,
  false: () => 1,
  sync: () => 0,
  pwd: async (process) => {
    const logical = process.env.get("PWD");
    const isTrue = logical !== undefined && process.files.find(logical) !== undefined;
    const isHere = isTrue && process.files.realPath(logical) === process.cwd;
    await process.print(`${isHere && process.argv[1] !== "-P" ? logical : process.cwd}\n`);
    return 0;
  },
  yes: async (process) => {
    const line = `${process.argv.slice(1).join(" ") || "y"}\n`;
    const block = line.repeat(Math.max(1, Math.floor(4096 / line.length)));
    for (;;) {
      const pause = process.step();
      if (pause) await pause;
      await process.print(block);
    }
  },
  basename: async (process) => {
    const [, path, suffix = ""] = process.argv;
    if (path === undefined) return complaint(process, "missing operand");
    const base = path.replace(/\/+$/, "").replace(/^.*\//, "") || (path ? "/" : "");
    const isCut = suffix !== "" && base.endsWith(suffix) && base !== suffix;
    await process.print(`${isCut ? base.slice(0, -suffix.length) : base}\n`);
    return 0;
  },
  dirname: async (process) => {
    const [, path] = process.argv;
    if (path === undefined) return complaint(process, "missing operand");
    const trimmed = path.replace(/\/+$/, "");
    const slash = trimmed.lastIndexOf("/");
    const folder = slash < 0 ? "." : trimmed.slice(0, slash).replace(/\/+$/, "") || "/";
    await process.print(`${trimmed === "" && path ? "/" : folder}\n`);
    return 0;
  },
  clear: async (process) => {
    await process.print("\x1b[H\x1b[J");
    return 0;
  },
  tty: async (process) => {
    const isTerminal = process.descriptors[0]?.isTerminal ?? false;
    await process.print(isTerminal ? "/dev/pts/0\n" : "not a tty\n");
    return isTerminal ? 0 : 1;
  },
  nproc: async (process) => {
    await process.print("4\n");
    return 0;
  },
  seq: async (process) => {
    const args = process.argv.slice(1);
    let separator = "\n";
    let isPadded = false;
    while (/^-[sw]/.test(args[0] ?? "") && !/^-\d/.test(args[0]!)) {
      const option = args.shift()!;
      if (option.startsWith("-s")) separator = option.slice(2) || (args.shift() ?? "\n");
      else isPadded = true;
    }
    const numbers = args.map(Number);
    const bad = args.find((arg) => arg === "" || Number.isNaN(Number(arg)));
    if (bad !== undefined)
      return complaint(
        process,
        `invalid ${process.flavour === "gnu" ? "floating point argument: " : "number "}'${bad}'`,
      );
    if (numbers.length < 1 || numbers.length > 3) return complaint(process, "missing operand");
    const [from, step, to] = [
      numbers.length > 1 ? numbers[0]! : 1,
      numbers.length > 2 ? numbers[1]! : 1,
      numbers[numbers.length - 1]!,
    ];
    if (step === 0) return complaint(process, "increment must not be zero");
    const digits = Math.max(...args.map((arg) => arg.split(".")[1]?.length ?? 0));
    const width = isPadded ? Math.max(from.toFixed(digits).length, to.toFixed(digits).length) : 0;
    let block = "";
    for (let index = 0; ; index++) {
      const value = from + index * step;
      if (step > 0 ? value > to + 1e-9 : value < to - 1e-9) break;
      block += (index > 0 ? separator : "") + value.toFixed(digits).padStart(width, "0");
      if (block.length < 8192) continue;
      await process.print(block);
      block = "";
      const pause = process.step();
      if (pause) await pause;
    }
    const isEmpty = step > 0 ? from > to : from < to;
    if (!isEmpty) await process.print(`${block}\n`);
    return 0;
  },
};
