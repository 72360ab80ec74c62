// ls and stat: what is there, and its metadata.

import type { Entry } from "../file-system/file-system.ts";
import { DeviceFile } from "../file-system/device.ts";
import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";
import { accountNames, type AccountNames } from "./accounts.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { humanSize } from "./human-size.ts";
import { parseOptions, type Parsed } from "./options.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface Row {
  name: string;
  path: string;
  entry: Entry;
}

async function ls(process: Process): Promise<number> {
  const options = await parseOptions(
    process,
    "aAlhdRtrS1FpinsCxcuLHgokq[all][almost-all][color]:[human-readable][full-time][group-directories-first][time-style]:",
  );
  if (typeof options === "number") return process.flavour === "gnu" ? 2 : 1;
  const operands = options.operands.length > 0 ? options.operands : ["."];
  const files: Row[] = [];
  const folders: Row[] = [];
  let code = 0;
  for (const path of operands) {
    try {
      const follows = !options.has("l", "d") || path.endsWith("/");
      const entry = process.files.get(path, { followLast: follows });
      (entry.kind === "directory" && !options.has("d") ? folders : files).push({
        name: path,
        path,
        entry,
      });
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      code = await cannotAccess(process, path, error);
    }
  }
  await printRows(process, options, files);
  for (const [index, { path }] of folders.entries()) {
    if (index > 0 || files.length > 0) await process.print("\n");
    code = Math.max(
      code,
      await printFolder(process, options, path, operands.length > 1 || options.has("R")),
    );
  }
  return code;
}

function cannotAccess(process: Process, path: string, { message }: ErrnoError): Promise<number> {
  const text =
    process.flavour === "busybox" ? `${path}: ${message}` : `cannot access '${path}': ${message}`;
  return complaint(process, text, process.flavour === "busybox" ? 1 : 2);
}

async function printFolder(
  process: Process,
  options: Parsed,
  path: string,
  isTitled: boolean,
): Promise<number> {
  let names: string[];
  try {
    names = process.files.list(path);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const text =
      process.flavour === "busybox"
        ? `can't open '${path}': ${error.message}`
        : `cannot open directory '${path}': ${error.message}`;
    return complaint(process, text, process.flavour === "busybox" ? 1 : 2);
  }
  if (options.has("a", "all")) names = [".", "..", ...names];
  else if (!options.has("A", "almost-all")) names = names.filter((name) => !name.startsWith("."));
  if (isTitled) await process.print(`${path}:\n`);
  const rows = names.flatMap((name): Row[] => {
    const full = `${path.replace(/\/$/, "")}/${name}`;
    const entry = process.files.find(full, { followLast: false });
    return entry ? [{ name, path: full, entry }] : [];
  });
  if (options.has("l", "s", "g", "o", "n"))
    await process.print(`total ${rows.reduce((sum, { entry }) => sum + blocks(entry), 0)}\n`);
  await printRows(process, options, rows);
  if (!options.has("R")) return 0;
  let code = 0;
  for (const { name, path: full, entry } of rows) {
    if (entry.kind !== "directory" || name === "." || name === "..") continue;
    await process.print("\n");
    code = Math.max(code, await printFolder(process, options, full, true));
  }
  return code;
}

async function printRows(process: Process, options: Parsed, rows: Row[]): Promise<void> {
  if (rows.length === 0) return;
  sortRows(options, rows);
  const names = rows.map(
    (row) => row.name + (options.has("F", "p") ? mark(row.entry, options.has("F")) : ""),
  );
  if (!options.has("l", "g", "o", "n")) {
    const isTerminal = process.descriptors[1]?.isTerminal && !options.has("1");
    await process.print(isTerminal ? columns(names) : names.map((name) => `${name}\n`).join(""));
    return;
  }
  const accounts = accountNames(process, options.has("n"));
  const cells = rows.map((row, index) =>
    longCells(process, options, { ...row, name: names[index]! }, accounts),
  );
  const widths = [1, 2, 3, 4].map((at) => Math.max(...cells.map((cell) => cell[at]!.length)));
  const lines = cells.map(([mode, links, user, group, size, date, name]) =>
    [
      mode,
      links!.padStart(widths[0]!),
      user!.padEnd(widths[1]!),
      group!.padEnd(widths[2]!),
      size!.padStart(widths[3]!),
      date,
      name,
    ].join(" "),
  );
  await process.print(`${lines.join("\n")}\n`);
}

function sortRows(options: Parsed, rows: Row[]): void {
  if (options.has("t")) rows.sort((a, b) => b.entry.meta.modifiedMs - a.entry.meta.modifiedMs);
  else if (options.has("S")) rows.sort((a, b) => sizeOf(b.entry) - sizeOf(a.entry));
  if (options.has("r")) rows.reverse();
}

function longCells(
  process: Process,
  options: Parsed,
  { name, path, entry }: Row,
  accounts: AccountNames,
): string[] {
  const { meta } = entry;
  const target = entry.kind === "symlink" ? ` -> ${entry.target}` : "";
  const size = sizeOf(entry);
  return [
    modeText(entry),
    String(linksOf(process, path, entry)),
    accounts.user(meta.uid),
    accounts.group(meta.gid),
    options.has("h", "human-readable") ? humanSize(size) : String(size),
    dateText(meta.modifiedMs, process.world.clock.now()),
    name + target,
  ];
}

