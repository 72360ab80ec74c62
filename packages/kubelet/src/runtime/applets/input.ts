// Reading for text applets: operands or standard input, in chunks or batches of lines.

import { ErrnoError } from "../file-system/errno.ts";
import type { OpenFile } from "../process/open-file.ts";
import { openPath } from "../process/open-entry.ts";
import type { Process } from "../process/process.ts";
import { complaint } from "./complaint.ts";

const CHUNK = 64 * 1024;

export interface Source {
  readonly name: string;
  readonly file: OpenFile;
}

export interface Outcome {
  code: number;
}

/** Opens each operand in turn (`-` or none: standard input); what cannot be opened is told. */
export async function* sources(
  process: Process,
  operands: readonly string[],
  outcome: Outcome,
): AsyncGenerator<Source> {
  for (const name of operands.length > 0 ? operands : ["-"]) {
    const file = await openInput(process, name);
    if (!file) {
      outcome.code = 1;
      continue;
    }
    try {
      yield { name, file };
    } finally {
      file.release();
    }
  }
}

/** @returns undefined when it was told that it cannot be opened */
export async function openInput(process: Process, name: string): Promise<OpenFile | undefined> {
  if (name === "-") return process.descriptors[0]?.share();
  try {
    if (process.files.find(name)?.kind === "directory") throw new ErrnoError("EISDIR");
    return openPath(process, name, "read");
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    await complaint(process, cannotOpen(process, name, error));
    return undefined;
  }
}

function cannotOpen(process: Process, name: string, { code, message }: ErrnoError): string {
  if (process.flavour === "busybox") {
    return code === "EISDIR" ? `read error: ${message}` : `can't open '${name}': ${message}`;
  }
  if (["head", "tail"].includes(process.name)) {
    if (code === "EISDIR") return `error reading '${name}': ${message}`;
    return `cannot open '${name}' for reading: ${message}`;
  }
  return process.name === "sort" ? `cannot read: ${name}: ${message}` : `${name}: ${message}`;
}

export async function* chunksOf(process: Process, file: OpenFile): AsyncGenerator<Uint8Array> {
  for (;;) {
    const pause = process.step();
    if (pause) await pause;
    const chunk = await file.read(process, CHUNK);
    if (!chunk) return;
    yield chunk;
  }
}

export async function wholeOf(process: Process, file: OpenFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of chunksOf(process, file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Lines without their newlines, as many at a time as came together. */
export async function* lineBatches(process: Process, file: OpenFile): AsyncGenerator<string[]> {
  let rest: Uint8Array[] = [];
  for await (const chunk of chunksOf(process, file)) {
    const end = chunk.lastIndexOf(0x0a);
    if (end < 0) {
      rest.push(chunk);
      continue;
    }
    const whole = Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
    yield whole.toString().split("\n");
  }
  if (rest.length > 0) yield [Buffer.concat(rest).toString()];
}

/** All lines of all operands. */
export async function allLines(
  process: Process,
  operands: readonly string[],
  outcome: Outcome,
): Promise<string[]> {
  const lines: string[] = [];
  for await (const { file } of sources(process, operands, outcome)) {
    for await (const batch of lineBatches(process, file))
      for (const line of batch) lines.push(line);
  }
  return lines;
}

export function asLines(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `${lines.join("\n")}\n`;
}
