// A simulated process: what a program sees of the machine, and what the machine sees of a program.

import { parseEnvironment } from "./packed-environment.ts";
import { ErrnoError } from "../file-system/errno.ts";
import { Files, type FilesCaller } from "../file-system/files.ts";
import { Exit, Interrupted, Killed, Replace } from "./control.ts";
import { loadProgram } from "./executable.ts";
import type { OpenFile } from "./open-file.ts";
import type { Program } from "./program.ts";
import { endsByDefault, signalNumber, type Signal } from "./signals.ts";
import type { World } from "./world.ts";

export interface ExitStatus {
  code: number;
  /** The number of the signal that ended it, or 0. */
  signal: number;
}

export interface ProcessOptions {
  argv: string[];
  parent?: Process | undefined;
  /** Absent: the container's. Owned by the process from now on. */
  env?: Map<string, string>;
  cwd: string;
  uid: number;
  gid: number;
  groups?: readonly number[];
  /** Owned by the process: it releases them when it ends. */
  descriptors: (OpenFile | undefined)[];
  /** Absent: the parent's group. */
  group?: number;
  umask?: number;
}

interface Blocked {
  reject(reason: unknown): void;
  cancel: (() => void) | void;
  interruptible: boolean;
}

type Handler = (() => void) | "ignore";

const NO_GROUPS: readonly number[] = [];
const NO_SIGNALS: readonly Signal[] = [];
const CHUNK = 64 * 1024;

export class Process implements FilesCaller {
  readonly pid: number;
  readonly world: World;
  parent: Process | undefined;
  group: number;
  argv: string[];
  cwd: string;
  uid: number;
  gid: number;
  groups: readonly number[];
  umask: number;
  readonly startedMs: number;
  readonly descriptors: (OpenFile | undefined)[];
  /** Set once it has ended. */
  status: ExitStatus | undefined;
  /** Whether its image brings busybox or GNU programs: they word errors differently. */
  flavour: "busybox" | "gnu" = "gnu";
  /** What it would hold, for usage and limits. */
  memoryBytes = 0;
  #env: Map<string, string> | undefined;
  #files: Files | undefined;
  #handlers: Map<Signal, Handler> | undefined;
  #blocked: Blocked[] = [];
  /** What the program takes one by one with nextSignal, and what came while it was busy. */
  #caught: readonly Signal[] = NO_SIGNALS;
  #arrived: Signal[] | undefined;
  #catch: ((signal: Signal) => void) | undefined;
  #endings: (() => void)[] | undefined;

  constructor(world: World, pid: number, options: ProcessOptions) {
    this.world = world;
    this.pid = pid;
    this.parent = options.parent;
    this.group = options.group ?? options.parent?.group ?? pid;
    this.argv = options.argv;
    this.cwd = options.cwd;
    this.uid = options.uid;
    this.gid = options.gid;
    this.groups = options.groups ?? NO_GROUPS;
    this.umask = options.umask ?? 0o22;
    this.descriptors = options.descriptors;
    this.startedMs = world.clock.now();
    this.#env = options.env;
    if (options.parent) this.flavour = options.parent.flavour;
  }