function linksOf(process: Process, path: string, entry: Entry): number {
  if (entry.kind !== "directory") return 1;
  let links = 2;
  for (const name of entry.names())
    if (process.files.find(`${path}/${name}`, { followLast: false })?.kind === "directory") links++;
  return links;
}

export function sizeOf(entry: Entry): number {
  if (entry.kind === "file") return entry.size;
  return entry.kind === "symlink" ? entry.target.length : 4096;
}

function blocks(entry: Entry): number {
  return entry.kind === "symlink" ? 0 : Math.ceil(sizeOf(entry) / 4096) * 4;
}

/** `drwxr-xr-x` */
export function modeText(entry: { kind: Entry["kind"]; meta: { mode: number } }): string {
  const { mode } = entry.meta;
  const kind =
    entry instanceof DeviceFile ? "c" : { directory: "d", symlink: "l", file: "-" }[entry.kind];
  const triple = (shift: number, special: number, letter: string) => {
    const bits = (mode >> shift) & 7;
    const isSpecial = (mode & special) !== 0;
    const execute = bits & 1 ? (isSpecial ? letter : "x") : isSpecial ? letter.toUpperCase() : "-";
    return (bits & 4 ? "r" : "-") + (bits & 2 ? "w" : "-") + execute;
  };
  return kind + triple(6, 0o4000, "s") + triple(3, 0o2000, "s") + triple(0, 0o1000, "t");
}

function dateText(ms: number, nowMs: number): string {
  const date = new Date(ms);
  const day = `${MONTHS[date.getUTCMonth()]} ${String(date.getUTCDate()).padStart(2)}`;
  const isRecent = Math.abs(nowMs - ms) < 182 * 86_400_000;
  if (!isRecent) return `${day}  ${date.getUTCFullYear()}`;
  const two = (number: number) => String(number).padStart(2, "0");
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

function mark(entry: Entry, isFull: boolean): string {
  if (entry.kind === "directory") return "/";
  if (!isFull) return "";
  return entry.kind === "symlink" ? "@" : entry.meta.mode & 0o111 ? "*" : "";
}

function columns(names: readonly string[]): string {
  const width = Math.max(...names.map((name) => name.length)) + 2;
  const count = Math.max(1, Math.floor(80 / width));
  const rows = Math.ceil(names.length / count);
  const lines = Array.from({ length: rows }, (_, row) =>
    names
      .filter((_name, index) => index % rows === row)
      .map((name) => name.padEnd(width))
      .join("")
      .trimEnd(),
  );
  return `${lines.join("\n")}\n`;
}

async function stat(process: Process): Promise<number> {
  const options = await parseOptions(process, "c:fLt[format]:[printf]:");
  if (typeof options === "number") return options;
  const accounts = accountNames(process, false);
  let code = 0;
  for (const path of options.operands) {
    const entry = process.files.find(path, { followLast: options.has("L") });
    if (!entry) {
      const why = new ErrnoError("ENOENT").message;
      code = await complaint(
        process,
        process.flavour === "gnu"
          ? `cannot statx '${path}': ${why}`
          : `can't stat '${path}': ${why}`,
      );
      continue;
    }
    const format = options.value("c", "format", "printf");
    await process.print(
      format === undefined
        ? fullStat(path, entry, accounts)
        : `${formatted(format, path, entry, accounts)}\n`,
    );
  }
  return code;
}

function kindText(entry: Entry): string {
  if (entry instanceof DeviceFile) return "character special file";
  if (entry.kind === "file") return entry.size === 0 ? "regular empty file" : "regular file";
  return entry.kind === "symlink" ? "symbolic link" : "directory";
}

function formatted(format: string, path: string, entry: Entry, accounts: AccountNames): string {
  const { meta } = entry;
  const values: { readonly [letter: string]: string } = {
    a: meta.mode.toString(8),
    A: modeText(entry),
    F: kindText(entry),
    g: String(meta.gid),
    G: accounts.group(meta.gid),
    n: path,
    N: path,
    s: String(sizeOf(entry)),
    u: String(meta.uid),
    U: accounts.user(meta.uid),
    y: timestamp(meta.modifiedMs),
    Y: String(Math.floor(meta.modifiedMs / 1000)),
    "%": "%",
  };
  return format
    .replace(/%([a-zA-Z%])/g, (whole, letter: string) => values[letter] ?? whole)
    .replaceAll("\\n", "\n");
}

function fullStat(path: string, entry: Entry, accounts: AccountNames): string {
  const { meta } = entry;
  const size = sizeOf(entry);
  const shown = entry.kind === "symlink" ? `${path} -> ${entry.target}` : path;
  const octal = (meta.mode & 0o7777).toString(8).padStart(4, "0");
  const time = timestamp(meta.modifiedMs);
  return [
    `  File: ${shown}`,
    `  Size: ${size}\tBlocks: ${Math.ceil(size / 512)}\tIO Block: 4096   ${kindText(entry)}`,
    `Access: (${octal}/${modeText(entry)})  Uid: (${String(meta.uid).padStart(5)}/${accounts.user(meta.uid).padStart(8)})   Gid: (${String(meta.gid).padStart(5)}/${accounts.group(meta.gid).padStart(8)})`,
    `Access: ${time}`,
    `Modify: ${time}`,
    `Change: ${time}`,
    "",
  ].join("\n");
}

function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().replace("T", " ").replace("Z", "000000")} +0000`;
}

export const listing: Applets = { ls, stat };
