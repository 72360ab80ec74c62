// The terminal's cooked mode: lines are edited and echoed before a program reads them.

import type { Signal } from "../process/signals.ts";

export interface Discipline {
  echo(text: string): void;
  deliver(bytes: Uint8Array): void;
  end(): void;
  signal(signal: Signal): void;
}

const CONTROL_SIGNALS: { readonly [key: string]: Signal } = {
  "\x03": "SIGINT",
  "\x1c": "SIGQUIT",
};

export class LineEditor {
  readonly #to: Discipline;
  #line = "";

  constructor(to: Discipline) {
    this.#to = to;
  }

  type(bytes: Uint8Array): void {
    for (const key of Buffer.from(bytes).toString()) this.#press(key);
  }

  #press(key: string): void {
    const signal = CONTROL_SIGNALS[key];
    if (signal) return this.#interrupt(key, signal);
    switch (key) {
      case "\r":
      case "\n":
        this.#to.echo("\r\n");
        return this.#flush("\n");
      case "\x04":
        return this.#line === "" ? this.#to.end() : this.#flush("");
      case "\x7f":
      case "\b":
        return this.#erase(1);
      case "\x15":
        return this.#erase(this.#line.length);
      case "\x17":
        return this.#erase(this.#line.length - this.#line.replace(/\S*\s*$/, "").length);
      default:
        this.#line += key;
        this.#to.echo(key < " " && key !== "\t" ? caret(key) : key);
    }
  }

  #interrupt(key: string, signal: Signal): void {
    this.#to.echo(caret(key));
    this.#line = "";
    this.#to.signal(signal);
  }

  #erase(count: number): void {
    const erased = Math.min(count, this.#line.length);
    this.#line = this.#line.slice(0, this.#line.length - erased);
    if (erased > 0) this.#to.echo("\b \b".repeat(erased));
  }

  #flush(end: string): void {
    const line = this.#line + end;
    this.#line = "";
    this.#to.deliver(Buffer.from(line));
  }
}

function caret(key: string): string {
  return `^${String.fromCharCode(key.charCodeAt(0) + 64)}`;
}
