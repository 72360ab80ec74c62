// tar: packs files into one stream and takes them out again. `kubectl cp` is made of it.

import { ErrnoError } from "../../file-system/errno.ts";
import type { OpenFile } from "../../process/open-file.ts";
import { openPath } from "../../process/open-entry.ts";
import type { Process } from "../../process/process.ts";
import type { Applets } from "../applet.ts";
import { complaint } from "../complaint.ts";
import { parseOptions, type Parsed } from "../options.ts";
import { createArchive } from "./create.ts";
import { readArchive } from "./extract.ts";

const SPEC =
  "cxtf:vzC:mpokOhjJSPT:X:[create][extract][get][list][file]:[verbose][gzip][directory]:[touch]" +
  "[same-permissions][preserve-permissions][no-same-permissions][same-owner][no-same-owner]" +
  "[to-stdout][strip-components]:[exclude]:[overwrite][numeric-owner][dereference]";

export interface TarOptions {
  readonly action: "create" | "extract" | "list";
  readonly operands: readonly string[];
  readonly isVerbose: boolean;
  readonly isPacked: boolean;
  readonly isToOutput: boolean;
  readonly keepsModes: boolean;
  readonly keepsOwners: boolean;
  readonly keepsTimes: boolean;
  /** Whether the operands name it, or a folder that it is in. */
  isWanted(name: string): boolean;
  isExcluded(path: string): boolean;
  /** Where a member goes: never above the working directory. Empty: nowhere. */
  placeOf(name: string): string;
}

async function tar(process: Process): Promise<number> {
  // the first word's dash may be left out
  const [, first] = process.argv;
  if (first !== undefined && /^[a-zA-Z]+$/.test(first)) process.argv = spreadOut(process.argv);
  const parsed = await parseOptions(process, SPEC);
  if (typeof parsed === "number") return parsed;
  const options = optionsOf(process, parsed);
  if (!options) return complaint(process, "You must specify one of the '-ctx' options", 2);
  if (options.action === "create" && options.operands.length === 0) {
    return complaint(process, "empty archive");
  }
  return inDirectory(process, parsed, options);
}

/** `tar xfC a.tar /tmp` → `tar -x -f a.tar -C /tmp`: the letters take their words in their order. */
function spreadOut([name = "", letters = "", ...rest]: string[]): string[] {
  const spread = [...letters].flatMap((letter) =>
    "fCTX".includes(letter) && rest.length > 0 ? [`-${letter}`, rest.shift()!] : [`-${letter}`],
  );
  return [name, ...spread, ...rest];
}

/** @returns undefined without an action */
function optionsOf(process: Process, parsed: Parsed): TarOptions | undefined {
  const { operands } = parsed;
  const action = parsed.has("c", "create")
    ? "create"
    : parsed.has("x", "extract", "get")
      ? "extract"
      : parsed.has("t", "list")
        ? "list"
        : undefined;
  if (!action) return undefined;
  const isRoot = process.uid === 0;
  const excluded = parsed.values("exclude", "X");
  const strip = Number(parsed.value("strip-components") ?? 0);
  const wanted = operands.map((name) => name.replace(/\/+$/, ""));
  return {
    action,
    operands,
    isVerbose: parsed.has("v", "verbose"),
    isPacked: parsed.has("z", "gzip"),
    isToOutput: parsed.has("O", "to-stdout"),
    keepsModes:
      (isRoot || parsed.has("p", "same-permissions", "preserve-permissions")) &&
      !parsed.has("no-same-permissions"),
    keepsOwners: isRoot && !parsed.has("o", "no-same-owner"),
    keepsTimes: !parsed.has("m", "touch"),
    isWanted: (name) =>
      !excluded.some((pattern) => isUnder(name, pattern)) &&
      (wanted.length === 0 || wanted.some((one) => isUnder(name, one))),
    isExcluded: (path) => excluded.some((pattern) => isUnder(path, pattern)),
    placeOf: (name) => inside(name).split("/").slice(strip).join("/"),
  };
}

const isUnder = (name: string, folder: string) => {
  const plain = name.replace(/\/+$/, "");
  return plain === folder || plain.startsWith(`${folder}/`);
};

/** Without leading slashes and without steps up. */
const inside = (name: string) =>
  name
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..")
    .join("/");

async function inDirectory(process: Process, parsed: Parsed, options: TarOptions): Promise<number> {
  let archive: OpenFile | undefined;
  try {
    archive = archiveFile(process, parsed, options);
    const directory = parsed.value("C", "directory");
    if (directory !== undefined) process.cwd = process.files.realPath(directory);
    if (options.action === "create") return await createArchive(process, archive, options);
    return await readArchive(process, archive, options);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const name = parsed.value("C", "directory") ?? parsed.value("f", "file") ?? "";
    const isBusybox = process.flavour === "busybox";
    const text = isBusybox ? `can't open '${name}'` : `${name}: Cannot open`;
    return complaint(process, `${text}: ${error.message}`, isBusybox ? 1 : 2);
  } finally {
    archive?.release();
  }
}

/** `-`, or none: the process's own streams. @throws ErrnoError */
function archiveFile(process: Process, parsed: Parsed, { action }: TarOptions): OpenFile {
  const name = parsed.value("f", "file") ?? "-";
  const isWritten = action === "create";
  if (name !== "-") return openPath(process, name, isWritten ? "write" : "read");
  const own = process.descriptors[isWritten ? 1 : 0];
  if (!own) throw new ErrnoError("EBADF");
  return own.share();
}

export const archives: Applets = { tar };
