// What a container wrote: bounded, split into lines when read, followed while it runs.

import type { LogLine, LogOptions } from "../runtime.ts";

/** As the kubelet's containerLogMaxSize: the oldest part goes first. */
const LARGEST_LOG = 10 * 1024 * 1024;
/** All logs of one process together; beyond it every log is cut to an equal share. */
const LARGEST_SUM = 256 * 1024 * 1024;
const LEAST_SHARE = 16 * 1024;
/** The runtime breaks longer lines. */
const LONGEST_LINE = 16 * 1024;

type StreamName = "stdout" | "stderr";

interface Chunk {
  readonly timeMs: number;
  readonly stream: StreamName;
  /** One or more whole lines, a byte a character: half the memory of a Buffer of this size. */
  readonly text: string;
}

/** Programs that start alike write the same bytes: their logs share the text. */
const sharedTexts = new WeakMap<Uint8Array, string>();
const LEAST_SHARED = 256;

function textOf(bytes: Uint8Array): string {
  const known = bytes.length < LEAST_SHARED ? undefined : sharedTexts.get(bytes);
  if (known !== undefined) return known;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  if (bytes.length >= LEAST_SHARED) sharedTexts.set(bytes, text);
  return text;
}

/** Counts what the logs of one process hold together. */
export class LogBudget {
  held = 0;
  logs = 0;

  get share(): number {
    if (this.held <= LARGEST_SUM) return LARGEST_LOG;
    return Math.max(LEAST_SHARE, Math.floor(LARGEST_SUM / this.logs));
  }
}

export class ContainerLog {
  readonly #budget: LogBudget;
  readonly #now: () => number;
  #chunks: Chunk[] = [];
  #size = 0;
  /** Chunks that were dropped from the front: a follower's position counts from the very first. */
  #dropped = 0;
  #partial: { [stream in StreamName]?: string } = {};
  #followers: Set<() => void> | undefined;
  #isEnded = false;

  constructor(budget: LogBudget, now: () => number) {
    this.#budget = budget;
    this.#now = now;
    budget.logs++;
  }

  write(stream: StreamName, bytes: Uint8Array): void {
    const text = textOf(bytes);
    const whole = (this.#partial[stream] ?? "") + text;
    const end = whole.lastIndexOf("\n") + 1;
    if (end > 0) this.#add(stream, whole.slice(0, end));
    let rest = whole.slice(end);
    for (; rest.length >= LONGEST_LINE; rest = rest.slice(LONGEST_LINE)) {
      this.#add(stream, rest.slice(0, LONGEST_LINE));
    }
    if (rest || this.#partial[stream]) this.#partial[stream] = rest;
  }

  /** Nothing more comes: unfinished lines are kept as they are. */
  end(): void {
    for (const stream of ["stdout", "stderr"] as const) {
      const rest = this.#partial[stream];
      if (rest) this.#add(stream, rest);
    }
    this.#partial = {};
    this.#isEnded = true;
    this.#tell();
  }

  /** The container is removed: its memory is free again. */
  discard(): void {
    this.#budget.held -= this.#size;
    this.#budget.logs--;
    this.#chunks = [];
    this.#size = 0;
    this.#isEnded = true;
    this.#tell();
  }

  /** The last lines of standard error and output, for termination messages. */
  tail(mostLines: number, mostBytes: number): string {
    const text = this.#chunks.slice(-mostLines).map((chunk) => chunk.text);
    const lines = text.join("").split(/(?<=\n)/);
    return Buffer.from(lines.slice(-mostLines).join("").slice(-mostBytes), "latin1").toString();
  }

  async *read(options: LogOptions, signal: AbortSignal): AsyncGenerator<LogLine> {
    const { tailLines = Infinity } = options;
    const earlier = this.#chunks.slice();
    let at = this.#dropped + earlier.length;
    yield* this.#lines(earlier, options.sinceMs, skipped(earlier, tailLines));
    while (options.follow && !signal.aborted) {
      const fresh = this.#chunks.slice(Math.max(0, at - this.#dropped));
      at = this.#dropped + this.#chunks.length;
      if (fresh.length > 0) yield* this.#lines(fresh, options.sinceMs);
      else if (this.#isEnded) return;
      else await this.#changed(signal);
    }
  }

  #add(stream: StreamName, text: string): void {
    this.#chunks.push({ timeMs: this.#now(), stream, text });
    this.#size += text.length;
    this.#budget.held += text.length;
    if (this.#size > LEAST_SHARE && this.#size > this.#budget.share) this.#trim();
    this.#tell();
  }

  #trim(): void {
    const share = this.#budget.share;
    let count = 0;
    let size = this.#size;
    // a quarter goes at once, so that trimming stays rare
    while (size > share * 0.75 && count < this.#chunks.length - 1) {
      size -= this.#chunks[count++]!.text.length;
    }
    this.#chunks = this.#chunks.slice(count);
    this.#dropped += count;
    this.#budget.held -= this.#size - size;
    this.#size = size;
  }

  /** One at a time: a slow reader holds the chunks, not a list of their lines. */
  *#lines(chunks: readonly Chunk[], sinceMs = -Infinity, skip = 0): Generator<LogLine> {
    let left = skip;
    for (const { timeMs, stream, text } of chunks) {
      for (let from = 0, to: number; from < text.length; from = to) {
        to = endOfLine(text, from);
        if (left-- > 0 || timeMs < sinceMs) continue;
        yield { timeMs, stream, bytes: Buffer.from(text.slice(from, to), "latin1") };
      }
    }
  }

  #changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#followers?.delete(wake);
        signal.removeEventListener("abort", wake);
        resolve();
      };
      (this.#followers ??= new Set()).add(wake);
      signal.addEventListener("abort", wake);
    });
  }

  #tell(): void {
    for (const wake of this.#followers ?? []) wake();
  }
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return Math.min(newline < 0 ? text.length : newline + 1, from + LONGEST_LINE);
}

/** How many lines stand before the last `kept` ones. */
function skipped(chunks: readonly Chunk[], kept: number): number {
  if (kept === Infinity) return 0;
  let lines = 0;
  for (const { text } of chunks) {
    for (let from = 0; from < text.length; lines++) from = endOfLine(text, from);
  }
  return Math.max(0, lines - kept);
}
