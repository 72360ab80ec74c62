// Runs an awk program over its input.

import type { Process } from "../../process/process.ts";
import { openPath } from "../../process/open-entry.ts";
import type { OpenFile } from "../../process/open-file.ts";
import { callBuiltin, type Machine } from "./builtins.ts";
import { AwkMemory, type Table } from "./memory.ts";
import { AwkError, type AwkProgram, type Expression, type Statement } from "./syntax.ts";
import { compare, formatted, FromInput, isTrue, numberOf, textOf, type Value } from "./values.ts";

class Jump {
  readonly to: string;
  readonly value: Value;
  constructor(to: string, value: Value) {
    this.to = to;
    this.value = value;
  }
}

const FLUSH_AT = 8192;
const DEEPEST = 500;

export class AwkRun extends AwkMemory implements Machine {
  readonly process: Process;
  readonly #program: AwkProgram;
  readonly #files = new Map<string, OpenFile>();
  readonly #inRange = new Set<object>();
  #output = "";
  /** Records that getline takes from the main input. */
  nextRecord: () => Promise<string | undefined> = () => Promise.resolve(undefined);

  constructor(process: Process, program: AwkProgram) {
    super();
    this.process = process;
    this.#program = program;
    const environment = this.table("ENVIRON");
    for (const [name, value] of process.env) environment.set(name, new FromInput(value));
  }

  // Life

  /** @returns the exit status when `exit` ended it */
  async begin(): Promise<number | undefined> {
    return this.#whole(this.#program.begin);
  }

  get needsInput(): boolean {
    return this.#program.rules.length > 0 || this.#program.end.length > 0;
  }

  async record(text: string): Promise<number | undefined> {
    this.setRecord(text);
    try {
      for (const rule of this.#program.rules) {
        if (!(await this.#selects(rule))) continue;
        if (rule.body) await this.#all(rule.body);
        else await this.#write(this.text + textOf(this.get("ORS")), "", undefined);
      }
      return undefined;
    } catch (jump) {
      if (jump instanceof Jump && jump.to === "next") return undefined;
      return exitOf(jump);
    }
  }

  async end(): Promise<number | undefined> {
    return this.#whole(this.#program.end);
  }

  async finish(): Promise<void> {
    await this.flush();
    for (const file of this.#files.values()) file.release();
  }

  async #whole(body: readonly Statement[]): Promise<number | undefined> {
    try {
      await this.#all(body);
      return undefined;
    } catch (jump) {
      return exitOf(jump);
    }
  }

  async #selects(rule: AwkProgram["rules"][number]): Promise<boolean> {
    if (!rule.pattern) return true;
    if (!rule.until) return isTrue(await this.value(rule.pattern));
    if (!this.#inRange.has(rule)) {
      if (!isTrue(await this.value(rule.pattern))) return false;
      this.#inRange.add(rule);
    }
    if (isTrue(await this.value(rule.until))) this.#inRange.delete(rule);
    return true;
  }

  // Statements

  async #all(statements: readonly Statement[]): Promise<void> {
    for (const statement of statements) {
      const pause = this.process.step();
      if (pause) await pause;
      await this.#run(statement);
    }
  }

