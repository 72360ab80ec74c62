// What unwinds a program from within: only process.ts catches these, programs let them pass. They are
// no Errors: nobody reads their stacks, and a stack would keep alive what the program has left behind.

import type { Program } from "./program.ts";

/** The process has ended; whatever its program still awaits is rejected with this. */
export class Killed {}

/** exit(2). */
export class Exit {
  readonly code: number;
  constructor(code: number) {
    this.code = code;
  }
}

/** exec(2): the process goes on as another program. */
export class Replace {
  readonly program: Program;
  constructor(program: Program) {
    this.program = program;
  }
}

/** A handled signal arrived during an interruptible wait. */
export class Interrupted {}
