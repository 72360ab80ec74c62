// Line editing for interactive programs: history, arrows, ^C, ^D, completion. The terminal is raw
// while a line is read.

import { Interrupted } from "../process/control.ts";
import type { Process } from "../process/process.ts";
import type { Terminal } from "./terminal.ts";

const MOST_HISTORY = 500;
const KEY = /\x1b\[[0-9;]*[A-Za-z~]|\x1bO[A-Za-z]|\x1b[bfd]|[\s\S]/gu;

export class LineReader {
  readonly #process: Process;
  readonly #terminal: Terminal | undefined;
  readonly #complete: (text: string) => string[];
  readonly history: string[] = [];
  /** Keys that came with the last line's and belong to the next. */
  #keys: string[] = [];
  #line = "";
  #cursor = 0;
  #prompt = "";
  #recalled = 0;

  /** @param complete candidates for the word that `text` ends with */
  constructor(
    process: Process,
    terminal: Terminal | undefined,
    complete: (text: string) => string[] = () => [],
  ) {
    this.#process = process;
    this.#terminal = terminal;
    this.#complete = complete;
  }

  /** @returns undefined at the end of the input */
  async read(prompt: string): Promise<string | "interrupted" | undefined> {
    this.#prompt = prompt.slice(prompt.lastIndexOf("\n") + 1);
    this.#line = "";
    this.#cursor = 0;
    this.#recalled = this.history.length;
    await this.#process.complain(prompt);
    if (this.#terminal) this.#terminal.isRaw = true;
    for (;;) {
      const key = await this.#nextKey();
      if (key === undefined) return this.#line === "" ? undefined : this.#finish();
      const done = await this.#press(key);
      if (done) return done.line;
    }
  }

  async #nextKey(): Promise<string | undefined> {
    while (this.#keys.length === 0) {
      try {
        const chunk = await this.#process.read(0);
        if (!chunk) return undefined;
        this.#keys = Buffer.from(chunk).toString().match(KEY) ?? [];
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
      }
    }
    return this.#keys.shift();
  }

  async #press(key: string): Promise<{ line: string | undefined } | undefined> {
    switch (key) {
      case "\r":
      case "\n":
        await this.#show("\n");
        return { line: this.#finish() };
      case "\x03":
        await this.#show("^C\n");
        return { line: "interrupted" };
      case "\x04":
        if (this.#line !== "") return void (await this.#change(this.#cursor, this.#cursor + 1));
        await this.#show("\n");
        return { line: undefined };
      case "\t":
        return void (await this.#tab());
      default:
        return void (await this.#edit(key));
    }
  }

  async #edit(key: string): Promise<void> {
    const { length } = this.#line;
    switch (key) {
      case "\x7f":
      case "\b":
        return this.#change(this.#cursor - 1, this.#cursor);
      case "\x1b[3~":
        return this.#change(this.#cursor, this.#cursor + 1);
      case "\x1b[D":
      case "\x02":
        return this.#move(this.#cursor - 1);
      case "\x1b[C":
      case "\x06":
        return this.#move(this.#cursor + 1);
      case "\x1b[H":
      case "\x1b[1~":
      case "\x01":
        return this.#move(0);
      case "\x1b[F":
      case "\x1b[4~":
      case "\x05":
        return this.#move(length);
      case "\x15":
        return this.#change(0, this.#cursor);
      case "\x0b":
        return this.#change(this.#cursor, length);
      case "\x17":
        return this.#change(
          this.#line.slice(0, this.#cursor).replace(/\S*\s*$/, "").length,
          this.#cursor,
        );
      case "\x1b[A":
      case "\x10":
        return this.#recall(this.#recalled - 1);
      case "\x1b[B":
      case "\x0e":
        return this.#recall(this.#recalled + 1);
      case "\x0c":
        await this.#show("\x1b[H\x1b[2J");
        return this.#redraw();
      default:
        if (key < " " || key.startsWith("\x1b")) return;
        return this.#insert(key);
    }
  }

  async #insert(text: string): Promise<void> {
    const isAtEnd = this.#cursor === this.#line.length;
    this.#line = this.#line.slice(0, this.#cursor) + text + this.#line.slice(this.#cursor);
    this.#cursor += text.length;
    if (isAtEnd) await this.#show(text);
    else await this.#redraw();
  }

  /** Removes from `from` to `to`. */
  async #change(from: number, to: number): Promise<void> {
    if (from < 0 || from >= to || from >= this.#line.length) return;
    this.#line = this.#line.slice(0, from) + this.#line.slice(to);
    this.#cursor = from;
    await this.#redraw();
  }

  async #move(to: number): Promise<void> {
    this.#cursor = Math.max(0, Math.min(this.#line.length, to));
    await this.#redraw();
  }

  async #recall(index: number): Promise<void> {
    if (index < 0 || index > this.history.length) return;
    this.#recalled = index;
    this.#line = this.history[index] ?? "";
    this.#cursor = this.#line.length;
    await this.#redraw();
  }

  async #tab(): Promise<void> {
    const before = this.#line.slice(0, this.#cursor);
    const word = before.slice(before.search(/\S*$/));
    const candidates = this.#complete(before);
    const shared = commonStart(candidates);
    if (shared.length > word.length) {
      const isWhole = candidates.length === 1 && !shared.endsWith("/");
      return this.#insert(shared.slice(word.length) + (isWhole ? " " : ""));
    }
    if (candidates.length < 2) return;
    await this.#show(`\n${candidates.join("  ")}\n`);
    await this.#redraw();
  }

  async #redraw(): Promise<void> {
    const back = this.#line.length - this.#cursor;
    const moved = back > 0 ? `\x1b[${back}D` : "";
    await this.#show(`\r${this.#prompt}${this.#line}\x1b[K${moved}`);
  }

  async #show(text: string): Promise<void> {
    // without a terminal nobody needs to see what comes in
    if (this.#terminal) await this.#process.complain(text);
  }

  #finish(): string {
    const line = this.#line;
    if (line.trim() !== "" && line !== this.history[this.history.length - 1]) {
      this.history.push(line);
      if (this.history.length > MOST_HISTORY) this.history.shift();
    }
    return line;
  }
}

function commonStart(texts: readonly string[]): string {
  const [first = "", ...rest] = texts;
  let length = first.length;
  for (const text of rest) while (!text.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
