// Text applets of a few lines: cat, head, wc, tee, tac, rev, uniq, cut, tr, nl.

import type { OpenFile } from "../process/open-file.ts";
import { openPath } from "../process/open-entry.ts";
import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { attempt, complaint } from "./complaint.ts";
import {
  allLines,
  asLines,
  chunksOf,
  lineBatches,
  sources,
  wholeOf,
  type Outcome,
} from "./input.ts";
import { parseOptions } from "./options.ts";

export const text: Applets = { cat, head, wc, tee, tac, rev, uniq, cut, tr, nl };

async function cat(process: Process): Promise<number> {
  const options = await parseOptions(process, "nbsAeEtTuv");
  if (typeof options === "number") return options;
  const outcome: Outcome = { code: 0 };
  let number = 0;
  for await (const { file } of sources(process, options.operands, outcome)) {
    if (!options.has("n", "b")) {
      for await (const chunk of chunksOf(process, file)) await process.print(chunk);
      continue;
    }
    for await (const batch of lineBatches(process, file)) {
      const numbered = batch.map((line) =>
        options.has("b") && line === "" ? "" : `${String(++number).padStart(6)}\t${line}`,
      );
      await process.print(asLines(numbered));
    }
  }
  return outcome.code;
}

async function head(process: Process): Promise<number> {
  process.argv = process.argv.map((arg) => arg.replace(/^-(\d+)$/, "-n$1"));
  const options = await parseOptions(process, "n:c:qv[lines]:[bytes]:");
  if (typeof options === "number") return options;
  const bytes = options.value("c", "bytes");
  const count = Number(bytes ?? options.value("n", "lines") ?? "10");
  if (Number.isNaN(count))
    return complaint(process, `invalid number '${bytes ?? options.value("n", "lines")}'`);
  const outcome: Outcome = { code: 0 };
  const isTitled = (options.operands.length > 1 && !options.has("q")) || options.has("v");
  let index = 0;
  for await (const { name, file } of sources(process, options.operands, outcome)) {
    if (isTitled) await process.print(`${index++ > 0 ? "\n" : ""}==> ${name} <==\n`);
    await printHead(process, file, count, bytes !== undefined);
  }
  return outcome.code;
}

async function printHead(
  process: Process,
  file: OpenFile,
  count: number,
  areBytes: boolean,
): Promise<void> {
  if (count < 0) {
    const whole = Buffer.from(await wholeOf(process, file));
    if (areBytes) return void (await process.print(whole.subarray(0, count)));
    const lines = whole.toString().split(/(?<=\n)/);
    return void (await process.print(lines.slice(0, count).join("")));
  }
  let left = count;
  for await (const chunk of chunksOf(process, file)) {
    if (left <= 0) return;
    let end = 0;
    if (areBytes) {
      end = Math.min(chunk.length, left);
      left -= end;
    } else {
      while (left > 0 && end < chunk.length) if (chunk[end++] === 0x0a) left--;
    }
    await process.print(chunk.subarray(0, end));
    if (left <= 0) return;
  }
}

async function wc(process: Process): Promise<number> {
  const options = await parseOptions(process, "clmwL[lines][bytes][words][chars]");
  if (typeof options === "number") return options;
  const outcome: Outcome = { code: 0 };
  const total = { l: 0, w: 0, c: 0 };
  const isAll = !options.has("l", "w", "c", "m", "lines", "words", "bytes", "chars");
  const kinds = (["l", "w", "c"] as const).filter(
    (kind) =>
      isAll ||
      options.has(kind) ||
      (kind === "c" && options.has("m", "bytes", "chars")) ||
      (kind === "l" && options.has("lines")) ||
      (kind === "w" && options.has("words")),
  );
  const isAligned =
    process.flavour === "gnu" ? kinds.length > 1 : kinds.length > 1 || options.operands.length > 1;
  const width =
    process.flavour === "gnu" && options.operands.length > 0 && !isAll
      ? 1
      : isAligned
        ? process.flavour === "busybox"
          ? 9
          : 7
        : 0;
  const row = (counts: typeof total, name: string) =>
    `${kinds.map((kind) => String(counts[kind]).padStart(width)).join(" ")}${name === "-" && options.operands.length === 0 ? "" : ` ${name}`}\n`;
  let files = 0;
  for await (const { name, file } of sources(process, options.operands, outcome)) {
    const counts = countAll(await wholeOf(process, file), options.has("m", "chars"));
    for (const kind of ["l", "w", "c"] as const) total[kind] += counts[kind];
    await process.print(row(counts, name));
    files++;
  }
  if (files > 1) await process.print(row(total, "total"));
  return outcome.code;
}

function countAll(bytes: Uint8Array, areChars: boolean): { l: number; w: number; c: number } {
  let l = 0;
  let w = 0;
  let isWord = false;
  for (const byte of bytes) {
    if (byte === 0x0a) l++;
    const isBlank = byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
    if (!isBlank && !isWord) w++;
    isWord = !isBlank;
  }
  return { l, w, c: areChars ? [...Buffer.from(bytes).toString()].length : bytes.length };
}

async function tee(process: Process): Promise<number> {
  const options = await parseOptions(process, "ai[append]");
  if (typeof options === "number") return options;
  const outputs: OpenFile[] = [];
  let code = 0;
  for (const path of options.operands) {
    const words = { busybox: path, gnu: path };
    const access = options.has("a", "append") ? "append" : "write";
    code ||= await attempt(process, words, () => outputs.push(openPath(process, path, access)));
  }
  for await (const chunk of chunksOf(process, process.descriptors[0]!)) {
    await process.print(chunk);
    for (const output of outputs) await output.write(process, chunk);
  }
  return code;
}

