// Where a JSON value ends, and what Go's decoder says about one that is none: etcd's clients see its
// words. Bodies that V8 can parse whole never come here.

/** Deeper than anybody means it. */
const DEEPEST = 2_000;

const LITERALS = new Map([
  ["t", "true"],
  ["f", "false"],
  ["n", "null"],
]);
const NUMBER_AFTER: { [state: string]: string } = {
  sign: "in numeric literal",
  point: "after decimal point in numeric literal",
  exponent: "in exponent of numeric literal",
};

/** What Go's decoder would say. */
export class JsonSyntaxError extends Error {
  /** More text could still make it a value. */
  readonly isCutOff: boolean;

  constructor(message: string, isCutOff = false) {
    super(message);
    this.isCutOff = isCutOff;
  }
}

/** The end of the first value; -1 when there is nothing but white space. @throws JsonSyntaxError */
export function endOfValue(text: string): number {
  const scanner = new Scanner(text);
  return scanner.isEmpty() ? -1 : scanner.value(0);
}

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  isEmpty(): boolean {
    this.#space();
    return this.#at === this.#text.length;
  }

  value(depth: number): number {
    if (depth > DEEPEST) throw new JsonSyntaxError("exceeded max depth");
    const first = this.#peek();
    if (first === "{") this.#object(depth);
    else if (first === "[") this.#array(depth);
    else if (first === '"') this.#string();
    else if (first === "-" || isDigit(first)) this.#number();
    else if (LITERALS.has(first)) this.#literal(LITERALS.get(first)!);
    else throw this.#unexpected("looking for beginning of value");
    return this.#at;
  }

  #object(depth: number): void {
    this.#at++;
    if (this.#peek() === "}") return void this.#at++;
    for (;;) {
      if (this.#peek() !== '"')
        throw this.#unexpected("looking for beginning of object key string");
      this.#string();
      if (this.#peek() !== ":") throw this.#unexpected("after object key");
      this.#at++;
      this.value(depth + 1);
      const next = this.#peek();
      if (next !== "," && next !== "}") throw this.#unexpected("after object key:value pair");
      this.#at++;
      if (next === "}") return;
    }
  }

  #array(depth: number): void {
    this.#at++;
    if (this.#peek() === "]") return void this.#at++;
    for (;;) {
      this.value(depth + 1);
      const next = this.#peek();
      if (next !== "," && next !== "]") throw this.#unexpected("after array element");
      this.#at++;
      if (next === "]") return;
    }
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const character = this.#here();
      if (character === '"') return void this.#at++;
      if (character < " ") throw this.#unexpected("in string literal");
      this.#at++;
      if (character === "\\") this.#escape();
    }
  }

  #escape(): void {
    const character = this.#here();
    if (!'bfnrtu\\/"'.includes(character)) throw this.#unexpected("in string escape code");
    this.#at++;
    if (character !== "u") return;
    for (let n = 0; n < 4; n++, this.#at++) {
      if (/[0-9a-f]/i.test(this.#here())) continue;
      throw this.#unexpected("in \\u hexadecimal character escape");
    }
  }

  #number(): void {
    if (this.#text[this.#at] === "-") this.#at++;
    if (this.#text[this.#at] === "0") this.#at++;
    else this.#digits("sign");
    if (this.#text[this.#at] === ".") {
      this.#at++;
      this.#digits("point");
    }
    if (!/[eE]/.test(this.#text[this.#at] ?? "")) return;
    this.#at++;
    if (/[+-]/.test(this.#text[this.#at] ?? "")) this.#at++;
    this.#digits("exponent");
  }

  #digits(state: string): void {
    if (!isDigit(this.#here())) throw this.#unexpected(NUMBER_AFTER[state]!);
    while (isDigit(this.#text[this.#at] ?? "")) this.#at++;
  }

  #literal(word: string): void {
    for (const letter of word) {
      if (this.#here() !== letter) {
        throw this.#unexpected(`in literal ${word} (expecting '${letter}')`);
      }
      this.#at++;
    }
  }

  #space(): void {
    while (/[ \t\r\n]/.test(this.#text[this.#at] ?? "")) this.#at++;
  }

  /** The next character that is no white space. */
  #peek(): string {
    this.#space();
    return this.#here();
  }

  #here(): string {
    const character = this.#text[this.#at];
    if (character === undefined) throw new JsonSyntaxError("unexpected EOF", true);
    return character;
  }

  #unexpected(place: string): JsonSyntaxError {
    return new JsonSyntaxError(`invalid character ${quoted(this.#here())} ${place}`);
  }
}

const isDigit = (character: string): boolean => character >= "0" && character <= "9";

/** Go looks at bytes, not at characters. */
function quoted(character: string): string {
  if (character === "'") return "'\\''";
  if (character === '"') return "'\"'";
  const byte = String.fromCharCode(Buffer.from(character)[0]!);
  return `'${JSON.stringify(byte).slice(1, -1)}'`;
}
