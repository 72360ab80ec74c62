// stty: what the terminal is like, and how it takes what is typed.

import { ErrnoError } from "../file-system/errno.ts";
import type { Process } from "../process/process.ts";
import { terminalOf, type Terminal } from "../tty/terminal.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";

async function stty(process: Process): Promise<number> {
  const words = process.argv.slice(1);
  let terminal: Terminal;
  try {
    terminal = terminalOf(process.descriptors[0]);
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const name = process.flavour === "gnu" ? "'standard input'" : "standard input";
    return complaint(process, `${name}: Inappropriate ioctl for device`);
  }
  if (words.length === 0 || words[0] === "-a") await process.print(described(terminal));
  while (words.length > 0) {
    const word = words.shift()!;
    if (word === "size") await process.print(`${terminal.rows} ${terminal.columns}\n`);
    else if (!change(terminal, word, words) && word !== "-a") {
      return complaint(process, `invalid argument '${word}'`);
    }
  }
  return 0;
}

function described({ rows, columns, isRaw, doesEcho }: Terminal): string {
  const sign = (isSet: boolean) => (isSet ? "" : "-");
  return (
    `speed 38400 baud; rows ${rows}; columns ${columns}; line = 0;\n` +
    "intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; werase = ^W;\n" +
    `${sign(!isRaw)}isig ${sign(!isRaw)}icanon ${sign(doesEcho)}echo\n`
  );
}

/** @param rest the words behind, of which it takes its value */
function change(terminal: Terminal, word: string, rest: string[]): boolean {
  switch (word) {
    case "echo":
    case "-echo":
      terminal.doesEcho = word === "echo";
      return true;
    case "raw":
    case "-icanon":
      terminal.isRaw = true;
      return true;
    case "sane":
      terminal.doesEcho = true;
      terminal.isRaw = false;
      return true;
    case "-raw":
    case "cooked":
    case "icanon":
      terminal.isRaw = false;
      return true;
    case "rows":
    case "cols":
    case "columns":
      return resize(terminal, word, Number(rest.shift()));
    default:
      return false;
  }
}

function resize(terminal: Terminal, word: string, value: number): boolean {
  if (!Number.isInteger(value) || value < 0 || value > 65_535) return false;
  if (word === "rows") terminal.resize(terminal.columns, value);
  else terminal.resize(value, terminal.rows);
  return true;
}

export const terminals: Applets = { stty };
