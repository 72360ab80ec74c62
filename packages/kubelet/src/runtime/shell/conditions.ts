// `[[ … ]]` at run time.

import { evaluateText } from "./evaluate.ts";
import { expandPattern, expandText } from "./expand.ts";
import { ExpansionError } from "./control-flow.ts";
import { matchesPattern, unescapePattern } from "./pattern.ts";
import type { Shell } from "./shell.ts";
import type { Condition, Word } from "./syntax.ts";
import { testBinary, testUnary } from "./test-expression.ts";

export async function evaluateCondition(shell: Shell, condition: Condition): Promise<boolean> {
  switch (condition.kind) {
    case "not":
      return !(await evaluateCondition(shell, condition.of));
    case "and":
      return (
        (await evaluateCondition(shell, condition.left)) &&
        (await evaluateCondition(shell, condition.right))
      );
    case "or":
      return (
        (await evaluateCondition(shell, condition.left)) ||
        (await evaluateCondition(shell, condition.right))
      );
    case "unary": {
      const text = await expandText(shell, condition.word);
      if (condition.operator === "-v") return shell.variables.get(text) !== undefined;
      return testUnary(shell.process, condition.operator, text);
    }
    case "binary":
      return binary(shell, condition);
  }
}

async function binary(
  shell: Shell,
  { operator, left, right }: Extract<Condition, { kind: "binary" }>,
): Promise<boolean> {
  const text = await expandText(shell, left);
  if (operator === "=" || operator === "==")
    return matchesPattern(text, await expandPattern(shell, right));
  if (operator === "!=") return !matchesPattern(text, await expandPattern(shell, right));
  if (operator === "=~") return matchesRegularExpression(shell, text, right);
  const other = await expandText(shell, right);
  if (/^-(?:eq|ne|lt|le|gt|ge)$/.test(operator)) {
    const [a, b] = [evaluateText(shell, text), evaluateText(shell, other)];
    return testBinary(shell.process, operator, String(a), String(b));
  }
  return testBinary(shell.process, operator, text, other);
}

async function matchesRegularExpression(shell: Shell, text: string, word: Word): Promise<boolean> {
  const source = unescapePattern(await expandPattern(shell, word));
  let match: RegExpExecArray | null;
  try {
    match = new RegExp(
      source.replace(/\[\[:(\w+):\]\]/g, (_, name: string) => CLASSES[name] ?? ""),
    ).exec(text);
  } catch {
    throw new ExpansionError(`syntax error in regular expression \`${source}'`);
  }
  shell.variables.setElements("BASH_REMATCH", match ? match.map((group) => group ?? "") : []);
  return match !== null;
}

const CLASSES: { readonly [name: string]: string } = {
  alnum: "[A-Za-z0-9]",
  alpha: "[A-Za-z]",
  digit: "[0-9]",
  lower: "[a-z]",
  space: "\\s",
  upper: "[A-Z]",
};
