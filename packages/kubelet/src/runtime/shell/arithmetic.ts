// `$(( … ))`: C's integer expressions, assignments included.

export interface ArithmeticVariables {
  get(name: string): string;
  set(name: string, value: string): void;
}

export class ArithmeticError extends Error {}

const TOKEN =
  /\s*(?:(0[xX][0-9a-fA-F]+|\d+#[0-9a-zA-Z]+|\d+)|([A-Za-z_]\w*)|(<<=|>>=|\*\*|<<|>>|<=|>=|==|!=|&&|\|\||\+\+|--|[-+*/%&|^]=|[-+*/%<>=!~&|^?:(),]))/y;
const DEEPEST = 64;

/** @throws ArithmeticError */
export function evaluate(text: string, variables: ArithmeticVariables, depth = 0): number {
  if (depth > DEEPEST) throw new ArithmeticError("expression recursion level exceeded");
  if (text.trim() === "") return 0;
  return new Evaluation(text, variables, depth).run();
}

const LEVELS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["|"],
  ["^"],
  ["&"],
  ["==", "!="],
  ["<", ">", "<=", ">="],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "%"],
];

class Evaluation {
  readonly #tokens: string[] = [];
  readonly #variables: ArithmeticVariables;
  readonly #depth: number;
  #at = 0;
  /** Above 0 in the branch that is not taken: nothing is assigned or divided there. */
  #skipping = 0;

  constructor(text: string, variables: ArithmeticVariables, depth: number) {
    this.#variables = variables;
    this.#depth = depth;
    TOKEN.lastIndex = 0;
    for (let at = 0; text.slice(at).trim() !== ""; at = TOKEN.lastIndex) {
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(text);
      if (!match) throw new ArithmeticError("syntax error");
      this.#tokens.push(match[0].trim());
    }
  }

  run(): number {
    const value = this.#comma();
    if (this.#at < this.#tokens.length) throw new ArithmeticError("syntax error");
    return value;
  }

  #comma(): number {
    let value = this.#assignment();
    while (this.#take(",")) value = this.#assignment();
    return value;
  }

  #assignment(): number {
    const name = this.#tokens[this.#at] ?? "";
    const operator = this.#tokens[this.#at + 1] ?? "";
    const isAssignment = /^[A-Za-z_]/.test(name) && /^(?:<<|>>|[-+*/%&|^])?=$/.test(operator);
    if (!isAssignment) return this.#ternary();
    this.#at += 2;
    const right = this.#assignment();
    const binary = operator.slice(0, -1);
    return this.#store(name, binary ? this.#apply(binary, this.#load(name), right) : right);
  }

  #ternary(): number {
    const condition = this.#binary(0);
    if (!this.#take("?")) return condition;
    const yes = this.#unless(condition === 0, () => this.#assignment());
    if (!this.#take(":")) throw new ArithmeticError("syntax error");
    const no = this.#unless(condition !== 0, () => this.#assignment());
    return condition !== 0 ? yes : no;
  }

  #binary(level: number): number {
    const operators = LEVELS[level];
    if (!operators) return this.#power();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#tokens[this.#at];
      if (operator === undefined || !operators.includes(operator)) return left;
      this.#at++;
      const isDecided = operator === "||" ? left !== 0 : operator === "&&" && left === 0;
      const right = this.#unless(isDecided, () => this.#binary(level + 1));
      left = this.#apply(operator, left, right);
    }
  }

  #unless(isSkipped: boolean, run: () => number): number {
    if (isSkipped) this.#skipping++;
    const value = run();
    if (isSkipped) this.#skipping--;
    return value;
  }

  #power(): number {
    const base = this.#unary();
    return this.#take("**") ? toInteger(base ** this.#power()) : base;
  }

  #unary(): number {
    if (this.#take("!")) return this.#unary() === 0 ? 1 : 0;
    if (this.#take("~")) return toInteger(Number(~BigInt(this.#unary())));
    if (this.#take("-")) return -this.#unary() + 0;
    if (this.#take("+")) return this.#unary();
    for (const step of ["++", "--"]) {
      if (!this.#take(step)) continue;
      const name = this.#tokens[this.#at++] ?? "";
      return this.#store(name, this.#load(name) + (step === "++" ? 1 : -1));
    }
    return this.#primary();
  }

  #primary(): number {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new ArithmeticError("syntax error");
    if (token === "(") {
      const value = this.#comma();
      if (!this.#take(")")) throw new ArithmeticError("missing ')'");
      return value;
    }
    if (/^\d/.test(token)) return numberOf(token);
    if (!/^[A-Za-z_]/.test(token)) throw new ArithmeticError("syntax error");
    const value = this.#load(token);
    if (this.#take("++")) this.#store(token, value + 1);
    else if (this.#take("--")) this.#store(token, value - 1);
    return value;
  }

  #apply(operator: string, left: number, right: number): number {
    switch (operator) {
      case "+":
        return toInteger(left + right);
      case "-":
        return toInteger(left - right);
      case "*":
        return Number.isSafeInteger(left * right)
          ? left * right + 0
          : Number(BigInt.asIntN(64, BigInt(left) * BigInt(right)));
      case "/":
      case "%":
        return this.#divide(operator, left, right);
      case "==":
        return Number(left === right);
      case "!=":
        return Number(left !== right);
      case "<":
        return Number(left < right);
      case ">":
        return Number(left > right);
      case "<=":
        return Number(left <= right);
      case ">=":
        return Number(left >= right);
      case "&&":
        return Number(left !== 0 && right !== 0);
      case "||":
        return Number(left !== 0 || right !== 0);
      default:
        return bitwise(operator, BigInt(left), BigInt(right));
    }
  }

  #divide(operator: string, left: number, right: number): number {
    if (this.#skipping > 0) return 0;
    if (right === 0) throw new ArithmeticError("division by zero");
    return (operator === "/" ? Math.trunc(left / right) : left % right) + 0;
  }

  #load(name: string): number {
    const value = this.#variables.get(name).trim();
    if (value === "" || this.#skipping > 0) return 0;
    if (/^[-+]?\d+$/.test(value)) return numberOf(value);
    return evaluate(value, this.#variables, this.#depth + 1);
  }

  #store(name: string, value: number): number {
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new ArithmeticError("syntax error");
    if (this.#skipping === 0) this.#variables.set(name, String(value));
    return value;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}

function bitwise(operator: string, left: bigint, right: bigint): number {
  const of: { readonly [operator: string]: () => bigint } = {
    "&": () => left & right,
    "|": () => left | right,
    "^": () => left ^ right,
    "<<": () => left << (right & 63n),
    ">>": () => left >> (right & 63n),
  };
  const apply = of[operator];
  if (!apply) throw new ArithmeticError("syntax error");
  return Number(BigInt.asIntN(64, apply()));
}

function toInteger(value: number): number {
  if (Number.isSafeInteger(value)) return value + 0;
  return Number.isFinite(value) ? Number(BigInt.asIntN(64, BigInt(Math.trunc(value)))) : 0;
}

function numberOf(text: string): number {
  const based = /^(\d+)#(\w+)$/.exec(text);
  if (based) return parseInt(based[2]!, Number(based[1]));
  if (/^0[xX]/.test(text)) return parseInt(text, 16);
  if (/^0\d/.test(text)) return parseInt(text, 8);
  return Number(text);
}
