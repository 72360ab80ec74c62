// What an awk program remembers: variables, arrays, the scopes of its functions, the current record.

import { AwkError } from "./syntax.ts";
import { FromInput, numberOf, textOf, type Value } from "./values.ts";

export type Table = Map<string, Value>;

const SEPARATOR = "\x1c";
const MOST_FIELDS = 100_000;

export class AwkMemory {
  readonly #globals = new Map<string, Value>([
    ["FS", " "], ["OFS", " "], ["RS", "\n"], ["ORS", "\n"], ["NR", 0], ["FNR", 0], ["SUBSEP", SEPARATOR],
    ["OFMT", "%.6g"], ["CONVFMT", "%.6g"], ["RSTART", 0], ["RLENGTH", -1], ["FILENAME", ""],
  ]); // prettier-ignore
  readonly #tables = new Map<string, Table>();
  #locals: Map<string, Value | Table>[] = [];
  #record = "";
  #fields: string[] = [];

  /** The current record, `$0`. */
  get text(): string {
    return this.#record;
  }

  get depth(): number {
    return this.#locals.length;
  }

  enter(scope: Map<string, Value | Table>): void {
    this.#locals.push(scope);
  }

  leave(): void {
    this.#locals.pop();
  }

  /** A variable as an argument: arrays are handed over as they are. */
  shared(name: string): Value | Table {
    const local = this.#locals[this.#locals.length - 1]?.get(name);
    if (local instanceof Map) return local;
    const value = this.get(name);
    const isArray = this.#tables.has(name) || !this.#globals.has(name);
    return value === undefined && isArray ? this.table(name) : value;
  }

  get(name: string): Value {
    if (name === "NF") return this.#fields.length;
    const scope = this.#locals[this.#locals.length - 1];
    const local = scope?.get(name);
    if (scope?.has(name)) return local instanceof Map ? undefined : local;
    return this.#globals.get(name);
  }

  set(name: string, value: Value): void {
    if (name === "NF") return this.#resize(numberOf(value));
    const scope = this.#locals[this.#locals.length - 1];
    if (scope?.has(name)) scope.set(name, value);
    else this.#globals.set(name, value);
  }

  table(name: string): Table {
    const scope = this.#locals[this.#locals.length - 1];
    if (scope?.has(name)) {
      const local = scope.get(name);
      if (local instanceof Map) return local;
      const made: Table = new Map();
      scope.set(name, made);
      return made;
    }
    let table = this.#tables.get(name);
    if (!table) this.#tables.set(name, (table = new Map()));
    return table;
  }

  setRecord(text: string): void {
    this.#record = text;
    this.#fields = this.split(text, textOf(this.get("FS")));
  }

  split(text: string, separator: string | RegExp): string[] {
    if (text === "") return [];
    if (separator === " ") return text.trim() === "" ? [] : text.trim().split(/\s+/);
    if (typeof separator !== "string") return text.split(separator);
    if (separator.length === 1) return text.split(separator);
    return separator === "" ? [...text] : text.split(new RegExp(separator));
  }

  field(index: number): Value {
    return new FromInput(index === 0 ? this.#record : (this.#fields[index - 1] ?? ""));
  }

  setField(index: number, value: Value): void {
    if (index === 0) return this.setRecord(textOf(value));
    if (index < 0 || index > MOST_FIELDS) throw new AwkError(`field index out of range: ${index}`);
    while (this.#fields.length < index) this.#fields.push("");
    this.#fields[index - 1] = textOf(value);
    this.#record = this.#fields.join(textOf(this.get("OFS")));
  }

  #resize(count: number): void {
    while (this.#fields.length < Math.min(count, MOST_FIELDS)) this.#fields.push("");
    this.#fields.length = Math.max(0, Math.min(count, this.#fields.length));
    this.#record = this.#fields.join(textOf(this.get("OFS")));
  }
}
