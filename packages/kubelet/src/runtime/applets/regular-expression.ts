// POSIX regular expressions, basic and extended, as JavaScript's.

export class RegexError extends Error {}

const CLASSES: { readonly [name: string]: string } = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: " \\t",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\s",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

/** The source for `new RegExp`. @throws RegexError */
export function regularExpression(pattern: string, syntax: "basic" | "extended"): string {
  let source = "";
  for (let at = 0; at < pattern.length;) {
    const char = pattern[at]!;
    if (char === "[") {
      const bracket = bracketAt(pattern, at);
      source += bracket.source;
      at = bracket.end;
    } else if (char === "\\") {
      source += escaped(pattern[at + 1], syntax);
      at += 2;
    } else {
      source += syntax === "basic" ? basic(char, pattern, at) : extended(char, source);
      at++;
    }
  }
  try {
    return new RegExp(source).source === "(?:)" ? "" : source;
  } catch {
    throw new RegexError(
      /\((?!.*\))/.test(pattern) ? "Unmatched ( or \\(" : "Invalid regular expression",
    );
  }
}

/** In a basic expression these are plain characters, and `\(`, `\{`, `\|`, `\+`, `\?` are not. */
function basic(char: string, pattern: string, at: number): string {
  if ("+?(){}|".includes(char)) return `\\${char}`;
  if (
    char === "*" &&
    (at === 0 || pattern.slice(0, at).endsWith("\\(") || (at === 1 && pattern[0] === "^"))
  )
    return "\\*";
  if (char === "^" && at > 0 && !/\\[(|]$/.test(pattern.slice(0, at))) return "\\^";
  if (char === "$" && at < pattern.length - 1 && !/^\\[)|]/.test(pattern.slice(at + 1)))
    return "\\$";
  return char === "/" ? "\\/" : char;
}

function extended(char: string, before: string): string {
  if ("*+?".includes(char) && (before === "" || /(?:^|[^\\])[(|]$/.test(before)))
    return `\\${char}`;
  return char === "/" ? "\\/" : char;
}

function escaped(char: string | undefined, syntax: "basic" | "extended"): string {
  if (char === undefined) throw new RegexError("Trailing backslash");
  if (syntax === "basic" && "(){}|+?".includes(char)) return char;
  if (char === "<" || char === ">") return "\\b";
  if (/[wWsSbBdDnt1-9]/.test(char)) return `\\${char}`;
  return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
}

function bracketAt(pattern: string, from: number): { source: string; end: number } {
  let at = from + 1;
  let source = "[";
  if (pattern[at] === "^") {
    source += "^";
    at++;
  }
  for (let isFirst = true; at < pattern.length; isFirst = false) {
    const char = pattern[at]!;
    if (char === "]" && !isFirst) return { source: `${source}]`, end: at + 1 };
    const named = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 12));
    if (named && Object.hasOwn(CLASSES, named[1]!)) {
      source += CLASSES[named[1]!];
      at += named[0].length;
    } else {
      source += /[\\[\]^/]/.test(char) ? `\\${char}` : char;
      at++;
    }
  }
  throw new RegexError("Unmatched [, [^, [:, [., or [=");
}
