// What unwinds a program from within: only process.ts catches these, programs let them pass.

import type { Program } from "./program.ts";

/** The process has ended; whatever its program still awaits is rejected with this. */
export class Killed extends Error {
  constructor() {
    super("the process has ended");
  }
}

/** exit(2). */
export class Exit extends Error {
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** exec(2): the process goes on as another program. */
export class Replace extends Error {
  readonly program: Program;
  constructor(program: Program) {
    super("exec");
    this.program = program;
  }
}

/** A handled signal arrived during an interruptible wait. */
export class Interrupted extends Error {
  constructor() {
    super("Interrupted system call");
  }
}
