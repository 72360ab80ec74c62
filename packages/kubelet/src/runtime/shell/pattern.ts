// Shell patterns: `*`, `?`, `[…]`; a backslash takes a character's meaning away.

const CLASSES: { readonly [name: string]: string } = {
  alnum: "A-Za-z0-9",
  alpha: "A-Za-z",
  blank: " \\t",
  digit: "0-9",
  lower: "a-z",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\s",
  upper: "A-Z",
  xdigit: "0-9A-Fa-f",
};

/** Whether `text` has a wildcard that is not escaped. */
export function hasWildcard(text: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*[*?[]/.test(text);
}

/** Takes the backslashes away again. */
export function unescapePattern(text: string): string {
  return text.replace(/\\([\s\S])/g, "$1");
}

export function escapePattern(text: string): string {
  return text.replace(/[\\*?[\]!^-]/g, "\\$&");
}

/** The source of a regular expression; `isLazy` matches as little as possible. */
export function patternSource(pattern: string, isLazy = false): string {
  const star = isLazy ? "[\\s\\S]*?" : "[\\s\\S]*";
  let source = "";
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === "*") source += star;
    else if (char === "?") source += "[\\s\\S]";
    else if (char === "\\" && at + 1 < pattern.length) source += literal(pattern[++at]!);
    else if (char === "[") {
      const bracket = bracketAt(pattern, at);
      source += bracket?.source ?? "\\[";
      at = bracket?.end ?? at;
    } else source += literal(char);
  }
  return source;
}

export function matchesPattern(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${patternSource(pattern)})$`).test(text);
}

function bracketAt(pattern: string, from: number): { source: string; end: number } | undefined {
  let at = from + 1;
  let source = "[";
  if (pattern[at] === "!" || pattern[at] === "^") {
    source += "^";
    at++;
  }
  for (let isFirst = true; at < pattern.length; isFirst = false) {
    const char = pattern[at]!;
    if (char === "]" && !isFirst) return { source: `${source}]`, end: at };
    const named = /^\[:(\w+):\]/.exec(pattern.slice(at, at + 12));
    if (named && Object.hasOwn(CLASSES, named[1]!)) {
      source += CLASSES[named[1]!];
      at += named[0].length;
    } else {
      const isEscaped = char === "\\" && at + 1 < pattern.length;
      const one = isEscaped ? pattern[at + 1]! : char;
      source += one === "-" && !isEscaped ? "-" : literal(one);
      at += isEscaped ? 2 : 1;
    }
  }
  return undefined;
}

function literal(char: string): string {
  return /[\\^$.*+?()[\]{}|/-]/.test(char) ? `\\${char}` : char;
}