  async #run(statement: Statement): Promise<void> {
    switch (statement.kind) {
      case "expression":
        return void (await this.value(statement.of));
      case "print":
        return this.#print(statement);
      case "if":
        return this.#all(
          isTrue(await this.value(statement.condition)) ? statement.then : statement.otherwise,
        );
      case "while":
        return this.#loop(statement.condition, undefined, statement);
      case "for":
        if (statement.first) await this.#run(statement.first);
        return this.#loop(statement.condition, statement.step, {
          body: statement.body,
          isLate: false,
        });
      case "for in":
        for (const key of [...this.table(statement.array).keys()]) {
          this.set(statement.name, new FromInput(key));
          if ((await this.#round(statement.body)) === "break") return;
        }
        return;
      case "delete":
        if (statement.index) this.table(statement.array).delete(await this.#key(statement.index));
        else this.table(statement.array).clear();
        return;
      case "jump":
        throw new Jump(statement.to, statement.value && (await this.value(statement.value)));
    }
  }

  async #loop(
    condition: Expression | undefined,
    step: Statement | undefined,
    { body, isLate }: { body: Statement[]; isLate: boolean },
  ): Promise<void> {
    for (let isFirst = true; ; isFirst = false) {
      const isChecked = !(isLate && isFirst) && condition;
      if (isChecked && !isTrue(await this.value(isChecked))) return;
      const pause = this.process.step();
      if (pause) await pause;
      if ((await this.#round(body)) === "break") return;
      if (step) await this.#run(step);
    }
  }

  async #round(body: readonly Statement[]): Promise<"break" | undefined> {
    try {
      await this.#all(body);
      return undefined;
    } catch (jump) {
      if (jump instanceof Jump && jump.to === "break") return "break";
      if (jump instanceof Jump && jump.to === "continue") return undefined;
      throw jump;
    }
  }

  async #print(statement: Extract<Statement, { kind: "print" }>): Promise<void> {
    const values: Value[] = [];
    for (const arg of statement.args) values.push(await this.value(arg));
    const target = statement.target && textOf(await this.value(statement.target));
    if (statement.format) {
      return this.#write(formatted(textOf(values[0]), values.slice(1)), statement.redirect, target);
    }
    const format = textOf(this.get("OFMT"));
    const texts = values.length > 0 ? values.map((value) => textOf(value, format)) : [this.text];
    const line = texts.join(textOf(this.get("OFS"))) + textOf(this.get("ORS"));
    return this.#write(line, statement.redirect, target);
  }

  async #write(text: string, redirect: string, target: string | undefined): Promise<void> {
    if (target === undefined) {
      this.#output += text;
      if (this.#output.length > FLUSH_AT) await this.flush();
      return;
    }
    if (redirect === "|") throw new AwkError("output to a command is not supported");
    if (target === "/dev/stderr") return void (await this.process.complain(text));
    let file = this.#files.get(target);
    if (!file) {
      file = openPath(this.process, target, redirect === ">>" ? "append" : "write");
      this.#files.set(target, file);
    }
    await file.write(this.process, Buffer.from(text));
  }

  async flush(): Promise<void> {
    const text = this.#output;
    this.#output = "";
    if (text) await this.process.print(text);
  }

  async #key(index: readonly Expression[]): Promise<string> {
    const parts: string[] = [];
    for (const one of index) parts.push(textOf(await this.value(one)));
    return parts.join(textOf(this.get("SUBSEP")));
  }

  async assign(target: Expression, value: Value): Promise<Value> {
    if (target.kind === "name") this.set(target.name, value);
    else if (target.kind === "field")
      this.setField(numberOf(await this.value(target.index)), value);
    else if (target.kind === "element")
      this.table(target.array).set(await this.#key(target.index), value);
    else throw new AwkError("assignment to what is no variable");
    return value;
  }

  // Expressions

  async value(expression: Expression): Promise<Value> {
    switch (expression.kind) {
      case "number":
      case "text":
        return expression.value;
      case "regex":
        return Number(expression.pattern.test(this.text));
      case "name":
        return this.get(expression.name);
      case "field":
        return this.field(numberOf(await this.value(expression.index)));
      case "element":
        return this.#element(expression.array, await this.#key(expression.index));
      case "in":
        return Number(this.table(expression.array).has(await this.#key(expression.index)));
      case "assign":
        return this.#assignment(expression);
      case "step": {
        const before = numberOf(await this.value(expression.target));
        const after = before + (expression.operator === "++" ? 1 : -1);
        await this.assign(expression.target, after);
        return expression.isBefore ? after : before;
      }
      case "unary":
        return this.#unary(expression.operator, await this.value(expression.of));
      case "binary":
        return this.#binary(expression);
      case "choice":
        return this.value(
          isTrue(await this.value(expression.condition)) ? expression.yes : expression.no,
        );
      case "call":
        return this.#call(expression.name, expression.args);
      case "getline":
        return this.#getline(expression);
    }
  }

  #element(array: string, key: string): Value {
    const table = this.table(array);
    if (!table.has(key)) table.set(key, undefined);
    return table.get(key);
  }

  async #assignment({
    target,
    operator,
    value,
  }: Extract<Expression, { kind: "assign" }>): Promise<Value> {
    const right = await this.value(value);
    if (operator === "") return this.assign(target, right);
    const left = numberOf(await this.value(target));
    return this.assign(target, arithmetic(operator, left, numberOf(right)));
  }

  #unary(operator: string, value: Value): Value {
    if (operator === "!") return Number(!isTrue(value));
    return operator === "-" ? -numberOf(value) : numberOf(value);
  }

  async #binary({
    operator,
    left,
    right,
  }: Extract<Expression, { kind: "binary" }>): Promise<Value> {
    const first = await this.value(left);
    switch (operator) {
      case "group":
        return first;
      case "&&":
        return Number(isTrue(first) && isTrue(await this.value(right)));
      case "||":
        return Number(isTrue(first) || isTrue(await this.value(right)));
      case "~":
      case "!~":
        return Number((await this.regex(right)).test(textOf(first)) === (operator === "~"));
      case " ": {
        const format = textOf(this.get("CONVFMT"));
        return textOf(first, format) + textOf(await this.value(right), format);
      }
    }
    const second = await this.value(right);
    const order = /^[<>=!]/.test(operator) ? compare(first, second) : 0;
    switch (operator) {
      case "<":
        return Number(order < 0);
      case "<=":
        return Number(order <= 0);
      case "==":
        return Number(order === 0);
      case "!=":
        return Number(order !== 0);
      case ">":
        return Number(order > 0);
      case ">=":
        return Number(order >= 0);
      default:
        return arithmetic(operator, numberOf(first), numberOf(second));
    }
  }

  /** A regular expression as written, or made of a text. */
  async regex(expression: Expression): Promise<RegExp> {
    if (expression.kind === "regex") return expression.pattern;
    const text = textOf(await this.value(expression));
    try {
      return new RegExp(text);
    } catch {
      throw new AwkError(`bad regex: '${text}'`);
    }
  }

  async #call(name: string, args: readonly Expression[]): Promise<Value> {
    const called = this.#program.functions.get(name);
    if (!called) return callBuiltin(this, name, args);
    if (this.depth >= DEEPEST) throw new AwkError("function calls are nested too deeply");
    const scope = new Map<string, Value | Table>();
    for (const [index, parameter] of called.parameters.entries()) {
      const arg = args[index];
      scope.set(parameter, arg && (await this.#argument(arg)));
    }
    this.enter(scope);
    try {
      await this.#all(called.body);
      return undefined;
    } catch (jump) {
      if (jump instanceof Jump && jump.to === "return") return jump.value;
      throw jump;
    } finally {
      this.leave();
    }
  }

  /** Arrays are handed over as they are. */
  async #argument(arg: Expression): Promise<Value | Table> {
    if (arg.kind !== "name") return this.value(arg);
    return this.shared(arg.name);
  }

  async #getline({ target, file }: Extract<Expression, { kind: "getline" }>): Promise<Value> {
    if (file) throw new AwkError("getline from a file is not supported");
    const record = await this.nextRecord();
    if (record === undefined) return 0;
    if (target) await this.assign(target, new FromInput(record));
    else this.setRecord(record);
    return 1;
  }
}

function arithmetic(operator: string, left: number, right: number): number {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
    case "%":
      if (right === 0) throw new AwkError("division by zero");
      return operator === "/" ? left / right : left % right;
    default:
      return left ** right;
  }
}

/** @throws what is no `exit` */
function exitOf(jump: unknown): number {
  if (jump instanceof Jump && jump.to === "exit") return numberOf(jump.value);
  if (jump instanceof Jump) return 0;
  throw jump;
}
