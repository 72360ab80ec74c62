// chmod, chown, chgrp: permissions and owners.

import type { Process } from "../process/process.ts";
import { ErrnoError } from "../file-system/errno.ts";
import { accountNames } from "./accounts.ts";
import type { Applets } from "./applet.ts";
import { attempt, complaint } from "./complaint.ts";
import { parseMode } from "./mode.ts";
import { walkTree } from "./walk-tree.ts";

/** Options may stand behind the operands; a mode such as `-x` is no option. */
function split(process: Process): { flags: string; operands: string[] } {
  const isFlag = (arg: string) => /^-[RfvchLHP]+$/.test(arg) || /^--\w/.test(arg);
  const args = process.argv.slice(1).filter((arg) => arg !== "--");
  return { flags: args.filter(isFlag).join(""), operands: args.filter((arg) => !isFlag(arg)) };
}

async function forEach(
  process: Process,
  paths: readonly string[],
  { flags, change, verb }: { flags: string; change(path: string): void; verb: string },
): Promise<number> {
  let code = 0;
  const isRecursive = /R|--recursive/.test(flags);
  for (const path of paths) {
    try {
      const all = isRecursive ? [...walkTree(process, path)].map((found) => found.path) : [path];
      for (const one of all) {
        const gnu = `${verb} '${one}'`;
        code = Math.max(code, await attempt(process, { busybox: one, gnu }, () => change(one)));
      }
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      const text =
        process.flavour === "gnu"
          ? `cannot access '${path}': ${error.message}`
          : `${path}: ${error.message}`;
      code = flags.includes("f") ? 1 : await complaint(process, text);
    }
  }
  return code;
}

async function chmod(process: Process): Promise<number> {
  const { flags, operands } = split(process);
  const [mode, ...paths] = operands;
  if (mode === undefined || paths.length === 0) return complaint(process, "missing operand");
  if (parseMode(mode, 0) === undefined)
    return complaint(
      process,
      process.flavour === "gnu" ? `invalid mode: '${mode}'` : `invalid mode '${mode}'`,
    );
  return forEach(process, paths, {
    flags,
    verb: process.files.exists(paths[0]!) ? "changing permissions of" : "cannot access",
    change: (path) => {
      if (
        process.files.find(path, { followLast: false })?.kind === "symlink" &&
        flags.includes("R")
      )
        return;
      const entry = process.files.get(path);
      const meta = process.files.ownMeta(path);
      meta.mode = parseMode(mode, entry.meta.mode, entry.kind === "directory")!;
    },
  });
}

async function chown(process: Process): Promise<number> {
  const { flags, operands } = split(process);
  const [owner, ...paths] = operands;
  if (owner === undefined || paths.length === 0) return complaint(process, "missing operand");
  const isGroup = process.name === "chgrp";
  const [userName = "", groupName] = isGroup ? ["", owner] : owner.split(/[:.]/);
  const accounts = accountNames(process);
  const uid = userName ? accounts.uid(userName) : undefined;
  const gid = groupName ? accounts.gid(groupName) : undefined;
  if (userName && uid === undefined)
    return complaint(
      process,
      process.flavour === "gnu" ? `invalid user: '${owner}'` : `unknown user ${userName}`,
    );
  if (groupName && gid === undefined)
    return complaint(
      process,
      process.flavour === "gnu" ? `invalid group: '${owner}'` : `unknown group ${groupName}`,
    );
  return forEach(process, paths, {
    flags,
    verb: process.files.exists(paths[0]!) ? "changing ownership of" : "cannot access",
    change: (path) => {
      process.files.changeOwner(path, {
        ...(uid === undefined ? {} : { uid }),
        ...(gid === undefined ? {} : { gid }),
      });
    },
  });
}

export const change: Applets = { chmod, chown, chgrp: chown };
