// One container from creation to exit. What it shares with its processes is made when first needed.

import type { Clock, Random } from "@kubonsai/clock";
import { ErrnoError } from "../file-system/errno.ts";
import type { Entry, File } from "../file-system/file-system.ts";
import { FileTree, type Caller, type MountedAt } from "../file-system/file-tree.ts";
import { MemoryDirectory, MemoryFile, metadata } from "../file-system/memory.ts";
import { OverlayLayer } from "../file-system/overlay.ts";
import type { PulledImage } from "../images/image-service.ts";
import type { NetworkNamespace } from "../network/namespace.ts";
import { findExecutable, loadProgram, type LoadedProgram } from "../process/executable.ts";
import { NullFile, type OpenFile } from "../process/open-file.ts";
import { Pipe, PipeReader } from "../process/pipe.ts";
import { ProcessTable } from "../process/process-table.ts";
import { Process, type ExitStatus, type ProcessOptions } from "../process/process.ts";
import type { Program } from "../process/program.ts";
import { parseSignal } from "../process/signals.ts";
import type { World } from "../process/world.ts";
import type { ContainerConfig, ContainerStatus } from "../runtime.ts";
import { Terminal } from "../tty/terminal.ts";
import type { Attachment } from "./attachment.ts";
import { ContainerLog, type LogBudget } from "./container-log.ts";
import { identityOf, quietly, type Identity } from "./identity.ts";
import { layoutOf, mountIndex, type Layout } from "./mounts.ts";
import { OutputFile } from "./output-file.ts";
import { procDirectory } from "./proc.ts";
import type { PodSandbox } from "./sandbox.ts";
import { deviceDirectory, sysDirectory } from "./special-files.ts";
import { environmentOf } from "./environment.ts";

const LONGEST_TERMINATION_MESSAGE = 4096;
const NOWHERE: readonly Attachment[] = [];

/** What every container of one node gets. */
export interface NodeParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly name: string;
  readonly startedMs: number;
  readonly logs: LogBudget;
  findProgram(name: string): Program | undefined;
  changed(container: Container): void;
}

export class Container implements World {
  readonly id: string;
  readonly config: ContainerConfig;
  readonly sandbox: PodSandbox;
  readonly pulled: PulledImage;
  readonly node: NodeParts;
  readonly createdAt: number;
  startedAt = 0;
  finishedAt = 0;
  state: ContainerStatus["state"] = "created";
  exit: ExitStatus = { code: 0, signal: 0 };
  reason = "";
  message = "";
  terminationMessage = "";
  readonly log: ContainerLog;
  readonly processes: ProcessTable;
  readonly environment: string;
  readonly identity: Identity;
  /** Copies of the output go here while someone is attached. */
  attached: readonly Attachment[] = NOWHERE;
  /** Where attached clients write; only with `stdin`. */
  stdin: Pipe | undefined;
  terminal: Terminal | undefined;
  readonly #layer: OverlayLayer;
  readonly #layout: Layout;
  #tree: FileTree | undefined;
  #termination: File | undefined;
  #isOutOfMemory = false;

  /** @throws Error with CreateContainerError's text */
  constructor(id: string, parts: Pick<Container, "config" | "sandbox" | "pulled" | "node">) {
    this.id = id;
    this.config = parts.config;
    this.sandbox = parts.sandbox;
    this.pulled = parts.pulled;
    this.node = parts.node;
    this.createdAt = this.clock.now();
    this.#layout = layoutOf(this.pulled.image.files(), this.config.mounts);
    this.#layer = new OverlayLayer(this.#layout.root);
    this.identity = this.#identity();
    this.environment = environmentOf(this.config, this.pulled.image, {
      hostname: this.hostname,
      home: this.identity.home,
    });
    this.processes = new ProcessTable(this.clock);
    this.log = new ContainerLog(this.node.logs, () => this.clock.now());
    if (this.command.length === 0) throw new Error(noCommand(id));
  }

  get clock(): Clock {
    return this.node.clock;
  }

  get random(): Random {
    return this.node.random;
  }

  get network(): NetworkNamespace {
    return this.sandbox.network;
  }

  get hostname(): string {
    return this.sandbox.config.hostname;
  }

  /** The ports that the pod names for this container, else the image's. */
  get declaredPorts(): readonly number[] {
    const { ports } = this.config;
    if (ports.length === 0) return this.pulled.image.exposedPorts;
    const tcp = ports.filter(({ protocol }) => protocol !== "UDP" && protocol !== "SCTP");
    return [...new Set(tcp.map(({ containerPort }) => containerPort))];
  }

  get memoryLimitBytes(): number {
    return this.config.memoryLimitBytes;
  }

  findProgram(name: string): Program | undefined {
    return this.node.findProgram(name);
  }

  /** Entry point and arguments, the pod's over the image's. */
  get command(): string[] {
    const { command, args } = this.config;
    const { entrypoint, cmd } = this.pulled.image;
    if (command?.length) return [...command, ...(args ?? [])];
    return [...entrypoint, ...(args?.length ? args : cmd)];
  }

