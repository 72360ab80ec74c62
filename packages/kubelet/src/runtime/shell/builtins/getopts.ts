// getopts: one option of the positional parameters at a time.

import type { Shell } from "../shell.ts";
import { refuse } from "./builtin.ts";

/** Where in a group of letters (`-abc`) each shell stands. */
const offsets = new WeakMap<Shell, number>();

export async function getopts(shell: Shell, args: string[]): Promise<number> {
  const [spec = "", name = "opt", ...given] = args;
  const { variables } = shell;
  const words = given.length > 0 ? given : shell.parameters;
  const index = Math.max(1, Number(variables.get("OPTIND") ?? "1"));
  const word = words[index - 1];
  const offset = offsets.get(shell) ?? 1;
  if (word === undefined || !/^-./.test(word) || word === "--") {
    if (word === "--") variables.set("OPTIND", String(index + 1));
    variables.set(name, "?");
    offsets.delete(shell);
    return 1;
  }
  const letter = word[offset]!;
  const isLastLetter = offset + 1 >= word.length;
  const at = letter === ":" ? -1 : spec.indexOf(letter, spec.startsWith(":") ? 1 : 0);
  const advance = (by: number) => {
    variables.set("OPTIND", String(index + by));
    offsets.delete(shell);
  };
  if (at >= 0 && spec[at + 1] === ":") {
    return withArgument(shell, {
      spec,
      name,
      letter,
      rest: word.slice(offset + 1),
      next: words[index],
      advance,
    });
  }
  if (isLastLetter) advance(1);
  else offsets.set(shell, offset + 1);
  variables.set(name, at >= 0 ? letter : "?");
  if (at >= 0) return 0;
  if (spec.startsWith(":")) variables.set("OPTARG", letter);
  else await refuse(shell, `illegal option -${letter}`);
  return 0;
}

async function withArgument(
  shell: Shell,
  option: {
    spec: string;
    name: string;
    letter: string;
    rest: string;
    next: string | undefined;
    advance(by: number): void;
  },
): Promise<number> {
  const { variables } = shell;
  const value = option.rest || option.next;
  option.advance(option.rest ? 1 : 2);
  if (value !== undefined) {
    variables.set(option.name, option.letter);
    variables.set("OPTARG", value);
    return 0;
  }
  const isQuiet = option.spec.startsWith(":");
  variables.set(option.name, isQuiet ? ":" : "?");
  if (isQuiet) variables.set("OPTARG", option.letter);
  else await refuse(shell, `option requires an argument -- ${option.letter}`);
  return 0;
}
