// `$x` and `${x…}`: values, defaults, lengths, cutting and replacing.

import { ExpansionError } from "./control-flow.ts";
import { evaluateText } from "./evaluate.ts";
import { addValue, type FieldBuilder } from "./fields.ts";
import { patternSource } from "./pattern.ts";
import type { Shell } from "./shell.ts";
import type { Parameter, Word } from "./syntax.ts";

interface Occurrence {
  readonly of: Parameter;
  readonly isQuoted: boolean;
  readonly doesSplit: boolean;
}

export async function expandParameter(
  shell: Shell,
  builder: FieldBuilder,
  occurrence: Occurrence,
): Promise<void> {
  const parameter = occurrence.of.isIndirect ? await indirect(shell, occurrence.of) : occurrence.of;
  if (!parameter) return;
  const list = listOf(shell, parameter);
  if (list && !parameter.isLength) {
    return expandList(shell, builder, { ...occurrence, of: parameter }, list);
  }
  const value = await scalar(shell, parameter, list);
  if (/^:?[-=?+]$/.test(parameter.operator)) {
    return expandDefault(shell, builder, { ...occurrence, of: parameter }, value);
  }
  demandSet(shell, parameter, value);
  const changed = await changedValue(shell, parameter, value ?? "");
  addValue(builder, changed, occurrence.isQuoted, occurrence.doesSplit);
}

/** `${!name}`: the variable that `name` names; `${!name[@]}` its indices. */
async function indirect(shell: Shell, parameter: Parameter): Promise<Parameter | undefined> {
  const target = shell.variables.get(parameter.name);
  if (target === undefined) return undefined;
  return { ...parameter, name: target, isIndirect: false };
}

/** The elements behind `@` and `*`. */
function listOf(shell: Shell, { name, index }: Parameter): string[] | undefined {
  if (name === "@" || name === "*") return shell.parameters;
  return index === "@" || index === "*" ? shell.variables.elements(name) : undefined;
}

async function expandList(
  shell: Shell,
  builder: FieldBuilder,
  { of, isQuoted, doesSplit }: Occurrence,
  list: readonly string[],
): Promise<void> {
  const isEmpty = list.length === 0 || (of.operator.startsWith(":") && list.join("") === "");
  if (/^:?[-=?+]$/.test(of.operator)) {
    const usesWord = of.operator.endsWith("+") ? !isEmpty : isEmpty;
    if (usesWord) return addWord(shell, builder, of.words[0]!, { isQuoted, doesSplit });
    if (of.operator.endsWith("+")) return;
  }
  const values = await listValues(shell, of, list);
  const isJoined = (of.name === "*" || of.index === "*") && isQuoted;
  if (isJoined || !doesSplit) {
    const separator = isJoined ? (shell.ifs[0] ?? "") : " ";
    return addValue(builder, values.join(separator), isQuoted, doesSplit);
  }
  for (const [index, value] of values.entries()) {
    if (index > 0) builder.end();
    addValue(builder, value, isQuoted, doesSplit);
  }
}

async function listValues(
  shell: Shell,
  of: Parameter,
  list: readonly string[],
): Promise<readonly string[]> {
  if (of.operator === ":")
    return sliced(shell, of, of.name === "@" ? [shell.name, ...list] : list, of.name === "@");
  if (of.operator === "" || /^:?[-=?+]$/.test(of.operator)) return list;
  const changed: string[] = [];
  for (const value of list) changed.push(await changedValue(shell, of, value));
  return changed;
}

async function sliced(
  shell: Shell,
  { words }: Parameter,
  list: readonly string[],
  isPositional: boolean,
): Promise<readonly string[]> {
  const [from, length] = await offsets(shell, words);
  const start = isPositional && from === 0 ? 0 : from < 0 ? Math.max(0, list.length + from) : from;
  return list.slice(start, length === undefined ? undefined : start + length);
}

async function scalar(
  shell: Shell,
  { name, index, isLength }: Parameter,
  list: readonly string[] | undefined,
): Promise<string | undefined> {
  if (isLength && list) return String(list.length);
  const value =
    index !== undefined && typeof index !== "string"
      ? shell.variables.element(
          name,
          evaluateText(shell, await shell.interpreter.expandText(shell, index)),
        )
      : parameterValue(shell, name);
  return isLength ? String([...(value ?? "")].length) : value;
}

export function parameterValue(shell: Shell, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === "0" ? shell.name : shell.parameters[Number(name) - 1];
  switch (name) {
    case "?":
      return String(shell.status);
    case "#":
      return String(shell.parameters.length);
    case "$":
      return String(shell.mainPid);
    case "!":
      return shell.lastBackground > 0 ? String(shell.lastBackground) : undefined;
    case "-":
      return optionLetters(shell);
    case "RANDOM":
      return shell.dialect === "dash" ? shell.variables.get(name) : String(random(shell));
    case "SECONDS":
      return shell.isBash ? String(secondsSince(shell)) : shell.variables.get(name);
    case "LINENO":
      return String(shell.line);
    case "PPID":
      return String(shell.process.parent?.pid ?? 0);
    case "BASHPID":
      return String(shell.process.pid);
    default:
      return shell.variables.get(name);
  }
}

function random(shell: Shell): number {
  return Math.floor(shell.process.world.random.next() * 32768);
}