  get init(): Process | undefined {
    return this.processes.get(1);
  }

  get tree(): FileTree {
    return (this.#tree ??= this.#makeTree());
  }

  /** Bytes that it wrote to its own layer. */
  get writtenBytes(): number {
    return this.#layer.size;
  }

  // Life

  /** @throws Error with RunContainerError's text; the container then has exited, StartError, 128 */
  start(): void {
    let loaded: LoadedProgram;
    const starter = new Process(this, 0, this.#processOptions([]));
    try {
      this.#enterWorkingDirectory(starter);
      loaded = this.#load(starter, this.command);
    } catch (error) {
      throw this.#failStart(error);
    }
    this.startedAt = this.clock.now();
    this.state = "running";
    const process = this.spawn(loaded, this.#streams());
    process.onEnd(() => this.#exited(process.status!));
    this.node.changed(this);
  }

  /** Finds and loads a command as the runtime does. @throws Error `exec: "x": …` */
  load(argv: string[]): LoadedProgram {
    return this.#load(new Process(this, 0, this.#processOptions([])), argv);
  }

  /** Starts a process that has no parent inside: the first one, or an exec'd one. */
  spawn(
    { program, argv }: LoadedProgram,
    descriptors: OpenFile[],
    change: Partial<ProcessOptions> = {},
  ): Process {
    const options = { ...this.#processOptions(argv), descriptors, ...change };
    const process = this.processes.add((pid) => new Process(this, pid, options));
    void process.run(program);
    return process;
  }

  /** The stop signal, then SIGKILL when the time is up. */
  async stop(timeoutMs: number): Promise<void> {
    const { init } = this;
    if (this.state !== "running" || !init) return;
    const ended = new Promise<void>((resolve) => init.onEnd(resolve));
    if (timeoutMs <= 0) {
      init.signal("SIGKILL");
    } else {
      const timer = this.clock.after(timeoutMs, () => init.signal("SIGKILL"));
      init.signal(parseSignal(this.pulled.image.stopSignal || "SIGTERM") ?? "SIGTERM");
      await ended;
      timer.cancel();
    }
    await ended;
  }

  kill(): void {
    this.init?.signal("SIGKILL");
  }

  /** A process holds more than before: over the limit, the kernel kills the whole container. */
  memoryGrew(): void {
    const limit = this.memoryLimitBytes;
    if (limit === 0 || this.memoryBytes <= limit) return;
    this.#isOutOfMemory = true;
    this.kill();
  }

  get memoryBytes(): number {
    return this.processes.list().reduce((sum, process) => sum + process.memoryBytes, 0);
  }

  #exited(status: ExitStatus): void {
    this.exit = status;
    this.state = "exited";
    this.finishedAt = this.clock.now();
    this.reason = status.code === 0 ? "Completed" : "Error";
    if (this.#isOutOfMemory) this.reason = "OOMKilled";
    const left = this.#termination?.read() ?? new Uint8Array(0);
    this.terminationMessage = Buffer.from(left.slice(0, LONGEST_TERMINATION_MESSAGE)).toString();
    this.log.end();
    this.terminal?.hangUp();
    for (const attachment of this.attached) attachment.end();
    this.attached = NOWHERE;
    this.node.changed(this);
  }

  #failStart(error: unknown): Error {
    const why = error instanceof Error ? error.message : String(error);
    this.message =
      "failed to create containerd task: failed to create shim task: OCI runtime create failed: " +
      `runc create failed: unable to start container process: error during container init: ${why}`;
    this.state = "exited";
    this.exit = { code: 128, signal: 0 };
    this.reason = "StartError";
    this.finishedAt = this.clock.now();
    this.log.end();
    this.node.changed(this);
    return new Error(this.message);
  }

  #load(starter: Process, argv: string[]): LoadedProgram {
    const name = argv[0] ?? "";
    try {
      return loadProgram(starter, findExecutable(starter, name), argv);
    } catch (error) {
      if (!(error instanceof ErrnoError)) throw error;
      const standIn = this.findProgram(this.pulled.image.standIn);
      if (standIn && error.code === "ENOENT") return { program: standIn, argv };
      throw new StartFailure(name, error);
    }
  }

  #enterWorkingDirectory(starter: Process): void {
    const { files } = this.#asRoot(starter);
    const there = files.find(starter.cwd);
    if (there?.kind === "directory") return;
    if (there)
      throw new Error(`chdir to cwd ("${starter.cwd}") set in config.json failed: not a directory`);
    files.makeDirectories(starter.cwd, 0o755);
  }

  #asRoot(starter: Process): Process {
    return new Process(this, 0, { ...this.#processOptions([]), cwd: starter.cwd, uid: 0, gid: 0 });
  }

  // What its processes get

  #processOptions(argv: string[]): ProcessOptions {
    const { uid, gid, groups } = this.identity;
    const cwd = this.config.workingDir || this.pulled.image.workingDir || "/";
    return { argv, cwd, uid, gid, groups, descriptors: [] };
  }

  #identity(): Identity {
    const tree = new FileTree(this.#layout.root, () => undefined);
    const root: Caller = { pid: 0, uid: 0, gid: 0, groups: [], cwd: "/" };
    const find = (path: string) => quietly(() => tree.walk(root, path).entry);
    return identityOf(this.config.user, this.pulled.image.user, find);
  }

  #streams(): OpenFile[] {
    const attached = () => this.attached;
    if (this.config.tty) return this.#terminalStreams(attached);
    const stdout = new OutputFile(this.log, "stdout", attached);
    const stderr = new OutputFile(this.log, "stderr", attached);
    if (!this.config.stdin) return [new NullFile(), stdout, stderr];
    this.stdin = new Pipe();
    return [new PipeReader(this.stdin), stdout, stderr];
  }

  #terminalStreams(attached: () => readonly Attachment[]): OpenFile[] {
    this.terminal = new Terminal((bytes) => {
      this.log.write("stdout", bytes);
      for (const { stdout } of attached()) if (!stdout.isFull) stdout.put(bytes);
    });
    this.terminal.foreground = () => (this.init ? this.processes.group(this.init.group) : []);
    const { file } = this.terminal;
    return [file, file.share(), file.share()];
  }

