// printf: a format, used again as long as arguments are left.

import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { unescapeText } from "./escapes.ts";

const DIRECTIVE = /%(%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([diouxXcsbqeEfgG]))/g;

export const printf: Applets = {
  printf: async (process) => {
    const [, first, ...rest] = process.argv;
    const args = [...rest];
    const format = first === "--" ? args.shift() : first;
    if (format === undefined) return complaint(process, "usage: printf FORMAT [ARGUMENT...]", 1);
    const outcome: { problem: string | undefined } = { problem: undefined };
    let output = "";
    do {
      const before = args.length;
      output += once(format, args, outcome);
      if (args.length === before) break;
    } while (args.length > 0);
    await process.print(output);
    return outcome.problem === undefined ? 0 : tellProblem(process, outcome.problem);
  },
};

function tellProblem(process: Process, argument: string): Promise<number> {
  const text =
    process.flavour === "busybox"
      ? `invalid number '${argument}'`
      : `'${argument}': expected a numeric value`;
  return complaint(process, text);
}

function once(format: string, args: string[], outcome: { problem: string | undefined }): string {
  const pieces = format.split(DIRECTIVE);
  let output = "";
  for (let at = 0; at < pieces.length; at += 6) {
    output += unescapeText(pieces[at]!).text;
    if (at + 1 >= pieces.length) break;
    const [whole, flags = "", width, precision, letter] = pieces.slice(at + 1, at + 6);
    if (whole === "%") output += "%";
    else output += directive({ flags, width, precision, letter: letter! }, args, outcome);
  }
  return output;
}

interface Directive {
  flags: string;
  width: string | undefined;
  precision: string | undefined;
  letter: string;
}

function directive(
  { flags, width, precision, letter }: Directive,
  args: string[],
  outcome: { problem: string | undefined },
): string {
  const size = width === "*" ? Number(args.shift() ?? 0) : Number(width ?? 0);
  const digits =
    precision === "*"
      ? Number(args.shift() ?? 0)
      : precision === undefined
        ? undefined
        : Number(precision);
  const argument = args.shift() ?? "";
  const text = converted(letter, argument, digits, flags, outcome);
  const isZero = flags.includes("0") && !flags.includes("-") && !"csbq".includes(letter);
  if (flags.includes("-")) return text.padEnd(size);
  if (!isZero) return text.padStart(size);
  const sign = /^[-+]/.exec(text)?.[0] ?? "";
  return sign + text.slice(sign.length).padStart(size - sign.length, "0");
}

function converted(
  letter: string,
  argument: string,
  digits: number | undefined,
  flags: string,
  outcome: { problem: string | undefined },
): string {
  switch (letter) {
    case "s":
      return digits === undefined ? argument : argument.slice(0, digits);
    case "b":
      return unescapeText(argument).text;
    case "q":
      return /^[\w@%+=:,./-]+$/.test(argument)
        ? argument
        : `'${argument.replaceAll("'", "'\\''")}'`;
    case "c":
      return argument.charAt(0);
    default:
      return numeric(letter, numberOf(argument, outcome), digits, flags);
  }
}

function numeric(letter: string, value: number, digits: number | undefined, flags: string): string {
  const sign =
    value >= 0 && flags.includes("+") ? "+" : value >= 0 && flags.includes(" ") ? " " : "";
  switch (letter) {
    case "d":
    case "i":
    case "u":
      return sign + String(Math.trunc(value)).padStart(digits ?? 0, "0");
    case "o":
      return (flags.includes("#") ? "0" : "") + Math.trunc(value).toString(8);
    case "x":
      return (
        (flags.includes("#") ? "0x" : "") +
        Math.trunc(value)
          .toString(16)
          .padStart(digits ?? 0, "0")
      );
    case "X":
      return (
        (flags.includes("#") ? "0X" : "") +
        Math.trunc(value)
          .toString(16)
          .toUpperCase()
          .padStart(digits ?? 0, "0")
      );
    case "e":
    case "E": {
      const text = value.toExponential(digits ?? 6).replace(/e([-+])(\d)$/, "e$10$2");
      return sign + (letter === "E" ? text.toUpperCase() : text);
    }
    case "f":
      return sign + value.toFixed(digits ?? 6);
    default:
      return sign + String(Number(value.toPrecision(digits || 6)));
  }
}

function numberOf(argument: string, outcome: { problem: string | undefined }): number {
  if (argument === "") return 0;
  if (/^['"]/.test(argument)) return argument.codePointAt(1) ?? 0;
  if (/^[-+]?0[0-7]+$/.test(argument)) return parseInt(argument, 8);
  const value = Number(argument);
  if (!Number.isNaN(value)) return value;
  outcome.problem = argument;
  return Number.parseFloat(argument) || 0;
}