async function tac(process: Process): Promise<number> {
  const outcome: Outcome = { code: 0 };
  const lines = await allLines(process, process.argv.slice(1), outcome);
  await process.print(asLines(lines.reverse()));
  return outcome.code;
}

async function rev(process: Process): Promise<number> {
  const outcome: Outcome = { code: 0 };
  for await (const { file } of sources(process, process.argv.slice(1), outcome)) {
    for await (const batch of lineBatches(process, file)) {
      await process.print(asLines(batch.map((line) => [...line].reverse().join(""))));
    }
  }
  return outcome.code;
}

async function uniq(process: Process): Promise<number> {
  const options = await parseOptions(process, "cduif:s:w:");
  if (typeof options === "number") return options;
  const outcome: Outcome = { code: 0 };
  const lines = await allLines(process, options.operands.slice(0, 1), outcome);
  const groups: { line: string; count: number }[] = [];
  const key = (line: string) => (options.has("i") ? line.toLowerCase() : line);
  for (const line of lines) {
    const last = groups[groups.length - 1];
    if (last && key(last.line) === key(line)) last.count++;
    else groups.push({ line, count: 1 });
  }
  const kept = groups.filter(
    ({ count }) => (!options.has("d") || count > 1) && (!options.has("u") || count === 1),
  );
  await process.print(
    asLines(
      kept.map(({ line, count }) =>
        options.has("c") ? `${String(count).padStart(7)} ${line}` : line,
      ),
    ),
  );
  return outcome.code;
}

async function cut(process: Process): Promise<number> {
  const options = await parseOptions(process, "b:c:d:f:sn[output-delimiter]:[complement]");
  if (typeof options === "number") return options;
  const fields = options.value("f");
  const list = fields ?? options.value("c", "b");
  if (list === undefined)
    return complaint(
      process,
      process.flavour === "gnu"
        ? "you must specify a list of bytes, characters, or fields"
        : "expected a list of bytes, characters, or fields",
    );
  const isChosen = chooser(list);
  const delimiter = options.value("d") ?? "\t";
  const glue = options.value("output-delimiter") ?? (fields === undefined ? "" : delimiter);
  const outcome: Outcome = { code: 0 };
  for await (const { file } of sources(process, options.operands, outcome)) {
    for await (const batch of lineBatches(process, file)) {
      const kept = batch.filter((line) => !options.has("s") || line.includes(delimiter));
      const output = kept.map((line) => {
        if (fields !== undefined && !line.includes(delimiter)) return line;
        const parts = fields === undefined ? [...line] : line.split(delimiter);
        return parts
          .filter((_, index) => isChosen(index + 1) !== options.has("complement"))
          .join(glue);
      });
      await process.print(asLines(output));
    }
  }
  return outcome.code;
}

/** `1,3-5,7-`: which numbers are meant. */
function chooser(list: string): (number: number) => boolean {
  const ranges = list.split(",").map((part) => {
    const [from, to] = part.split("-");
    return part.includes("-")
      ? [Number(from || 1), to ? Number(to) : Infinity]
      : [Number(part), Number(part)];
  });
  return (number) => ranges.some(([from, to]) => number >= from! && number <= to!);
}

async function tr(process: Process): Promise<number> {
  const options = await parseOptions(process, "+cCds");
  if (typeof options === "number") return options;
  const [first = "", second] = options.operands;
  const from = characters(first);
  const to = second === undefined ? [] : characters(second);
  const isMember = (char: string) => from.includes(char) !== options.has("c", "C");
  const squeezed = options.has("s") ? new Set(to.length > 0 ? to : from) : new Set<string>();
  let last = "";
  for await (const chunk of chunksOf(process, process.descriptors[0]!)) {
    let output = "";
    for (const char of Buffer.from(chunk).toString()) {
      if (options.has("d") && isMember(char)) continue;
      const at =
        isMember(char) && to.length > 0
          ? options.has("c", "C")
            ? to.length - 1
            : from.indexOf(char)
          : -1;
      const mapped = options.has("d") || at < 0 ? char : to[Math.min(at, to.length - 1)]!;
      if (squeezed.has(mapped) && mapped === last) continue;
      output += mapped;
      last = mapped;
    }
    await process.print(output);
  }
  return 0;
}

const SETS: { readonly [name: string]: string } = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  blank: " \t",
  digit: "0-9",
  lower: "a-z",
  space: " \t\n\v\f\r",
  upper: "A-Z",
  punct: "!-/:-@[-`{-~",
};

function characters(set: string): string[] {
  const named = set.replace(/\[:(\w+):\]/g, (_whole, name: string) => SETS[name] ?? "");
  const plain = named.replace(
    /\\([ntr\\0])/g,
    (_whole, letter: string) => ({ n: "\n", t: "\t", r: "\r", "0": "\0" })[letter] ?? "\\",
  );
  const result: string[] = [];
  for (let at = 0; at < plain.length; at++) {
    const isRange = plain[at + 1] === "-" && at + 2 < plain.length;
    const last = isRange ? plain.charCodeAt(at + 2) : plain.charCodeAt(at);
    for (let code = plain.charCodeAt(at); code <= last; code++)
      result.push(String.fromCharCode(code));
    if (isRange) at += 2;
  }
  return result;
}

async function nl(process: Process): Promise<number> {
  const outcome: Outcome = { code: 0 };
  const operands = process.argv.slice(1).filter((arg) => !arg.startsWith("-"));
  let number = 0;
  const lines = await allLines(process, operands, outcome);
  await process.print(
    asLines(
      lines.map((line) => (line === "" ? "       " : `${String(++number).padStart(6)}\t${line}`)),
    ),
  );
  return outcome.code;
}
