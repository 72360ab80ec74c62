// awk's own functions.

import type { Process } from "../../process/process.ts";
import { formatDate } from "../date.ts";
import { runCommand } from "../run-command.ts";
import { AwkError, type Expression } from "./syntax.ts";
import { formatted, FromInput, numberOf, textOf, type Value } from "./values.ts";

/** What the functions need of the run. */
export interface Machine {
  readonly process: Process;
  value(expression: Expression): Promise<Value>;
  regex(expression: Expression): Promise<RegExp>;
  assign(target: Expression, value: Value): Promise<Value>;
  table(name: string): Map<string, Value>;
  get(name: string): Value;
  set(name: string, value: Value): void;
  field(index: number): Value;
  split(text: string, separator: string | RegExp): string[];
  flush(): Promise<void>;
}

const WHOLE: Expression = { kind: "field", index: { kind: "number", value: 0 } };

export async function callBuiltin(
  machine: Machine,
  name: string,
  args: readonly Expression[],
): Promise<Value> {
  switch (name) {
    case "length":
      return length(machine, args[0]);
    case "split":
      return split(machine, args);
    case "sub":
    case "gsub":
      return substitute(machine, args, name === "gsub");
    case "match":
      return match(machine, args);
  }
  const values: Value[] = [];
  for (const arg of args) values.push(await machine.value(arg));
  return plain(machine, name, values);
}

async function plain(machine: Machine, name: string, values: readonly Value[]): Promise<Value> {
  const [first, second, third] = values;
  switch (name) {
    case "substr":
      return substring(
        textOf(first),
        numberOf(second),
        third === undefined ? Infinity : numberOf(third),
      );
    case "index":
      return textOf(first).indexOf(textOf(second)) + 1;
    case "sprintf":
      return formatted(textOf(first), values.slice(1));
    case "tolower":
      return textOf(first).toLowerCase();
    case "toupper":
      return textOf(first).toUpperCase();
    case "int":
      return Math.trunc(numberOf(first));
    case "sqrt":
      return Math.sqrt(numberOf(first));
    case "exp":
      return Math.exp(numberOf(first));
    case "log":
      return Math.log(numberOf(first));
    case "sin":
      return Math.sin(numberOf(first));
    case "cos":
      return Math.cos(numberOf(first));
    case "atan2":
      return Math.atan2(numberOf(first), numberOf(second));
    case "rand":
      return machine.process.world.random.next();
    case "systime":
      return Math.floor(machine.process.now() / 1000);
    case "strftime":
      return formatDate(
        textOf(first),
        second === undefined ? machine.process.now() : numberOf(second) * 1000,
        { name: "UTC", offsetMinutes: 0 },
      );
    case "srand":
    case "close":
      return 0;
    case "fflush":
      await machine.flush();
      return 0;
    case "system":
      await machine.flush();
      return runCommand(machine.process, ["sh", "-c", textOf(first)]);
    default:
      throw new AwkError(`call to undefined function ${name}`);
  }
}

async function length(machine: Machine, arg: Expression | undefined): Promise<number> {
  if (arg?.kind === "name" && machine.get(arg.name) === undefined) {
    const { size } = machine.table(arg.name);
    if (size > 0) return size;
  }
  return [...textOf(await machine.value(arg ?? WHOLE))].length;
}

function substring(text: string, from: number, count: number): string {
  const start = Math.round(from);
  const end = count === Infinity ? Infinity : start + Math.round(count);
  return text.slice(Math.max(0, start - 1), Math.max(0, end - 1));
}

async function split(
  machine: Machine,
  [text, array, separator]: readonly Expression[],
): Promise<number> {
  if (array?.kind !== "name") throw new AwkError("split needs an array");
  const by =
    separator?.kind === "regex"
      ? separator.pattern
      : textOf(separator ? await machine.value(separator) : machine.get("FS"));
  const parts = machine.split(textOf(await machine.value(text!)), by);
  const table = machine.table(array.name);
  table.clear();
  for (const [index, part] of parts.entries()) table.set(String(index + 1), new FromInput(part));
  return parts.length;
}

async function substitute(
  machine: Machine,
  [pattern, replacement, target = WHOLE]: readonly Expression[],
  isGlobal: boolean,
): Promise<number> {
  const { source } = await machine.regex(pattern!);
  const text = textOf(await machine.value(replacement!));
  let count = 0;
  const changed = textOf(await machine.value(target)).replace(
    new RegExp(source, isGlobal ? "g" : ""),
    (whole) => {
      count++;
      return text.replace(/\\(&|\\)|&/g, (_found, escaped?: string) => escaped ?? whole);
    },
  );
  if (count > 0) await machine.assign(target, changed);
  return count;
}

async function match(machine: Machine, [text, pattern]: readonly Expression[]): Promise<number> {
  const found = (await machine.regex(pattern!)).exec(textOf(await machine.value(text!)));
  machine.set("RSTART", found ? found.index + 1 : 0);
  machine.set("RLENGTH", found ? found[0].length : -1);
  return found ? found.index + 1 : 0;
}
