// find: entries that pass tests, printed, removed or handed to a command.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";
import { matchesPattern } from "../shell/pattern.ts";
import { accountNames } from "./accounts.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { sizeOf } from "./ls.ts";
import { runCommand } from "./run-command.ts";
import { walkTree, type Found } from "./walk-tree.ts";

type Test = (found: Found) => boolean | Promise<boolean>;

interface Plan {
  test: Test;
  hasAction: boolean;
  mostDepth: number;
  leastDepth: number;
  isDeep: boolean;
  finish(): Promise<void>;
}

class FindError extends Error {}

export const find: Applets = {
  find: async (process) => {
    const args = process.argv.slice(1);
    const first = args.findIndex((arg) => /^[-(!]/.test(arg));
    const roots = first < 0 ? args : args.slice(0, first);
    try {
      const plan = new Parser(process, first < 0 ? [] : args.slice(first)).plan();
      let code = 0;
      for (const root of roots.length > 0 ? roots : ["."])
        code = Math.max(code, await search(process, root, plan));
      await plan.finish();
      return code;
    } catch (error) {
      if (!(error instanceof FindError)) throw error;
      return complaint(process, error.message);
    }
  },
};

async function search(process: Process, root: string, plan: Plan): Promise<number> {
  try {
    const found = [...walkTree(process, root, { mostDepth: plan.mostDepth })].filter(
      ({ depth }) => depth >= plan.leastDepth,
    );
    const pruned: string[] = [];
    for (const one of plan.isDeep ? found.reverse() : found) {
      const pause = process.step();
      if (pause) await pause;
      if (pruned.some((path) => one.path.startsWith(`${path}/`))) continue;
      const result = await plan.test({ ...one, prune: () => pruned.push(one.path) } as Found);
      if (result && !plan.hasAction) await process.print(`${one.path}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    return complaint(
      process,
      process.flavour === "gnu" ? `'${root}': ${error.message}` : `${root}: ${error.message}`,
    );
  }
}

class Parser {
  readonly #process: Process;
  readonly #args: string[];
  readonly #batches: (() => Promise<void>)[] = [];
  #hasAction = false;
  #mostDepth = Infinity;
  #leastDepth = 0;
  #isDeep = false;

  constructor(process: Process, args: string[]) {
    this.#process = process;
    this.#args = [...args];
  }

  plan(): Plan {
    const test = this.#args.length === 0 ? () => true : this.#or();
    if (this.#args.length > 0)
      throw new FindError(`paths must precede expression: ${this.#args[0]}`);
    return {
      test,
      hasAction: this.#hasAction,
      mostDepth: this.#mostDepth,
      leastDepth: this.#leastDepth,
      isDeep: this.#isDeep,
      finish: async () => {
        for (const run of this.#batches) await run();
      },
    };
  }

  #or(): Test {
    let left = this.#and();
    while (this.#take("-o", "-or")) {
      const [before, right] = [left, this.#and()];
      left = async (found) => (await before(found)) || right(found);
    }
    return left;
  }

  #and(): Test {
    let left = this.#not();
    while (this.#args.length > 0 && !["-o", "-or", ")"].includes(this.#args[0]!)) {
      this.#take("-a", "-and");
      const [before, right] = [left, this.#not()];
      left = async (found) => (await before(found)) && right(found);
    }
    return left;
  }

  #not(): Test {
    if (!this.#take("!", "-not")) return this.#primary();
    const inner = this.#not();
    return async (found) => !(await inner(found));
  }

  #primary(): Test {
    const name = this.#args.shift() ?? "";
    if (name === "(") {
      const inner = this.#or();
      if (!this.#take(")")) throw new FindError("missing )");
      return inner;
    }
    const always = (set: () => void): Test => (set(), () => true);
    switch (name) {
      case "-maxdepth":
        return always(() => (this.#mostDepth = Number(this.#value(name))));
      case "-mindepth":
        return always(() => (this.#leastDepth = Number(this.#value(name))));
      case "-depth":
        return always(() => (this.#isDeep = true));
      case "-xdev":
      case "-mount":
      case "-noleaf":
        return () => true;
      case "-prune":
        return (found) => ((found as Found & { prune(): void }).prune(), true);
      default:
        return this.#action(name) ?? this.#check(name);
    }
  }

  #action(name: string): Test | undefined {
    const { files } = this.#process;
    const acting = (test: Test): Test => ((this.#hasAction = true), test);
    switch (name) {
      case "-print":
        return acting(async ({ path }) => (await this.#process.print(`${path}\n`), true));
      case "-print0":
        return acting(async ({ path }) => (await this.#process.print(`${path}\0`), true));
      case "-delete":
        this.#isDeep = true;
        return acting(({ path, entry }) => {
          if (entry.kind === "directory") files.removeDirectory(path);
          else files.remove(path);
          return true;
        });
      case "-exec":
        return acting(this.#exec());
      default:
        return undefined;
    }
  }

  #exec(): Test {
    const end = this.#args.findIndex((arg) => arg === ";" || arg === "+");
    if (end < 0) throw new FindError("missing argument to `-exec'");
    const [...command] = this.#args.splice(0, end + 1);
    if (command.pop() === "+") {
      const paths: string[] = [];
      this.#batches.push(async () => {
        if (paths.length > 0) await runCommand(this.#process, [...command.slice(0, -1), ...paths]);
      });
      return ({ path }) => paths.push(path) > 0;
    }
    return async ({ path }) =>
      (await runCommand(
        this.#process,
        command.map((word) => word.replaceAll("{}", path)),
      )) === 0;
  }

  #check(name: string): Test {
    const process = this.#process;
    const value = ["-empty", "-true", "-false", "-readable", "-writable", "-executable"].includes(
      name,
    )
      ? ""
      : this.#value(name);
    switch (name) {
      case "-name":
        return (found) => matchesPattern(found.name, value);
      case "-iname":
        return (found) => matchesPattern(found.name.toLowerCase(), value.toLowerCase());
      case "-path":
      case "-wholename":
        return ({ path }) => matchesPattern(path, value);
      case "-regex":
        return ({ path }) => new RegExp(`^(?:${value})$`).test(path);
      case "-type":
        return ({ entry }) =>
          value.split(",").includes({ file: "f", directory: "d", symlink: "l" }[entry.kind]);
      case "-size":
        return ({ entry }) => compares(value, Math.ceil(sizeOf(entry) / sizeUnit(value)));
      case "-mtime":
        return ({ entry }) =>
          compares(
            value,
            Math.floor((process.world.clock.now() - entry.meta.modifiedMs) / 86_400_000),
          );
      case "-mmin":
        return ({ entry }) =>
          compares(value, Math.ceil((process.world.clock.now() - entry.meta.modifiedMs) / 60_000));
      case "-newer": {
        const { modifiedMs } = process.files.get(value).meta;
        return ({ entry }) => entry.meta.modifiedMs > modifiedMs;
      }
      case "-user": {
        const uid = accountNames(process).uid(value);
        return ({ entry }) => entry.meta.uid === uid;
      }
      case "-perm":
        return ({ entry }) => permits(value, entry.meta.mode & 0o7777);
      case "-empty":
        return ({ entry }) =>
          entry.kind === "directory" ? [...entry.names()].length === 0 : sizeOf(entry) === 0;
      case "-true":
        return () => true;
      case "-false":
        return () => false;
      case "-readable":
        return ({ path }) => process.files.allows(path, 4);
      case "-writable":
        return ({ path }) => process.files.allows(path, 2);
      case "-executable":
        return ({ path }) => process.files.allows(path, 1);
      default:
        throw new FindError(
          process.flavour === "gnu" ? `unknown predicate \`${name}'` : `unrecognized: ${name}`,
        );
    }
  }

  #value(name: string): string {
    const value = this.#args.shift();
    if (value === undefined) throw new FindError(`missing argument to \`${name}'`);
    return value;
  }

  #take(...names: string[]): boolean {
    if (!names.includes(this.#args[0] ?? "")) return false;
    this.#args.shift();
    return true;
  }
}

function compares(text: string, actual: number): boolean {
  const wanted = parseInt(text.replace(/^[-+]/, ""), 10);
  if (text.startsWith("+")) return actual > wanted;
  return text.startsWith("-") ? actual < wanted : actual === wanted;
}

function sizeUnit(text: string): number {
  return { c: 1, w: 2, k: 1024, M: 1048576, G: 1073741824 }[text.slice(-1)] ?? 512;
}

function permits(text: string, mode: number): boolean {
  const wanted = parseInt(text.replace(/^[-/]/, ""), 8);
  if (text.startsWith("-")) return (mode & wanted) === wanted;
  return text.startsWith("/") ? (mode & wanted) !== 0 : mode === wanted;
}
