// rm, rmdir, unlink: taking entries away.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { attempt, complaint } from "./complaint.ts";
import { parseOptions, type Parsed } from "./options.ts";

async function rm(process: Process): Promise<number> {
  const options = await parseOptions(
    process,
    "firRdv[force][recursive][verbose][no-preserve-root]",
  );
  if (typeof options === "number") return options;
  if (options.operands.length === 0 && !options.has("f", "force")) {
    return complaint(
      process,
      process.flavour === "gnu"
        ? "missing operand\nTry 'rm --help' for more information."
        : "missing operand",
    );
  }
  let code = 0;
  for (const path of options.operands)
    code = Math.max(code, await removeOne(process, path, options));
  return code;
}

async function removeOne(process: Process, path: string, options: Parsed): Promise<number> {
  const isForced = options.has("f", "force");
  const isRecursive = options.has("r", "R", "recursive");
  const name = path.replace(/\/+$/, "").replace(/^.*\//, "");
  if (isRecursive && (name === "." || name === "..")) {
    return complaint(
      process,
      process.flavour === "gnu"
        ? `refusing to remove '.' or '..' directory: skipping '${path}'`
        : `can't remove '.' or '..'`,
    );
  }
  if (
    isRecursive &&
    process.flavour === "gnu" &&
    process.files.find(path) &&
    process.files.realPath(path) === "/" &&
    !options.has("no-preserve-root")
  ) {
    return complaint(
      process,
      "it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe",
    );
  }
  let code = 0;
  try {
    const entry = process.files.get(path, { followLast: false });
    if (entry.kind === "directory") {
      if (!isRecursive) return await refused(process, path, "EISDIR");
      for (const child of process.files.list(path)) {
        code = Math.max(
          code,
          await removeOne(process, `${path.replace(/\/$/, "")}/${child}`, options),
        );
      }
      const pause = process.step();
      if (pause) await pause;
      if (code === 0) process.files.removeDirectory(path);
    } else {
      process.files.remove(path);
    }
    if (options.has("v", "verbose"))
      await process.print(`removed ${entry.kind === "directory" ? "directory " : ""}'${path}'\n`);
    return code;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    if (isForced && (error.code === "ENOENT" || error.code === "ENOTDIR")) return 0;
    return refused(process, path, error.code);
  }
}

function refused(process: Process, path: string, code: ErrnoError["code"]): Promise<number> {
  const { message } = new ErrnoError(code);
  if (process.flavour === "gnu") return complaint(process, `cannot remove '${path}': ${message}`);
  if (code === "EISDIR") return complaint(process, `'${path}' is a directory`);
  return complaint(process, `can't remove '${path}': ${message}`);
}

async function rmdir(process: Process): Promise<number> {
  const options = await parseOptions(process, "pv[parents][ignore-fail-on-non-empty]");
  if (typeof options === "number") return options;
  if (options.operands.length === 0) return complaint(process, "missing operand");
  let code = 0;
  for (const operand of options.operands) {
    for (let path = operand; path && path !== "/" && path !== ".";) {
      const target = path;
      const words = { busybox: `'${target}'`, gnu: `failed to remove '${target}'` };
      const failed = await attempt(process, words, () => process.files.removeDirectory(target));
      code = Math.max(code, failed);
      if (failed || !options.has("p", "parents") || !path.includes("/")) break;
      path = path.slice(0, path.lastIndexOf("/"));
    }
  }
  return code;
}

export const remove: Applets = {
  rm,
  rmdir,
  unlink: async (process) => {
    const [, path = ""] = process.argv;
    const words = { busybox: `can't remove '${path}'`, gnu: `cannot unlink '${path}'` };
    return attempt(process, words, () => process.files.remove(path));
  },
};