function secondsSince({ process }: Shell): number {
  return Math.floor((process.world.clock.now() - process.startedMs) / 1000);
}

function optionLetters({ options, isInteractive }: Shell): string {
  const letters: [boolean, string][] = [
    [options.errexit, "e"],
    [options.nounset, "u"],
    [options.xtrace, "x"],
    [options.noglob, "f"],
    [isInteractive, "i"],
  ];
  return letters.map(([isOn, letter]) => (isOn ? letter : "")).join("");
}

function demandSet(shell: Shell, { name, isLength }: Parameter, value: string | undefined): void {
  if (value !== undefined || !shell.options.nounset || isLength) return;
  if (name === "!" || name === "-") return;
  throw new ExpansionError(`${name}: ${shell.isBash ? "unbound variable" : "parameter not set"}`);
}

async function expandDefault(
  shell: Shell,
  builder: FieldBuilder,
  { of, isQuoted, doesSplit }: Occurrence,
  value: string | undefined,
): Promise<void> {
  const isMissing = value === undefined || (of.operator.startsWith(":") && value === "");
  const word = of.words[0]!;
  switch (of.operator[of.operator.length - 1]) {
    case "+":
      if (!isMissing) await addWord(shell, builder, word, { isQuoted, doesSplit });
      else if (isQuoted) builder.addQuoted("");
      return;
    case "=":
      if (isMissing) shell.variables.set(of.name, await shell.interpreter.expandText(shell, word));
      return addValue(builder, shell.variables.get(of.name) ?? "", isQuoted, doesSplit);
    case "?":
      if (isMissing) throw new ExpansionError(await missingText(shell, of, word));
      return addValue(builder, value!, isQuoted, doesSplit);
    default:
      if (!isMissing) return addValue(builder, value!, isQuoted, doesSplit);
      return addWord(shell, builder, word, { isQuoted, doesSplit });
  }
}

async function missingText(shell: Shell, { name, operator }: Parameter, word: Word) {
  const text = await shell.interpreter.expandText(shell, word);
  const usual = operator === ":?" ? "parameter null or not set" : "parameter not set";
  return `${name}: ${text || usual}`;
}

async function addWord(
  shell: Shell,
  builder: FieldBuilder,
  word: Word,
  { isQuoted, doesSplit }: { isQuoted: boolean; doesSplit: boolean },
): Promise<void> {
  if (isQuoted) return builder.addQuoted(await shell.interpreter.expandText(shell, word));
  // blanks that stand unquoted in the word itself separate fields as well
  for (const part of word.parts) {
    if (part.kind === "text" && !part.isQuoted && doesSplit) builder.addSplit(part.text);
    else await shell.interpreter.addParts(shell, builder, { parts: [part] }, doesSplit);
  }
}

async function changedValue(shell: Shell, of: Parameter, value: string): Promise<string> {
  const { operator, words } = of;
  if (operator === "" || of.isLength) return value;
  if (operator === ":") return substring(shell, words, value);
  const pattern = await shell.interpreter.expandPattern(shell, words[0]!);
  switch (operator) {
    case "#":
      return value.replace(new RegExp(`^(?:${patternSource(pattern, true)})`), "");
    case "##":
      return value.replace(new RegExp(`^(?:${patternSource(pattern)})`), "");
    case "%":
      return withoutEnd(value, pattern, true);
    case "%%":
      return withoutEnd(value, pattern, false);
    case "^":
      return value.charAt(0).toUpperCase() + value.slice(1);
    case "^^":
      return value.toUpperCase();
    case ",":
      return value.charAt(0).toLowerCase() + value.slice(1);
    case ",,":
      return value.toLowerCase();
    default:
      return replaced(shell, of, value, pattern);
  }
}

/** The shortest or longest end that matches, tried at every position. */
function withoutEnd(value: string, pattern: string, isShortest: boolean): string {
  const matcher = new RegExp(`^(?:${patternSource(pattern)})$`);
  const positions = Array.from({ length: value.length + 1 }, (_, at) => at);
  if (isShortest) positions.reverse();
  const cut = positions.find((at) => matcher.test(value.slice(at)));
  return cut === undefined ? value : value.slice(0, cut);
}

async function replaced(
  shell: Shell,
  { operator, words }: Parameter,
  value: string,
  pattern: string,
): Promise<string> {
  if (!operator.startsWith("/") || pattern === "") return value;
  const replacement = words[1] ? await shell.interpreter.expandText(shell, words[1]) : "";
  const source = patternSource(pattern);
  const anchored =
    operator === "/#" ? `^(?:${source})` : operator === "/%" ? `(?:${source})$` : source;
  return value.replace(new RegExp(anchored, operator === "//" ? "g" : ""), () => replacement);
}

async function substring(shell: Shell, words: readonly Word[], value: string): Promise<string> {
  const [from, length] = await offsets(shell, words);
  const start = from < 0 ? Math.max(0, value.length + from) : from;
  if (length === undefined) return value.slice(start);
  return value.slice(start, length < 0 ? value.length + length : start + length);
}

async function offsets(
  shell: Shell,
  [from, length]: readonly Word[],
): Promise<[number, number | undefined]> {
  const start = evaluateText(shell, from ? await shell.interpreter.expandText(shell, from) : "0");
  if (!length) return [start, undefined];
  return [start, evaluateText(shell, await shell.interpreter.expandText(shell, length))];
}
