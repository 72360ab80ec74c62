// nginx's configuration language: directives with arguments and blocks, includes resolved.

import type { Files } from "../../file-system/files.ts";

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly block: readonly Directive[] | undefined;
}

/** A configuration that nginx would refuse; the text follows `nginx: [emerg] `. */
export class ConfigurationError extends Error {}

interface Token {
  text: string;
  isQuoted: boolean;
  line: number;
}

/** @throws ConfigurationError */
export function parseConfiguration(files: Files, path: string): Directive[] {
  const source = readSource(files, path);
  const parser = new Parser(source, path);
  return parser.directives(false).flatMap((directive) => expandIncludes(files, directive));
}

function readSource(files: Files, path: string): string {
  try {
    return files.readText(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError(`open() "${path}" failed (2: ${why})`);
  }
}

function expandIncludes(files: Files, directive: Directive): Directive[] {
  if (directive.name === "include" && directive.args[0]) {
    return included(files, directive.args[0]).flatMap((path) => parseConfiguration(files, path));
  }
  const { block } = directive;
  if (!block) return [directive];
  return [{ ...directive, block: block.flatMap((inner) => expandIncludes(files, inner)) }];
}

/** Relative to /etc/nginx; a star in the last part matches, in order of names. */
function included(files: Files, pattern: string): string[] {
  const full = pattern.startsWith("/") ? pattern : `/etc/nginx/${pattern}`;
  if (!full.includes("*")) return [full];
  const slash = full.lastIndexOf("/");
  const folder = full.slice(0, slash);
  const [before = "", after = ""] = full.slice(slash + 1).split("*");
  if (files.find(folder)?.kind !== "directory") return [];
  const matches = (name: string) =>
    name.startsWith(before) && name.endsWith(after) && !name.startsWith(".");
  return files
    .list(folder)
    .filter((name) => matches(name) && files.find(`${folder}/${name}`)?.kind === "file")
    .map((name) => `${folder}/${name}`);
}

class Parser {
  readonly #tokens: Token[];
  readonly #path: string;
  #at = 0;
  #line = 1;

  constructor(source: string, path: string) {
    this.#path = path;
    this.#tokens = tokensOf(source);
  }

  directives(isInside: boolean): Directive[] {
    const found: Directive[] = [];
    for (;;) {
      const token = this.#next();
      if (!token) {
        if (isInside) this.#refuse('unexpected end of file, expecting "}"');
        return found;
      }
      if (!token.isQuoted && token.text === "}") {
        if (!isInside) this.#refuse('unexpected "}"');
        return found;
      }
      found.push(this.#directive(token.text));
    }
  }

  #directive(name: string): Directive {
    if (name === ";" || name === "{") this.#refuse(`unexpected "${name}"`);
    const args: string[] = [];
    for (;;) {
      const token = this.#next();
      if (!token) this.#refuse('unexpected end of file, expecting ";" or "}"');
      const { text, isQuoted } = token;
      if (!isQuoted && text === ";") return { name, args, block: undefined };
      if (!isQuoted && text === "{") return { name, args, block: this.directives(true) };
      if (!isQuoted && text === "}") this.#refuse('unexpected "}"');
      args.push(text);
    }
  }

  #next(): Token | undefined {
    const token = this.#tokens[this.#at++];
    if (token) this.#line = token.line;
    return token;
  }

  #refuse(why: string): never {
    throw new ConfigurationError(`${why} in ${this.#path}:${this.#line}`);
  }
}

const TOKEN =
  /\n|\s+|#[^\n]*|"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|[;{}]|(?:\\[\s\S]|\$\{\w+\}|[^\s;{}])+/g;

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const match of source.matchAll(TOKEN)) {
    const [text, double, single] = match;
    const quoted = double ?? single;
    if (quoted !== undefined) {
      tokens.push({ text: quoted.replace(/\\(["'\\])/g, "$1"), isQuoted: true, line });
    } else if (!/^(?:\s|#)/.test(text)) {
      tokens.push({ text, isQuoted: false, line });
    }
    line += text.split("\n").length - 1;
  }
  return tokens;
}

/** The last directive of this name in the innermost block that has one. */
export function lookUp(
  name: string,
  ...blocks: readonly (readonly Directive[])[]
): readonly string[] | undefined {
  for (const block of blocks) {
    const found = block.findLast((directive) => directive.name === name);
    if (found) return found.args;
  }
  return undefined;
}
