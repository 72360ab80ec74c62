// Bytes from one side to the other, a bounded number on the way.

import { ErrnoError } from "../file-system/errno.ts";
import { OpenFile, type Read } from "./open-file.ts";
import type { Process } from "./process.ts";

const CAPACITY = 64 * 1024;

export class Pipe {
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #isWriteEnded = false;
  #isReadEnded = false;
  readonly #waiting = new Set<() => void>();

  get isFull(): boolean {
    return this.#size >= CAPACITY;
  }

  /** No reader is left. */
  get isBroken(): boolean {
    return this.#isReadEnded;
  }

  /** Bytes that could be taken, or the end, are there. */
  get isReadable(): boolean {
    return this.#size > 0 || this.#isWriteEnded;
  }

  get isDrained(): boolean {
    return this.#size === 0 || this.#isReadEnded;
  }

  put(bytes: Uint8Array): void {
    if (this.#isReadEnded || this.#isWriteEnded || bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#size += bytes.length;
    this.#tell();
  }

  /** What is there, up to `limit`; undefined when nothing is (ask `isReadable` for the end). */
  take(limit = Infinity): Uint8Array | undefined {
    let chunk = this.#chunks[0];
    if (!chunk) return undefined;
    if (chunk.length > limit) {
      this.#chunks[0] = chunk.subarray(limit);
      chunk = chunk.subarray(0, limit);
    } else {
      this.#chunks.shift();
    }
    this.#size -= chunk.length;
    this.#tell();
    return chunk;
  }

  endWriting(): void {
    this.#isWriteEnded = true;
    this.#tell();
  }

  endReading(): void {
    this.#isReadEnded = true;
    this.#chunks.length = 0;
    this.#size = 0;
    this.#tell();
  }

  /** Calls `wake` at the next change; @returns what takes that back */
  onChange(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  /** Resolves at the next change; for the side that is no process. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.onChange(resolve));
  }

  #tell(): void {
    if (this.#waiting.size === 0) return;
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }
}

/** Everything that comes through a pipe, until its end; stopping early breaks the pipe. */
export async function* bytesFrom(pipe: Pipe): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      const chunk = pipe.take();
      if (chunk) yield chunk;
      else if (pipe.isReadable || pipe.isBroken) return;
      else await pipe.changed();
    }
  } finally {
    pipe.endReading();
  }
}

export class PipeReader extends OpenFile {
  readonly #pipe: Pipe;

  constructor(pipe: Pipe) {
    super();
    this.#pipe = pipe;
  }

  override read(process: Process, limit: number): Read | Promise<Read> {
    return readFromPipe(this.#pipe, process, limit);
  }

  override write(): void {
    throw new ErrnoError("EBADF");
  }

  protected override onClose(): void {
    this.#pipe.endReading();
  }
}

export class PipeWriter extends OpenFile {
  readonly #pipe: Pipe;

  constructor(pipe: Pipe) {
    super();
    this.#pipe = pipe;
  }

  override read(): Read {
    throw new ErrnoError("EBADF");
  }

  override write(process: Process, bytes: Uint8Array): void | Promise<void> {
    return writeToPipe(this.#pipe, process, bytes);
  }

  protected override onClose(): void {
    this.#pipe.endWriting();
  }
}

export function readFromPipe(pipe: Pipe, process: Process, limit: number): Read | Promise<Read> {
  const chunk = pipe.take(limit);
  if (chunk || pipe.isReadable) return chunk;
  return waitAndRead(pipe, process, limit);
}

async function waitAndRead(pipe: Pipe, process: Process, limit: number): Promise<Read> {
  while (!pipe.isReadable) {
    await process.block<void>((resolve) => pipe.onChange(resolve), { interruptible: true });
  }
  return pipe.take(limit);
}

export function writeToPipe(pipe: Pipe, process: Process, bytes: Uint8Array): void | Promise<void> {
  if (pipe.isBroken) return breakPipe(process);
  pipe.put(bytes);
  if (pipe.isFull) return waitForRoom(pipe, process);
}

async function waitForRoom(pipe: Pipe, process: Process): Promise<void> {
  while (pipe.isFull && !pipe.isBroken) {
    await process.block<void>((resolve) => pipe.onChange(resolve));
  }
}

function breakPipe(process: Process): never {
  process.signal("SIGPIPE");
  process.demandAlive();
  throw new ErrnoError("EPIPE");
}
