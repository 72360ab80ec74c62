// `test` and `[`: conditions on files, texts and numbers.

import type { Process } from "../process/process.ts";

/** An expression that is none; `message` follows the name `test` or `[`. */
export class TestError extends Error {}

const UNARY = /^-[bcdefghknprstuwxzGLOSN]$/;
const BINARY = new Set([
  "=",
  "==",
  "!=",
  "<",
  ">",
  "-eq",
  "-ne",
  "-lt",
  "-le",
  "-gt",
  "-ge",
  "-nt",
  "-ot",
  "-ef",
]);

/** @throws TestError */
export function evaluateTest(process: Process, args: readonly string[]): boolean {
  const expression = new TestExpression(process, args);
  return expression.run();
}

class TestExpression {
  readonly #process: Process;
  readonly #args: readonly string[];
  #at = 0;

  constructor(process: Process, args: readonly string[]) {
    this.#process = process;
    this.#args = args;
  }

  run(): boolean {
    const { length } = this.#args;
    if (length === 0) return false;
    if (length === 1) return this.#args[0] !== "";
    const value = this.#or();
    if (this.#at < length) throw new TestError(`${this.#args[this.#at]}: unexpected operator`);
    return value;
  }

  #or(): boolean {
    let value = this.#and();
    while (this.#take("-o")) value = this.#and() || value;
    return value;
  }

  #and(): boolean {
    let value = this.#not();
    while (this.#take("-a")) value = this.#not() && value;
    return value;
  }

  #not(): boolean {
    const isNot = this.#args[this.#at] === "!" && this.#at + 1 < this.#args.length;
    if (!isNot) return this.#primary();
    this.#at++;
    return !this.#not();
  }

  #primary(): boolean {
    const [first, operator, second] = this.#args.slice(this.#at, this.#at + 3);
    if (first === undefined) throw new TestError("argument expected");
    if (operator !== undefined && second !== undefined && BINARY.has(operator)) {
      this.#at += 3;
      return testBinary(this.#process, operator, first, second);
    }
    if (first === "(" && operator !== undefined) return this.#group();
    if (UNARY.test(first) && operator !== undefined) {
      this.#at += 2;
      return testUnary(this.#process, first, operator);
    }
    this.#at++;
    return first !== "";
  }

  #group(): boolean {
    this.#at++;
    const value = this.#or();
    if (!this.#take(")")) throw new TestError("closing paren expected");
    return value;
  }

  #take(text: string): boolean {
    if (this.#args[this.#at] !== text) return false;
    this.#at++;
    return true;
  }
}

export function testUnary(process: Process, operator: string, text: string): boolean {
  const { files } = process;
  const kind = () => files.find(text)?.kind;
  const mode = () => files.find(text)?.meta.mode ?? 0;
  switch (operator) {
    case "-n":
      return text !== "";
    case "-z":
      return text === "";
    case "-e":
      return kind() !== undefined;
    case "-f":
      return kind() === "file";
    case "-d":
      return kind() === "directory";
    case "-h":
    case "-L":
      return files.find(text, { followLast: false })?.kind === "symlink";
    case "-s": {
      const entry = files.find(text);
      return entry !== undefined && (entry.kind !== "file" || entry.size > 0);
    }
    case "-r":
      return files.allows(text, 4);
    case "-w":
      return files.allows(text, 2);
    case "-x":
      return files.allows(text, 1);
    case "-t":
      return process.descriptors[Number(text)]?.isTerminal ?? false;
    case "-u":
      return (mode() & 0o4000) !== 0;
    case "-g":
      return (mode() & 0o2000) !== 0;
    case "-k":
      return (mode() & 0o1000) !== 0;
    case "-O":
      return files.find(text)?.meta.uid === process.uid;
    case "-G":
      return files.find(text)?.meta.gid === process.gid;
    default:
      return false;
  }
}

/** @throws TestError when a number is none */
export function testBinary(
  process: Process,
  operator: string,
  left: string,
  right: string,
): boolean {
  switch (operator) {
    case "=":
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "-nt":
      return modified(process, left) > modified(process, right);
    case "-ot":
      return modified(process, left) < modified(process, right);
    case "-ef":
      return (
        process.files.exists(left) && process.files.realPath(left) === process.files.realPath(right)
      );
    default:
      return compare(operator, integer(left), integer(right));
  }
}

function compare(operator: string, left: number, right: number): boolean {
  switch (operator) {
    case "-eq":
      return left === right;
    case "-ne":
      return left !== right;
    case "-lt":
      return left < right;
    case "-le":
      return left <= right;
    case "-gt":
      return left > right;
    case "-ge":
      return left >= right;
    default:
      throw new TestError(`${operator}: unknown operand`);
  }
}

function modified(process: Process, path: string): number {
  return process.files.find(path)?.meta.modifiedMs ?? -1;
}

function integer(text: string): number {
  const trimmed = text.trim();
  if (!/^[-+]?\d+$/.test(trimmed)) throw new TestError(`${text}: bad number`);
  return Number(trimmed);
}