  get env(): Map<string, string> {
    return (this.#env ??= parseEnvironment(this.world.environment));
  }

  get files(): Files {
    return (this.#files ??= new Files(this.world.tree, this));
  }

  get name(): string {
    const first = this.argv[0] ?? "";
    return first.slice(first.lastIndexOf("/") + 1).replace(/^-/, "");
  }

  // Running

  /** Begins to run; errors of the program other than its end are its crash. */
  async run(program: Program): Promise<void> {
    for (let next: Program | undefined = program; next;) {
      const current: Program = next;
      next = undefined;
      try {
        const code = await current(this);
        this.#end({ code: code & 0xff, signal: 0 });
      } catch (error) {
        if (error instanceof Replace) next = error.program;
        else this.#fail(error);
      }
    }
  }

  #fail(error: unknown): void {
    if (this.status || error instanceof Killed) return;
    if (error instanceof Exit) return this.#end({ code: error.code & 0xff, signal: 0 });
    const text = error instanceof Error ? error.message : String(error);
    const complaint = Buffer.from(`${this.name}: ${text}\n`);
    try {
      void this.descriptors[2]?.write(this, complaint);
    } catch {
      // the crash has nowhere to be told; its exit code still says so
    }
    const isExpected = error instanceof ErrnoError || error instanceof Interrupted;
    this.#end({ code: isExpected ? 1 : 134, signal: 0 });
  }

  #end(status: ExitStatus): void {
    if (this.status) return;
    this.status = status;
    for (const { cancel, reject } of this.#blocked.splice(0)) {
      cancel?.();
      reject(new Killed());
    }
    for (const file of this.descriptors.splice(0)) file?.release();
    this.world.processes.remove(this);
    for (const tell of this.#endings?.splice(0) ?? []) tell();
    this.parent?.signal("SIGCHLD");
  }

  /** @throws Killed when the process has ended, so that its program unwinds */
  demandAlive(): void {
    if (this.status) throw new Killed();
  }

  exit(code: number): never {
    throw new Exit(code);
  }

  /** Calls `tell` when the process has ended, at once when it has. */
  onEnd(tell: () => void): void {
    if (this.status) tell();
    else (this.#endings ??= []).push(tell);
  }

  // Waiting

  /**
   * The one way to wait: ends with the process. `start` begins and @returns what takes it back.
   * An interruptible wait also ends, with Interrupted, when a handled signal arrives.
   */
  block<T>(
    start: (resolve: (value: T) => void, reject: (reason: unknown) => void) => (() => void) | void,
    { interruptible = false } = {},
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.status) return reject(new Killed());
      const blocked: Blocked = { reject, cancel: undefined, interruptible };
      const leave = () => {
        const index = this.#blocked.indexOf(blocked);
        if (index >= 0) this.#blocked.splice(index, 1);
        return index >= 0;
      };
      this.#blocked.push(blocked);
      blocked.cancel = start(
        (value) => void (leave() && resolve(value)),
        (reason) => void (leave() && reject(reason)),
      );
    });
  }

  /** Waits for a promise that is not the process's own; it cannot be taken back, only left. */
  until<T>(promise: Promise<T>): Promise<T> {
    return this.block<T>((resolve, reject) => void promise.then(resolve, reject));
  }

  sleep(ms: number, options: { interruptible?: boolean } = {}): Promise<void> {
    return this.block<void>((resolve) => {
      const timer = this.world.clock.after(ms, resolve);
      return () => timer.cancel();
    }, options);
  }

  /** @throws Interrupted when asked to be interruptible */
  async wait(child: Process, options: { interruptible?: boolean } = {}): Promise<ExitStatus> {
    if (!child.status) {
      await this.block<void>((resolve) => child.onEnd(() => resolve()), options);
    }
    return child.status!;
  }

  /** Counts a step of interpreted work: await what is returned, so that busy loops let others run. */
  step(): Promise<void> | undefined {
    this.demandAlive();
    return this.world.processes.step(this);
  }

  // Signals

  /** Delivers a signal as the kernel does: handler, default action, and the shield of PID 1. */
  signal(signal: Signal): void {
    if (this.status) return;
    const number = signalNumber(signal);
    if (signal === "SIGKILL") return this.#end({ code: 128 + number, signal: number });
    const handler = this.#handlers?.get(signal);
    if (handler === "ignore") return;
    if (this.#caught.includes(signal)) {
      this.#caughtSignal(signal);
    } else if (handler) {
      handler();
      this.#interrupt();
    } else if (this.pid !== 1 && endsByDefault(signal)) {
      this.#end({ code: 128 + number, signal: number });
    }
  }

  /** kill(2) among processes of one container. @throws ErrnoError EPERM */
  kill(target: Process, signal: Signal | undefined): void {
    const isAllowed = this.uid === 0 || this.uid === target.uid;
    if (!isAllowed) throw new ErrnoError("EPERM");
    // from inside, nobody can kill the first process against its will
    if (!signal || (target.pid === 1 && signal === "SIGKILL")) return;
    target.signal(signal);
  }

  handle(signal: Signal, handler: Handler | undefined): void {
    if (handler) (this.#handlers ??= new Map()).set(signal, handler);
    else this.#handlers?.delete(signal);
  }

  isIgnoring(signal: Signal): boolean {
    return this.#handlers?.get(signal) === "ignore";
  }

  /** Waits for the next of these signals; from now on they end nothing, and none is lost. */
  nextSignal(signals: readonly Signal[]): Promise<Signal> {
    this.#caught = signals;
    const arrived = this.#arrived?.shift();
    if (arrived) return Promise.resolve(arrived);
    return this.block<Signal>((resolve) => {
      this.#catch = resolve;
    });
  }

  #caughtSignal(signal: Signal): void {
    const tell = this.#catch;
    this.#catch = undefined;
    if (tell) tell(signal);
    else (this.#arrived ??= []).push(signal);
  }

  now(): number {
    return this.world.clock.now();
  }

  #interrupt(): void {
    for (const blocked of this.#blocked.filter(({ interruptible }) => interruptible)) {
      this.#blocked.splice(this.#blocked.indexOf(blocked), 1);
      blocked.cancel?.();
      blocked.reject(new Interrupted());
    }
  }

  // Other processes

  /** fork(2) that goes on as `program`. @throws ErrnoError EAGAIN */
  fork(program: Program, change: Partial<ProcessOptions> = {}): Process {
    const child = this.#addChild(change);
    if (this.#handlers) {
      for (const [signal, handler] of this.#handlers) {
        if (handler === "ignore") child.handle(signal, handler);
      }
    }
    void child.run(program);
    return child;
  }

  /** The descriptors that were meant for the child are released when there is none. */
  #addChild(change: Partial<ProcessOptions>): Process {
    try {
      this.demandAlive();
      return this.world.processes.add(
        (pid) => new Process(this.world, pid, this.#inherited(change, pid)),
      );
    } catch (error) {
      for (const file of change.descriptors ?? []) file?.release();
      throw error;
    }
  }

  /** @param change `group: 0` makes the child the leader of a group of its own */
  #inherited(change: Partial<ProcessOptions>, pid: number): ProcessOptions {
    const { argv, cwd, uid, gid, groups, umask } = this;
    return {
      argv,
      parent: this,
      cwd,
      uid,
      gid,
      groups,
      umask,
      ...change,
      env: change.env ?? new Map(this.env),
      group: change.group === 0 ? pid : (change.group ?? this.group),
      descriptors: change.descriptors ?? this.descriptors.map((file) => file?.share()),
    };
  }

  /** Runs an executable file as a child. @throws ErrnoError ENOENT, EACCES, ENOEXEC */
  spawn(path: string, argv: string[], change: Partial<ProcessOptions> = {}): Process {
    const loaded = loadProgram(this, path, argv);
    return this.fork(loaded.program, { ...change, argv: loaded.argv });
  }

  /** Becomes another program, with its own environment where none is given. @throws ErrnoError ENOENT, EACCES, ENOEXEC */
  exec(path: string, argv: string[], env?: Map<string, string>): never {
    const loaded = loadProgram(this, path, argv);
    this.argv = loaded.argv;
    this.#caught = NO_SIGNALS;
    if (env) this.#env = env;
    for (const [signal, handler] of this.#handlers ?? []) {
      if (handler !== "ignore") this.#handlers?.delete(signal);
    }
    throw new Replace(loaded.program);
  }

  // Streams

  write(descriptor: number, data: string | Uint8Array): void | Promise<void> {
    this.demandAlive();
    const file = this.descriptors[descriptor];
    if (!file) throw new ErrnoError("EBADF");
    return file.write(this, typeof data === "string" ? Buffer.from(data) : data);
  }

  /** To standard output. */
  print(data: string | Uint8Array): void | Promise<void> {
    return this.write(1, data);
  }

  /** To standard error. */
  complain(text: string): void | Promise<void> {
    return this.write(2, text);
  }

  /** @returns undefined at the end */
  read(
    descriptor: number,
    limit = CHUNK,
  ): Promise<Uint8Array | undefined> | Uint8Array | undefined {
    this.demandAlive();
    const file = this.descriptors[descriptor];
    if (!file) throw new ErrnoError("EBADF");
    return file.read(this, limit);
  }

  /** Puts a file at the lowest free descriptor, or at `at`, which is closed first. */
  install(file: OpenFile, at = this.#lowestFree()): number {
    const before = this.descriptors[at];
    this.descriptors[at] = file;
    before?.release();
    return at;
  }

  close(descriptor: number): void {
    this.descriptors[descriptor]?.release();
    this.descriptors[descriptor] = undefined;
  }

  #lowestFree(): number {
    for (let at = 3; ; at++) if (!this.descriptors[at]) return at;
  }
}
