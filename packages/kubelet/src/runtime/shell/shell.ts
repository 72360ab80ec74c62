// One shell's state: variables, functions, options, traps, jobs. Subshells get a copy.

import type { OpenFile } from "../process/open-file.ts";
import type { Process } from "../process/process.ts";
import type { Signal } from "../process/signals.ts";
import type { FieldBuilder } from "./fields.ts";
import type { Command, Script, Word } from "./syntax.ts";
import { Variables } from "./variables.ts";

/** How a shell words its errors, and which extensions it knows. */
export type Dialect = "ash" | "dash" | "bash";

/** The interpreter's entry points: handed in, so that what it is made of can call back. */
export interface Interpreter {
  /** In this shell. */
  runScript(shell: Shell, script: Script): Promise<number>;
  /** As the whole of a shell or subshell. */
  runToEnd(shell: Shell, script: Script): Promise<number>;
  runCommand(shell: Shell, command: Command): Promise<number>;
  /** A script file without `#!` as a process of its own. */
  runFile(process: Process, dialect: Dialect, path: string): Promise<number>;
  expandText(shell: Shell, word: Word): Promise<string>;
  expandPattern(shell: Shell, word: Word): Promise<string>;
  addParts(shell: Shell, builder: FieldBuilder, word: Word, doesSplit: boolean): Promise<void>;
}

export interface Job {
  readonly number: number;
  readonly processes: readonly Process[];
  readonly source: string;
  isTold: boolean;
}

export interface Options {
  /** -e */
  errexit: boolean;
  /** -u */
  nounset: boolean;
  /** -x */
  xtrace: boolean;
  /** -f */
  noglob: boolean;
  /** -n */
  noexec: boolean;
  /** -v */
  verbose: boolean;
  /** -a */
  allexport: boolean;
  /** -C */
  noclobber: boolean;
  pipefail: boolean;
}

export class Shell {
  readonly process: Process;
  readonly dialect: Dialect;
  readonly interpreter: Interpreter;
  readonly variables: Variables;
  readonly functions: Map<string, Command>;
  readonly options: Options;
  /** `$0` */
  name: string;
  /** `$1` … */
  parameters: string[];
  status = 0;
  lastBackground = 0;
  isInteractive = false;
  /** Inside `$(…)`, `(…)` or a pipeline: it ends like a child. */
  isSubshell = false;
  line = 1;
  /** Runs a file rather than `-c` or a terminal. */
  isScript = false;
  /** Commands by signal name or `EXIT`; an empty text ignores. */
  readonly traps: Map<Signal | "EXIT", string>;
  /** Signals that arrived and whose trap has not run. */
  readonly pending: Signal[] = [];
  jobs: Job[] = [];
  /** Above 0 where a failing command does not end the shell under -e. */
  tested = 0;
  /** Command substitutions so far: a command without a name takes the status of its last one. */
  substitutions = 0;
  /** `$$`: the main shell's pid in subshells too. */
  readonly mainPid: number;
  /** Nesting of functions and sourced files, for `return`. */
  depth = 0;
  loops = 0;

  constructor(process: Process, given: Partial<Shell> & Pick<Shell, "dialect" | "interpreter">) {
    this.process = process;
    this.dialect = given.dialect;
    this.interpreter = given.interpreter;
    this.variables = given.variables ?? Variables.fromEnvironment(process.env);
    this.functions = given.functions ?? new Map();
    this.options = given.options ?? noOptions();
    this.traps = given.traps ?? new Map();
    this.mainPid = given.mainPid ?? process.pid;
    this.name = given.name ?? process.argv[0] ?? "sh";
    this.parameters = given.parameters ?? [];
  }

  get isBash(): boolean {
    return this.dialect === "bash";
  }

  /** The same shell in a child process: traps that act are forgotten there. */
  inChild(process: Process): Shell {
    const ignored = [...this.traps].filter(([, command]) => command === "");
    const child = new Shell(process, {
      dialect: this.dialect,
      interpreter: this.interpreter,
      variables: this.variables.copy(),
      functions: new Map(this.functions),
      options: { ...this.options },
      traps: new Map(ignored),
      name: this.name,
      mainPid: this.mainPid,
      parameters: [...this.parameters],
    });
    child.status = this.status;
    child.lastBackground = this.lastBackground;
    child.isSubshell = true;
    child.line = this.line;
    child.tested = this.tested;
    child.isScript = this.isScript;
    child.depth = this.depth;
    return child;
  }

  /** `name: text` on standard error, in the dialect's form. */
  async complain(text: string): Promise<void> {
    const short = this.name.slice(this.name.lastIndexOf("/") + 1).replace(/^-/, "");
    const name = this.isBash ? this.name.replace(/^-/, "") : short;
    const line = this.isInteractive ? "" : this.isBash ? ` line ${this.line}:` : ` ${this.line}:`;
    const place = this.dialect === "ash" ? (this.isScript ? ` line ${this.line}:` : "") : line;
    await this.process.complain(`${name}:${place} ${text}\n`);
  }

  get ifs(): string {
    return this.variables.get("IFS") ?? " \t\n";
  }

  /** Descriptors for a child. */
  sharedDescriptors(): (OpenFile | undefined)[] {
    return this.process.descriptors.map((file) => file?.share());
  }
}

export function noOptions(): Options {
  return {
    errexit: false,
    nounset: false,
    xtrace: false,
    noglob: false,
    noexec: false,
    verbose: false,
    allexport: false,
    noclobber: false,
    pipefail: false,
  };
}
