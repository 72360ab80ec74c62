// A pseudo-terminal: bytes typed on one side, a line discipline, the programs' file on the other.

import { ErrnoError } from "../file-system/errno.ts";
import { OpenFile, type Read } from "../process/open-file.ts";
import { Pipe, readFromPipe } from "../process/pipe.ts";
import type { Process } from "../process/process.ts";
import type { Signal } from "../process/signals.ts";
import { LineEditor } from "./line-discipline.ts";

export class Terminal {
  /** What programs hold as standard input, output and error. */
  readonly file: OpenFile;
  columns = 80;
  rows = 24;
  /** Raw: no echo, no lines, no signals; what a shell's own line editor asks for. */
  isRaw = false;
  doesEcho = true;
  /** The processes that ^C reaches. */
  foreground: () => readonly Process[] = () => [];
  readonly #out: (bytes: Uint8Array) => void;
  readonly #input = new Pipe();
  readonly #discipline: LineEditor;

  /** @param out shows bytes to whoever looks at the terminal */
  constructor(out: (bytes: Uint8Array) => void) {
    this.#out = out;
    this.file = new TerminalFile(this, this.#input);
    this.#discipline = new LineEditor({
      echo: (text) => this.doesEcho && out(Buffer.from(text)),
      deliver: (bytes) => this.#input.put(bytes),
      end: () => this.#input.put(END_OF_FILE),
      signal: (signal) => this.signal(signal),
    });
  }

  /** Bytes from the keyboard. */
  type(bytes: Uint8Array): void {
    if (this.isRaw) this.#input.put(bytes);
    else this.#discipline.type(bytes);
  }

  /** What programs write: a newline also returns the carriage. */
  show(bytes: Uint8Array): void {
    if (!bytes.includes(0x0a)) return this.#out(bytes);
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
    this.#out(Buffer.from(text.replace(/\r?\n/g, "\r\n"), "latin1"));
  }

  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.signal("SIGWINCH");
  }

  /** The client is gone: programs read the end. */
  hangUp(): void {
    this.#input.endWriting();
  }

  signal(signal: Signal): void {
    for (const process of this.foreground()) process.signal(signal);
  }
}

/** Stands in the input for ^D at the start of a line: one read ends, the next goes on. */
const END_OF_FILE = Uint8Array.of(4);

class TerminalFile extends OpenFile {
  readonly terminal: Terminal;
  readonly #input: Pipe;

  constructor(terminal: Terminal, input: Pipe) {
    super();
    this.terminal = terminal;
    this.#input = input;
  }

  override get isTerminal(): boolean {
    return true;
  }

  override async read(process: Process, limit: number): Promise<Read> {
    const chunk = await readFromPipe(this.#input, process, limit);
    return chunk === END_OF_FILE ? undefined : chunk;
  }

  override write(_process: Process, bytes: Uint8Array): void {
    this.terminal.show(bytes);
  }
}

/** The terminal behind a descriptor. @throws ErrnoError ENOTTY */
export function terminalOf(file: OpenFile | undefined): Terminal {
  if (file instanceof TerminalFile) return file.terminal;
  throw new ErrnoError("ENOTTY");
}
