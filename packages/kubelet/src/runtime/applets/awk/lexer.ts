// awk's tokens: a slash is a division or begins a regular expression, by what stands before it.

import { AwkError } from "./syntax.ts";

export interface Token {
  kind: "number" | "text" | "regex" | "name" | "function name" | "operator" | "newline" | "end";
  text: string;
}

const OPERATOR = /\*\*=|\*\*|&&|\|\||\+\+|--|[-+*/%^=!<>]=|>>|!~|[-+*/%^=!<>~?:,;(){}[\]$|]/y;
export const KEYWORDS = new Set([
  "BEGIN",
  "END",
  "function",
  "func",
  "if",
  "else",
  "while",
  "for",
  "do",
  "in",
  "print",
  "printf",
  "next",
  "exit",
  "break",
  "continue",
  "return",
  "delete",
  "getline",
]);
export const BUILTINS: ReadonlySet<string> = new Set([
  "length", "substr", "index", "split", "sub", "gsub", "gensub", "match", "sprintf", "tolower",
  "toupper", "int", "sqrt", "exp", "log", "sin", "cos", "atan2", "rand", "srand", "system",
  "close", "fflush", "systime", "strftime",
]); // prettier-ignore

/** @throws AwkError */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const add = (kind: Token["kind"], text: string) => void tokens.push({ kind, text });
  for (let at = 0; at < source.length;) {
    const rest = source.slice(at);
    const blank = /^(?:[ \t\r]|\\\n|#[^\n]*)+/.exec(rest)?.[0];
    const number = /^(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(rest)?.[0];
    const name = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (blank) at += blank.length;
    else if (rest.startsWith("\n")) {
      // after these a line may break
      if (!/^(?:,|\{|&&|\|\|)$/.test(tokens[tokens.length - 1]?.text ?? "")) add("newline", "\n");
      at++;
    } else if (rest.startsWith('"')) {
      const text = /^"((?:\\[\s\S]|[^"\\])*)"/.exec(rest);
      if (!text) throw new AwkError("unterminated string");
      add("text", unescape(text[1]!));
      at += text[0].length;
    } else if (number) {
      add("number", number);
      at += number.length;
    } else if (name) {
      const isCall = source[at + name.length] === "(" && !KEYWORDS.has(name) && !BUILTINS.has(name);
      add(isCall ? "function name" : "name", name);
      at += name.length;
    } else if (rest.startsWith("/") && beginsRegex(tokens[tokens.length - 1])) {
      const regex = /^\/((?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[^/\\[\n])*)\//.exec(rest);
      if (!regex) throw new AwkError("unterminated regular expression");
      add("regex", regex[1]!.replaceAll("\\/", "/"));
      at += regex[0].length;
    } else {
      OPERATOR.lastIndex = at;
      const operator = OPERATOR.exec(source)?.[0];
      if (!operator) throw new AwkError(`unexpected character '${source[at]}'`);
      add("operator", operator);
      at += operator.length;
    }
  }
  return tokens;
}

function beginsRegex(before: Token | undefined): boolean {
  if (!before || before.kind === "newline") return true;
  if (before.kind === "operator")
    return before.text !== ")" && before.text !== "]" && before.text !== "$";
  return before.kind === "name" && KEYWORDS.has(before.text);
}

function unescape(text: string): string {
  const letters: { readonly [letter: string]: string } = {
    n: "\n",
    t: "\t",
    r: "\r",
    a: "\x07",
    b: "\b",
    f: "\f",
    v: "\v",
    "/": "/",
    '"': '"',
    "\\": "\\",
  };
  return text.replace(/\\([0-7]{1,3}|[\s\S])/g, (whole, char: string) =>
    /^[0-7]/.test(char) ? String.fromCharCode(parseInt(char, 8)) : (letters[char] ?? whole),
  );
}
