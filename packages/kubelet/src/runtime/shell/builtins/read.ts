// read: a line of standard input into variables, byte by byte so that nothing behind it is lost.

import { FieldBuilder } from "../fields.ts";
import type { Shell } from "../shell.ts";

interface ReadOptions {
  isRaw: boolean;
  prompt: string;
  delimiter: string;
  mostChars: number;
  timeoutMs: number | undefined;
  isSilent: boolean;
  array: string | undefined;
  names: string[];
}

export async function read(shell: Shell, args: string[]): Promise<number> {
  const options = parse(args);
  const { process } = shell;
  if (options.prompt && process.descriptors[0]?.isTerminal) await process.complain(options.prompt);
  const line = await readLine(shell, options);
  const text = line.text;
  if (options.array) shell.variables.setElements(options.array, split(shell, text, Infinity));
  else assign(shell, text, options);
  return line.isComplete ? 0 : 1;
}

function parse(args: string[]): ReadOptions {
  const options: ReadOptions = {
    isRaw: false,
    prompt: "",
    delimiter: "\n",
    mostChars: Infinity,
    timeoutMs: undefined,
    isSilent: false,
    array: undefined,
    names: [],
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (!/^-[a-zA-Z]/.test(arg)) {
      options.names.push(arg);
      continue;
    }
    for (const letter of arg.slice(1)) {
      if (letter === "r") options.isRaw = true;
      else if (letter === "s") options.isSilent = true;
      else if (letter === "p") options.prompt = args[++at] ?? "";
      else if (letter === "d") options.delimiter = (args[++at] ?? "").charAt(0) || "\0";
      else if (letter === "n" || letter === "N") options.mostChars = Number(args[++at]);
      else if (letter === "t") options.timeoutMs = Number(args[++at]) * 1000;
      else if (letter === "a") options.array = args[++at];
    }
  }
  return options;
}

/** Backslashes keep the next character from splitting, and join lines, unless -r. */
async function readLine(
  shell: Shell,
  { delimiter, isRaw, mostChars }: ReadOptions,
): Promise<{ text: string; isComplete: boolean }> {
  const bytes: number[] = [];
  const end = delimiter.charCodeAt(0);
  for (let isEscaped = false; bytes.length < mostChars;) {
    const chunk = await shell.process.read(0, 1);
    if (!chunk) return { text: Buffer.from(bytes).toString(), isComplete: false };
    const byte = chunk[0]!;
    if (isEscaped) {
      isEscaped = false;
      if (byte !== 0x0a) bytes.push(byte);
    } else if (byte === 0x5c && !isRaw) {
      isEscaped = true;
    } else if (byte === end) {
      break;
    } else {
      bytes.push(byte);
    }
  }
  return { text: Buffer.from(bytes).toString(), isComplete: true };
}

/** The last variable takes the rest of the line as it is. */
function assign(shell: Shell, text: string, { names }: ReadOptions): void {
  if (names.length === 0) return shell.variables.set("REPLY", text);
  const fields = split(shell, text, names.length);
  for (const [index, name] of names.entries()) shell.variables.set(name, fields[index] ?? "");
}

function split(shell: Shell, text: string, most: number): string[] {
  const { ifs } = shell;
  const blanks = [...ifs].filter((char) => " \t\n".includes(char)).join("");
  const strip = (part: string) => {
    let from = 0;
    let to = part.length;
    while (from < to && blanks.includes(part[from]!)) from++;
    while (to > from && blanks.includes(part[to - 1]!)) to--;
    return part.slice(from, to);
  };
  const fields: string[] = [];
  let rest = strip(text);
  while (fields.length < most - 1 && rest !== "") {
    let at = 0;
    while (at < rest.length && !ifs.includes(rest[at]!)) at++;
    fields.push(rest.slice(0, at));
    rest = strip(rest.slice(at));
    if (rest !== "" && at < text.length && ifs.includes(rest[0]!) && !blanks.includes(rest[0]!)) {
      rest = strip(rest.slice(1));
    }
  }
  if (rest === "") return fields;
  if (most !== Infinity) return [...fields, rest];
  const builder = new FieldBuilder(ifs);
  builder.addSplit(rest);
  builder.end();
  return [...fields, ...builder.fields.map((field) => field.text)];
}
