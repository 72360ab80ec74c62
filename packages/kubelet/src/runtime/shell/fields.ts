// Fields in the making: what is quoted stays whole and matches itself, the rest is split at IFS.

import { escapePattern } from "./pattern.ts";

export interface Field {
  readonly text: string;
  /** The text as a pattern: quoted characters are escaped. */
  readonly pattern: string;
}

export class FieldBuilder {
  readonly fields: Field[] = [];
  readonly #ifs: string;
  #text = "";
  #pattern = "";
  /** Something, be it an empty quoted text, has begun a field. */
  #isOpen = false;

  constructor(ifs: string) {
    this.#ifs = ifs;
  }

  addQuoted(text: string): void {
    this.#isOpen = true;
    this.#text += text;
    this.#pattern += escapePattern(text);
  }

  /** Unquoted and written as such: not split. */
  addLiteral(text: string): void {
    this.#isOpen = true;
    this.#text += text;
    this.#pattern += text;
  }

  /** Unquoted and expanded: split. */
  addSplit(text: string): void {
    let at = 0;
    while (at < text.length) {
      const from = at;
      while (at < text.length && !this.#ifs.includes(text[at]!)) at++;
      if (at > from) this.#addExpanded(text.slice(from, at));
      if (at < text.length) at = this.#separate(text, at);
    }
  }

  /** A backslash that comes from an expansion is a plain character. */
  #addExpanded(text: string): void {
    this.#isOpen = true;
    this.#text += text;
    this.#pattern += text.replace(/\\/g, "\\\\");
  }

  /** One separator: white space around one other character counts once. */
  #separate(text: string, at: number): number {
    const isBlank = (char: string | undefined) =>
      char !== undefined && this.#ifs.includes(char) && " \t\n".includes(char);
    const startedAt = at;
    while (isBlank(text[at])) at++;
    const char = text[at];
    const isHard = char !== undefined && this.#ifs.includes(char);
    if (isHard) {
      at++;
      while (isBlank(text[at])) at++;
      this.#isOpen = true;
    }
    if (this.#isOpen && at > startedAt) this.end();
    return at;
  }

  /** Ends the field that is open, if any. */
  end(): void {
    if (this.#isOpen) this.fields.push({ text: this.#text, pattern: this.#pattern });
    this.#text = "";
    this.#pattern = "";
    this.#isOpen = false;
  }
}

/** A value from an expansion, by how it stands in its word. */
export function addValue(
  builder: FieldBuilder,
  value: string,
  isQuoted: boolean,
  doesSplit: boolean,
): void {
  if (isQuoted) builder.addQuoted(value);
  else if (doesSplit) builder.addSplit(value);
  else if (value !== "") builder.addLiteral(value);
}
