// awk's language as data.

export class AwkError extends Error {}

export interface AwkProgram {
  readonly begin: readonly Statement[];
  readonly end: readonly Statement[];
  readonly rules: readonly Rule[];
  readonly functions: ReadonlyMap<string, AwkFunction>;
}

export interface Rule {
  readonly pattern: Expression | undefined;
  /** The end of a range pattern. */
  readonly until: Expression | undefined;
  readonly body: readonly Statement[] | undefined;
}

export interface AwkFunction {
  readonly parameters: readonly string[];
  readonly body: readonly Statement[];
}

export type Statement =
  | { kind: "expression"; of: Expression }
  | {
      kind: "print";
      format: boolean;
      args: Expression[];
      redirect: string;
      target: Expression | undefined;
    }
  | { kind: "if"; condition: Expression; then: Statement[]; otherwise: Statement[] }
  | { kind: "while"; condition: Expression; body: Statement[]; isLate: boolean }
  | {
      kind: "for";
      first: Statement | undefined;
      condition: Expression | undefined;
      step: Statement | undefined;
      body: Statement[];
    }
  | { kind: "for in"; name: string; array: string; body: Statement[] }
  | { kind: "delete"; array: string; index: Expression[] | undefined }
  | {
      kind: "jump";
      to: "next" | "exit" | "break" | "continue" | "return";
      value: Expression | undefined;
    };

export type Expression =
  | { kind: "number"; value: number }
  | { kind: "text"; value: string }
  | { kind: "regex"; pattern: RegExp }
  | { kind: "name"; name: string }
  | { kind: "field"; index: Expression }
  | { kind: "element"; array: string; index: Expression[] }
  | { kind: "in"; index: Expression[]; array: string }
  | { kind: "assign"; operator: string; target: Expression; value: Expression }
  | { kind: "step"; operator: "++" | "--"; target: Expression; isBefore: boolean }
  | { kind: "unary"; operator: string; of: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "choice"; condition: Expression; yes: Expression; no: Expression }
  | { kind: "call"; name: string; args: Expression[] }
  | { kind: "getline"; target: Expression | undefined; file: Expression | undefined };
