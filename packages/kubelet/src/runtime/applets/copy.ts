// cp and mv.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { parseOptions, type Parsed } from "./options.ts";

const SPEC = "aAfiprRdLPHTnuvt:[archive][force][recursive][no-clobber][preserve]:[verbose]";

async function run(
  process: Process,
  one: (process: Process, from: string, to: string, options: Parsed) => Promise<number>,
): Promise<number> {
  const options = await parseOptions(process, SPEC);
  if (typeof options === "number") return options;
  const operands = [...options.operands];
  const target = options.value("t") ?? (operands.length > 1 ? operands.pop()! : undefined);
  if (operands.length === 0 || target === undefined)
    return complaint(
      process,
      operands.length === 0
        ? "missing file operand"
        : `missing destination file operand after '${operands[0]}'`,
    );
  const isInto = process.files.find(target)?.kind === "directory" && !options.has("T");
  if (operands.length > 1 && !isInto)
    return complaint(process, `target '${target}' is not a directory`);
  let code = 0;
  for (const from of operands) {
    const to = isInto
      ? `${target.replace(/\/$/, "")}/${from.replace(/\/+$/, "").replace(/^.*\//, "")}`
      : target;
    code = Math.max(code, await one(process, from, to, options));
  }
  return code;
}

async function copyOne(
  process: Process,
  from: string,
  to: string,
  options: Parsed,
): Promise<number> {
  const isDeep = options.has("r", "R", "a", "recursive", "archive");
  const isKept = options.has("p", "a", "archive", "preserve");
  const { files } = process;
  try {
    const follows = !options.has("d", "P", "a", "archive") && !(isDeep && !options.has("L"));
    const entry = files.get(from, { followLast: follows });
    if (entry.kind === "directory") {
      if (!isDeep)
        return await complaint(
          process,
          process.flavour === "gnu"
            ? `-r not specified; omitting directory '${from}'`
            : `omitting directory '${from}'`,
        );
      return await copyFolder(process, from, to, options);
    }
    if (options.has("n", "no-clobber") && files.exists(to)) return 0;
    if (files.exists(to) && files.realPath(from) === files.realPath(to))
      return await complaint(process, `'${from}' and '${to}' are the same file`);
    if (entry.kind === "symlink") {
      if (files.find(to, { followLast: false })) files.remove(to);
      files.makeSymlink(entry.target, to);
    } else {
      const isNew = !files.exists(to);
      files.create(to, { mode: entry.meta.mode & 0o777 }).write(files.read(from));
      if (isNew || isKept) keepMeta(process, from, to, isKept);
    }
    if (options.has("v", "verbose")) await process.print(`'${from}' -> '${to}'\n`);
    return 0;
  } catch (error) {
    return explain(process, error, from, to);
  }
}

async function copyFolder(
  process: Process,
  from: string,
  to: string,
  options: Parsed,
): Promise<number> {
  if (!process.files.exists(to)) process.files.makeDirectory(to, process.files.get(from).meta.mode);
  let code = 0;
  for (const name of process.files.list(from)) {
    const pause = process.step();
    if (pause) await pause;
    code = Math.max(
      code,
      await copyOne(
        process,
        `${from.replace(/\/$/, "")}/${name}`,
        `${to.replace(/\/$/, "")}/${name}`,
        options,
      ),
    );
  }
  if (options.has("p", "a", "archive")) keepMeta(process, from, to, true);
  return code;
}

function keepMeta(process: Process, from: string, to: string, isKept: boolean): void {
  const source = process.files.get(from).meta;
  const target = process.files.get(to).meta;
  target.modifiedMs = isKept ? source.modifiedMs : process.world.clock.now();
  if (!isKept) return;
  target.mode = source.mode;
  if (process.uid !== 0) return;
  target.uid = source.uid;
  target.gid = source.gid;
}

function explain(process: Process, error: unknown, from: string, to: string): Promise<number> {
  if (!(error instanceof ErrnoError)) throw error;
  const isSource = !process.files.find(from, { followLast: false });
  const { message } = error;
  if (process.flavour === "busybox")
    return complaint(
      process,
      isSource ? `can't stat '${from}': ${message}` : `can't create '${to}': ${message}`,
    );
  return complaint(
    process,
    isSource
      ? `cannot stat '${from}': ${message}`
      : `cannot create regular file '${to}': ${message}`,
  );
}

async function moveOne(
  process: Process,
  from: string,
  to: string,
  options: Parsed,
): Promise<number> {
  const { files } = process;
  try {
    if (options.has("n", "no-clobber") && files.exists(to)) return 0;
    files.rename(from, to);
    return 0;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    if (error.code === "EXDEV") return moveAcross(process, from, to);
    const isSource = !files.find(from, { followLast: false });
    if (process.flavour === "busybox")
      return complaint(
        process,
        isSource
          ? `can't rename '${from}': ${error.message}`
          : `can't rename '${from}': ${error.message}`,
      );
    return complaint(
      process,
      isSource
        ? `cannot stat '${from}': ${error.message}`
        : `cannot move '${from}' to '${to}': ${error.message}`,
    );
  }
}

/** Between volumes: a copy, then the original goes. */
async function moveAcross(process: Process, from: string, to: string): Promise<number> {
  const saved = process.argv;
  process.argv = [process.name, "-a", from, to];
  const options = await parseOptions(process, SPEC);
  process.argv = saved;
  if (typeof options === "number") return options;
  const code = await copyOne(process, from, to, options);
  if (code === 0) removeAll(process, from);
  return code;
}

function removeAll(process: Process, path: string): void {
  const { files } = process;
  if (files.get(path, { followLast: false }).kind !== "directory") return files.remove(path);
  for (const name of files.list(path)) removeAll(process, `${path}/${name}`);
  files.removeDirectory(path);
}

export const copy: Applets = {
  cp: (process) => run(process, copyOne),
  mv: (process) => run(process, moveOne),
};
