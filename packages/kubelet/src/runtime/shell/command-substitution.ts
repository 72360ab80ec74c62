// `$(…)`: the output of a subshell without its last newlines.

import { Pipe, PipeWriter } from "../process/pipe.ts";
import { runSubshell } from "./subshell.ts";
import type { Shell } from "./shell.ts";
import type { Script } from "./syntax.ts";

/** More than this in a variable is a mistake that would take everyone's memory. */
const MOST_BYTES = 64 * 1024 * 1024;

export async function substituteCommand(shell: Shell, script: Script): Promise<string> {
  const { process } = shell;
  const pipe = new Pipe();
  const descriptors = shell.sharedDescriptors();
  descriptors[1]?.release();
  descriptors[1] = new PipeWriter(pipe);
  const child = runSubshell(shell, script, { descriptors });
  const chunks: Uint8Array[] = [];
  let size = 0;
  while (!pipe.isReadable || !pipe.isDrained) {
    const chunk = pipe.take();
    if (!chunk) await process.block<void>((resolve) => pipe.onChange(resolve));
    else if ((size += chunk.length) <= MOST_BYTES) chunks.push(chunk);
  }
  pipe.endReading();
  shell.substitutions++;
  shell.status = (await process.wait(child)).code;
  return Buffer.concat(chunks).toString().replace(/\0/g, "").replace(/\n+$/, "");
}
