// Word expansion: parameters, commands, arithmetic, then fields, path names and the end of quoting.

import { ErrnoError } from "../file-system/errno.ts";
import { expandBraces } from "./braces.ts";
import { substituteCommand } from "./command-substitution.ts";
import { evaluateText } from "./evaluate.ts";
import { addValue, FieldBuilder, type Field } from "./fields.ts";
import { glob } from "./glob.ts";
import { expandParameter } from "./parameters.ts";
import { hasWildcard } from "./pattern.ts";
import type { Shell } from "./shell.ts";
import type { Part, Word } from "./syntax.ts";

/** Words to arguments. @throws ExpansionError */
export async function expandWords(shell: Shell, words: readonly Word[]): Promise<string[]> {
  const result: string[] = [];
  for (const word of words) {
    const plain = plainText(word);
    if (plain !== undefined) {
      result.push(plain);
      continue;
    }
    for (const one of shell.isBash ? expandBraces(word) : [word]) {
      const fields = await expandFields(shell, one);
      for (const field of fields) result.push(...paths(shell, field));
    }
  }
  return result;
}

/** The common case: one text that nothing happens to. */
function plainText({ parts }: Word): string | undefined {
  const [part] = parts;
  if (parts.length !== 1 || part!.kind !== "text") return undefined;
  return part!.isQuoted || !/[~*?[{\\]/.test(part!.text) ? part!.text : undefined;
}

function paths(shell: Shell, { text, pattern }: Field): string[] {
  if (shell.options.noglob || !hasWildcard(pattern)) return [text];
  const found = glob(shell.process, pattern);
  return found.length > 0 ? found : [text];
}

/** One word to one text: assignments, redirections, `case`. No splitting, no path names. */
export async function expandText(shell: Shell, word: Word): Promise<string> {
  return plainText(word) ?? (await expandWhole(shell, word)).text;
}

/** One word as a pattern: what was quoted is escaped. */
export async function expandPattern(shell: Shell, word: Word): Promise<string> {
  return (await expandWhole(shell, word)).pattern;
}

async function expandWhole(shell: Shell, word: Word): Promise<Field> {
  const builder = new FieldBuilder("");
  await addParts(shell, builder, word, false);
  builder.end();
  const { fields } = builder;
  if (fields.length <= 1) return fields[0] ?? { text: "", pattern: "" };
  const joined = (of: (field: Field) => string) => fields.map(of).join(" ");
  return { text: joined(({ text }) => text), pattern: joined(({ pattern }) => pattern) };
}

export async function expandFields(shell: Shell, word: Word): Promise<Field[]> {
  const builder = new FieldBuilder(shell.ifs);
  await addParts(shell, builder, word, true);
  builder.end();
  return builder.fields;
}

/** Adds a word's parts to the fields in the making. */
export async function addParts(
  shell: Shell,
  builder: FieldBuilder,
  { parts }: Word,
  doesSplit: boolean,
): Promise<void> {
  for (const [index, part] of parts.entries()) {
    if (part.kind === "text" && !part.isQuoted && index === 0) {
      addTilde(shell, builder, part.text);
    } else {
      await addPart(shell, builder, part, doesSplit);
    }
  }
}

async function addPart(
  shell: Shell,
  builder: FieldBuilder,
  part: Part,
  doesSplit: boolean,
): Promise<void> {
  switch (part.kind) {
    case "text":
      return part.isQuoted ? builder.addQuoted(part.text) : builder.addLiteral(part.text);
    case "parameter":
      return expandParameter(shell, builder, { ...part, doesSplit });
    case "command": {
      const output = await substituteCommand(shell, part.script);
      return addValue(builder, output, part.isQuoted, doesSplit);
    }
    case "arithmetic":
      return addValue(builder, await arithmetic(shell, part.expression), part.isQuoted, doesSplit);
  }
}

async function arithmetic(shell: Shell, expression: Word): Promise<string> {
  return String(await evaluateWord(shell, expression));
}

/** @throws ExpansionError */
export async function evaluateWord(shell: Shell, expression: Word): Promise<number> {
  const text = await expandText(shell, expression);
  return evaluateText(shell, text);
}

/** `~` and `~/…`; `~user` by /etc/passwd. */
function addTilde(shell: Shell, builder: FieldBuilder, text: string): void {
  const match = /^~([a-z_][a-z0-9_-]*)?(?=\/|$)/.exec(text);
  const home = match && homeOf(shell, match[1]);
  if (home === undefined || home === null) return builder.addLiteral(text);
  builder.addQuoted(home);
  if (text.length > match![0].length) builder.addLiteral(text.slice(match![0].length));
}

function homeOf(shell: Shell, user: string | undefined): string | undefined {
  if (user === undefined) return shell.variables.get("HOME");
  try {
    const rows = shell.process.files.readText("/etc/passwd").split("\n");
    return rows.map((row) => row.split(":")).find(([name]) => name === user)?.[5];
  } catch (error) {
    if (error instanceof ErrnoError) return undefined;
    throw error;
  }
}
