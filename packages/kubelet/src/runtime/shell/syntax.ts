// The shell language as data: what the parser makes and the interpreter carries out.

export interface Script {
  readonly items: readonly Item[];
}

export interface Item {
  readonly list: AndOr;
  readonly isBackground: boolean;
  /** The source, for `jobs`. */
  readonly source: string;
}

export interface AndOr {
  readonly first: Pipeline;
  readonly rest: readonly { readonly operator: "&&" | "||"; readonly pipeline: Pipeline }[];
}

export interface Pipeline {
  readonly isNegated: boolean;
  readonly commands: readonly Command[];
}

export type Command =
  | SimpleCommand
  | ({ readonly redirections: readonly Redirection[]; readonly line: number } & Compound)
  | {
      readonly kind: "function";
      readonly name: string;
      readonly body: Command;
      readonly line: number;
    };

export interface SimpleCommand {
  readonly kind: "simple";
  readonly line: number;
  readonly assignments: readonly Assignment[];
  readonly words: readonly Word[];
  readonly redirections: readonly Redirection[];
}

export type Compound =
  | { readonly kind: "group" | "subshell"; readonly body: Script }
  | {
      readonly kind: "if";
      readonly branches: readonly { readonly condition: Script; readonly body: Script }[];
      readonly otherwise: Script | undefined;
    }
  | {
      readonly kind: "loop";
      readonly isUntil: boolean;
      readonly condition: Script;
      readonly body: Script;
    }
  | {
      readonly kind: "for";
      readonly name: string;
      /** Absent: the positional parameters. */
      readonly words: readonly Word[] | undefined;
      readonly body: Script;
    }
  | { readonly kind: "count"; readonly parts: readonly Word[]; readonly body: Script }
  | { readonly kind: "case"; readonly word: Word; readonly cases: readonly Case[] }
  | { readonly kind: "arithmetic"; readonly expression: Word }
  | { readonly kind: "condition"; readonly expression: Condition };

export interface Case {
  readonly patterns: readonly Word[];
  readonly body: Script;
  /** `;;` ends, `;&` falls into the next body, `;;&` goes on matching. */
  readonly end: ";;" | ";&" | ";;&";
}

/** What stands in `[[ … ]]`. */
export type Condition =
  | { readonly kind: "not"; readonly of: Condition }
  | { readonly kind: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly kind: "unary"; readonly operator: string; readonly word: Word }
  | {
      readonly kind: "binary";
      readonly operator: string;
      readonly left: Word;
      readonly right: Word;
    };

export interface Assignment {
  readonly name: string;
  readonly index: Word | undefined;
  readonly isAppend: boolean;
  readonly value: Word;
  /** `name=(…)` */
  readonly elements: readonly Word[] | undefined;
}

export interface Redirection {
  readonly operator: "<" | ">" | ">>" | ">|" | "<>" | "<&" | ">&" | "<<" | "<<<" | "&>" | "&>>";
  /** Absent: 0 for input, 1 for output. */
  readonly descriptor: number | undefined;
  /** The file, the descriptor, or the here-document's text. */
  readonly target: Word;
}

export interface Word {
  readonly parts: readonly Part[];
}

export type Part =
  | { readonly kind: "text"; readonly text: string; readonly isQuoted: boolean }
  | { readonly kind: "parameter"; readonly isQuoted: boolean; readonly of: Parameter }
  | { readonly kind: "command"; readonly isQuoted: boolean; readonly script: Script }
  | { readonly kind: "arithmetic"; readonly isQuoted: boolean; readonly expression: Word };

/** `${name…}` */
export interface Parameter {
  readonly name: string;
  readonly index: Word | "@" | "*" | undefined;
  /** `${#name}` */
  readonly isLength: boolean;
  /** `${!name}` */
  readonly isIndirect: boolean;
  /** `:-`, `%%`, `//`, `:` … */
  readonly operator: string;
  readonly words: readonly Word[];
}

/** A text that is no shell; `message` follows `syntax error: `. */
export class ShellSyntaxError extends Error {
  readonly line: number;
  /** The text ended too early: an interactive shell asks for more. */
  readonly isUnfinished: boolean;

  constructor(message: string, line: number, isUnfinished = false) {
    super(message);
    this.line = line;
    this.isUnfinished = isUnfinished;
  }
}
