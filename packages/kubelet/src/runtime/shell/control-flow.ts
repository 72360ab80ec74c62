// What leaves the middle of a script: thrown by builtins, caught by what they leave.

export class Break extends Error {
  readonly levels: number;
  readonly doesContinue: boolean;

  constructor(levels: number, doesContinue: boolean) {
    super("loop control");
    this.levels = levels;
    this.doesContinue = doesContinue;
  }
}

export class Return extends Error {
  readonly status: number;

  constructor(status: number) {
    super("return");
    this.status = status;
  }
}

/** `exit`, `set -e`, and errors that end a shell that is not interactive. */
export class ShellExit extends Error {
  readonly status: number;

  constructor(status: number) {
    super("exit");
    this.status = status;
  }
}

/** An expansion or assignment that fails: its text was not told yet. */
export class ExpansionError extends Error {}