  #makeTree(): FileTree {
    const { config } = this;
    const isNested = (point: string) =>
      this.#layout.points.some((other) => point.startsWith(`${other}/`));
    for (const [index, point] of this.#layout.points.entries()) {
      if (isNested(point)) this.#makeNestedPoint(point, config.mounts[index]!.source);
    }
    return new FileTree(this.#layer.root, (path) => this.#mountAt(path), config.readOnlyRoot);
  }

  /** A mount inside another volume needs its name there, to be listed. */
  #makeNestedPoint(point: string, source: Entry): void {
    const outer = this.#layout.points
      .filter((other) => point.startsWith(`${other}/`))
      .sort((a, b) => b.length - a.length)[0]!;
    const volume = this.config.mounts[mountIndex(this.#layout, outer)]!.source;
    const parts = point.slice(outer.length + 1).split("/");
    const name = parts.pop()!;
    let at: Entry | undefined = volume;
    for (const part of parts) {
      if (at?.kind !== "directory") return;
      if (!at.get(part)) at.set(part, new MemoryDirectory());
      at = at.get(part);
    }
    if (at?.kind !== "directory" || at.get(name)) return;
    at.set(name, source.kind === "directory" ? new MemoryDirectory() : new MemoryFile());
  }

  #mountAt(path: string): MountedAt | undefined {
    const index = mountIndex(this.#layout, path);
    const mount = this.config.mounts[index];
    if (mount) return mount;
    if (path === this.config.terminationMessagePath) return writable(this.#terminationFile());
    switch (path) {
      case "/proc":
        return { source: (caller) => procDirectory(this, caller), readOnly: true };
      case "/sys":
        return { source: sysDirectory(this.#sysFacts()), readOnly: true };
      case "/dev":
        return writable(deviceDirectory(() => this.sandbox.shm, this.#devices()));
      case "/etc/hosts":
        return writable(this.sandbox.etc("hosts"));
      case "/etc/hostname":
        return writable(this.sandbox.etc("hostname"));
      case "/etc/resolv.conf":
        return writable(this.sandbox.etc("resolv.conf"));
      default:
        return undefined;
    }
  }

  #devices(): { [name: string]: () => Entry } {
    const path = this.config.terminationMessagePath;
    const name = path.startsWith("/dev/") ? path.slice("/dev/".length) : "";
    return name && !name.includes("/") ? { [name]: () => this.#terminationFile() } : {};
  }

  #terminationFile(): File {
    return (this.#termination ??= new MemoryFile(undefined, metadata(0o666)));
  }

  #sysFacts() {
    const { memoryLimitBytes, cpuLimitMillis } = this.config;
    return { memoryLimitBytes, cpuLimitMillis, interfaceIndex: this.sandbox.interfaceIndex };
  }
}

function writable(source: Entry): MountedAt {
  return { source, readOnly: false };
}

function noCommand(id: string): string {
  return `failed to generate container "${id}" spec: failed to generate spec: no command specified`;
}

/** runc's words for a program that cannot be started. */
export class StartFailure extends Error {
  readonly code: ErrnoError["code"];

  constructor(name: string, { code, message }: ErrnoError) {
    const isSearched = code === "ENOENT" && !name.includes("/");
    const why = isSearched ? "executable file not found in $PATH" : message.toLowerCase();
    const detail = name.includes("/") && code === "ENOENT" ? `stat ${name}: ${why}` : why;
    super(`exec: "${name}": ${detail}`);
    this.code = code;
  }
}
