// tail: the end of files, and what is added to them.

import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { openInput, wholeOf } from "./input.ts";
import { parseOptions, type Parsed } from "./options.ts";

const POLL_MS = 1000;

export const tail: Applets = {
  tail: async (process) => {
    process.argv = process.argv.map((arg) => arg.replace(/^-(\d+)$/, "-n$1"));
    const options = await parseOptions(process, "n:c:fFqvs:[lines]:[bytes]:[follow][retry]");
    if (typeof options === "number") return options;
    const count = options.value("c", "bytes", "n", "lines") ?? "10";
    if (!/^[-+]?\d+$/.test(count)) return complaint(process, `invalid number '${count}'`);
    const names = options.operands.length > 0 ? options.operands : ["-"];
    const isTitled = (names.length > 1 && !options.has("q")) || options.has("v");
    let code = 0;
    for (const [index, name] of names.entries()) {
      const file = await openInput(process, name);
      if (!file) {
        code = 1;
        continue;
      }
      if (isTitled) await process.print(`${index > 0 ? "\n" : ""}==> ${name} <==\n`);
      await process.print(lastOf(await wholeOf(process, file), count, options));
      file.release();
    }
    if (!options.has("f", "F", "follow") || (code !== 0 && !options.has("F", "retry"))) return code;
    return follow(process, names, isTitled);
  },
};

function lastOf(bytes: Uint8Array, count: string, options: Parsed): Uint8Array {
  const number = Math.abs(Number(count));
  const isFromStart = count.startsWith("+");
  if (options.has("c", "bytes")) {
    return bytes.subarray(
      isFromStart ? Math.max(0, number - 1) : Math.max(0, bytes.length - number),
    );
  }
  return isFromStart ? fromLine(bytes, number) : lastLines(bytes, number);
}

function fromLine(bytes: Uint8Array, number: number): Uint8Array {
  let at = 0;
  for (let line = 1; line < number && at < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, at);
    at = newline < 0 ? bytes.length : newline + 1;
  }
  return bytes.subarray(at);
}

function lastLines(bytes: Uint8Array, number: number): Uint8Array {
  if (number === 0) return bytes.subarray(bytes.length);
  let at = bytes.length - 1;
  for (let left = number; at > 0; at--) {
    if (bytes[at - 1] === 0x0a && --left === 0) break;
  }
  return bytes.subarray(Math.max(0, at));
}

/** Looks every second; /dev/null and pipes never grow, so that `tail -f /dev/null` just waits. */
async function follow(process: Process, names: string[], isTitled: boolean): Promise<number> {
  const sizes = new Map(names.map((name) => [name, sizeOf(process, name)]));
  const growing = names.filter((name) => name !== "-" && !name.startsWith("/dev/"));
  if (growing.length === 0) await process.block(() => {});
  let shown = names[names.length - 1];
  for (;;) {
    await process.sleep(POLL_MS);
    for (const name of growing) {
      const size = sizeOf(process, name);
      const before = sizes.get(name)!;
      if (size === before) continue;
      sizes.set(name, size);
      if (isTitled && shown !== name) await process.print(`\n==> ${name} <==\n`);
      shown = name;
      await process.print(process.files.read(name).subarray(size < before ? 0 : before));
    }
  }
}

function sizeOf(process: Process, name: string): number {
  const entry = process.files.find(name);
  return entry?.kind === "file" ? entry.size : 0;
}
