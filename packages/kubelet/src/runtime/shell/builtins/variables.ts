// Builtins for variables: export, readonly, unset, set, shift, local, declare, read, getopts, let.

import { evaluateText } from "../evaluate.ts";
import type { Options, Shell } from "../shell.ts";
import { quoted } from "../quoting.ts";
import { refuse, type Builtin, type Builtins } from "./builtin.ts";
import { read } from "./read.ts";
import { getopts } from "./getopts.ts";

const LETTERS: { readonly [letter: string]: keyof Options } = {
  a: "allexport",
  C: "noclobber",
  e: "errexit",
  f: "noglob",
  n: "noexec",
  u: "nounset",
  v: "verbose",
  x: "xtrace",
};

export const variables: Builtins = {
  export: declaring("export", { isExported: true }),
  readonly: declaring("readonly", { isReadonly: true }),
  unset,
  set: setOptions,
  shift,
  local,
  declare,
  typeset: declare,
  read,
  getopts,
  let: (shell, args) => {
    let value = 0;
    for (const text of args) value = evaluateText(shell, text);
    return value === 0 ? 1 : 0;
  },
};

function declaring(
  name: string,
  attributes: { isExported?: boolean; isReadonly?: boolean },
): Builtin {
  return async (shell, args) => {
    const words = args.filter((arg) => arg !== "-p" && arg !== "--");
    if (words.length === 0) return list(shell, name, attributes);
    if (words[0] === "-n") {
      for (const word of words.slice(1)) shell.variables.declare(word, { isExported: false });
      return 0;
    }
    for (const word of words) {
      if (!(await assignWord(shell, name, word))) return 1;
      shell.variables.declare(nameOf(word), attributes);
    }
    return 0;
  };
}

/** `name`, `name=value` or `name+=value`. @returns false when the name is none */
async function assignWord(shell: Shell, builtin: string, word: string): Promise<boolean> {
  const match = /^([A-Za-z_]\w*)(?:(\+?)=([\s\S]*))?$/.exec(word);
  if (!match) {
    const told = shell.isBash
      ? `\`${word}': not a valid identifier`
      : `${nameOf(word)}: bad variable name`;
    await shell.complain(shell.isBash ? `${builtin}: ${told}` : told);
    return false;
  }
  const [, name = "", plus, value] = match;
  if (value === undefined) return true;
  shell.variables.set(name, plus ? (shell.variables.get(name) ?? "") + value : value);
  return true;
}

function nameOf(word: string): string {
  return word.replace(/\+?=[\s\S]*$/, "");
}

async function list(
  shell: Shell,
  name: string,
  attributes: { isExported?: boolean; isReadonly?: boolean },
): Promise<number> {
  const { variables, process } = shell;
  for (const each of variables.names()) {
    const variable = variables.find(each)!;
    const isListed = attributes.isExported ? variable.isExported : variable.isReadonly;
    const value = variables.get(each);
    const form = shell.isBash ? `declare -${attributes.isExported ? "x" : "r"}` : name;
    const shown =
      value === undefined ? "" : `=${shell.isBash ? JSON.stringify(value) : quoted(value)}`;
    if (isListed) await process.print(`${form} ${each}${shown}\n`);
  }
  return 0;
}

function unset(shell: Shell, args: string[]): number {
  const isFunction = args[0] === "-f";
  for (const name of args.filter((arg) => !arg.startsWith("-"))) {
    const element = /^(\w+)\[(.+)\]$/.exec(name);
    if (element) shell.variables.unsetElement(element[1]!, evaluateText(shell, element[2]!));
    else if (isFunction) shell.functions.delete(name);
    else if (shell.variables.find(name)) shell.variables.unset(name);
    else if (args[0] !== "-v") shell.functions.delete(name);
  }
  return 0;
}

async function setOptions(shell: Shell, args: string[]): Promise<number> {
  if (args.length === 0) return printAll(shell);
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === "--" || arg === "-") {
      shell.parameters = args.slice(at + 1);
      return 0;
    }
    if (!/^[-+]./.test(arg)) {
      shell.parameters = args.slice(at);
      return 0;
    }
    const isOn = arg.startsWith("-");
    if (arg.slice(1) === "o") {
      if (!setNamed(shell, args[++at], isOn))
        return refuse(shell, `set: illegal option -o ${args[at]}`, 2);
    } else if (!setLetters(shell, arg.slice(1), isOn, () => args[++at])) {
      return refuse(shell, `set: illegal option ${arg}`, 2);
    }
  }
  return 0;
}

/** `-euo pipefail`: an `o` among the letters takes the next argument. */
export function setLetters(
  shell: Shell,
  letters: string,
  isOn: boolean,
  next: () => string | undefined,
): boolean {
  for (const letter of letters) {
    if (letter === "o") {
      if (!setNamed(shell, next(), isOn)) return false;
    } else if (Object.hasOwn(LETTERS, letter)) {
      shell.options[LETTERS[letter]!] = isOn;
    } else if (!"bhmBEHTi".includes(letter)) {
      return false;
    }
  }
  return true;
}

function setNamed(shell: Shell, name: string | undefined, isOn: boolean): boolean {
  if (name === undefined) return true;
  if (name in shell.options && Object.hasOwn(shell.options, name)) {
    if (name === "pipefail" && shell.dialect === "dash") return false;
    shell.options[name as keyof Options] = isOn;
    return true;
  }
  return ["emacs", "vi", "monitor", "posix", "history", "notify", "ignoreeof"].includes(name);
}

async function printAll({ variables, process }: Shell): Promise<number> {
  for (const name of variables.names()) {
    const value = variables.get(name);
    if (value !== undefined) await process.print(`${name}=${quoted(value)}\n`);
  }
  return 0;
}

async function shift(shell: Shell, [count = "1"]: string[]): Promise<number> {
  const by = Number(count);
  if (!(by <= shell.parameters.length)) {
    return shell.isBash ? 1 : refuse(shell, "shift: can't shift that many", 2);
  }
  shell.parameters = shell.parameters.slice(by);
  return 0;
}

async function local(shell: Shell, args: string[]): Promise<number> {
  if (!shell.variables.isInScope)
    return refuse(
      shell,
      shell.isBash ? "local: can only be used in a function" : "local: not in a function",
    );
  for (const word of args) {
    if (word.startsWith("-")) continue;
    shell.variables.makeLocal(nameOf(word));
    if (!(await assignWord(shell, "local", word))) return 1;
  }
  return 0;
}

async function declare(shell: Shell, args: string[]): Promise<number> {
  const flags = args.filter((arg) => /^[-+]/.test(arg)).join("");
  for (const word of args.filter((arg) => !/^[-+]/.test(arg))) {
    const name = nameOf(word);
    if (shell.variables.isInScope && !flags.includes("g")) shell.variables.makeLocal(name);
    if (flags.includes("a") && !word.includes("=")) shell.variables.setElements(name, []);
    if (!(await assignWord(shell, "declare", word))) return 1;
    if (flags.includes("x")) shell.variables.declare(name, { isExported: true });
    if (flags.includes("r")) shell.variables.declare(name, { isReadonly: true });
  }
  return 0;
}
