// `tar -c`: files and folders, in the order in which they lie, into one archive.

import { gzipSync } from "node:zlib";
import { ErrnoError } from "../../file-system/errno.ts";
import type { OpenFile } from "../../process/open-file.ts";
import type { Process } from "../../process/process.ts";
import { complaint } from "../complaint.ts";
import { walkTree, type Found } from "../walk-tree.ts";
import { BLOCK, padding, writeHeader } from "./header.ts";
import type { TarOptions } from "./tar.ts";

/** Archives are whole records of twenty blocks. */
const RECORD = 20 * BLOCK;
const AT_ONCE = 64 * 1024;

export async function createArchive(
  process: Process,
  archive: OpenFile,
  options: TarOptions,
): Promise<number> {
  const output = new ArchiveOutput(process, archive, options.isPacked);
  let code = 0;
  for (const name of options.operands) {
    code = Math.max(code, await addTree(process, output, { name, options }));
  }
  await output.end();
  if (code === 0) return 0;
  const isBusybox = process.flavour === "busybox";
  return complaint(
    process,
    isBusybox
      ? "error exit delayed from previous errors"
      : "Exiting with failure status due to previous errors",
    code,
  );
}

async function addTree(
  process: Process,
  output: ArchiveOutput,
  { name, options }: { name: string; options: TarOptions },
): Promise<number> {
  try {
    for (const found of walkTree(process, name)) {
      if (found.depth === 0 && name.startsWith("/")) await hint(process);
      const pause = process.step();
      if (pause) await pause;
      if (options.isExcluded(found.path)) continue;
      await addEntry(process, output, found);
      if (options.isVerbose) await process.complain(`${memberName(found)}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const cannot = process.flavour === "busybox" ? `${name}: ` : `${name}: Cannot stat: `;
    return complaint(process, cannot + error.message, process.flavour === "busybox" ? 1 : 2);
  }
}

function hint(process: Process): Promise<number> {
  return complaint(
    process,
    process.flavour === "busybox"
      ? "removing leading '/' from member names"
      : "Removing leading `/' from member names",
    0,
  );
}

async function addEntry(process: Process, output: ArchiveOutput, found: Found): Promise<void> {
  const { entry, path } = found;
  const { mode, uid, gid, modifiedMs } = entry.meta;
  const content = entry.kind === "file" ? process.files.read(path) : new Uint8Array(0);
  const target = entry.kind === "symlink" ? entry.target : "";
  const name = memberName(found);
  const { length: size } = content;
  const member = { kind: entry.kind, name, mode, uid, gid, modifiedMs, target, size };
  await output.write(writeHeader(member));
  await output.write(content);
  await output.write(padding(size));
}

/** Without a slash before it, and with one behind a directory. */
function memberName({ path, entry }: Found): string {
  const name = path.replace(/^\/+/, "").replace(/\/+$/, "") || ".";
  return entry.kind === "directory" ? `${name}/` : name;
}

class ArchiveOutput {
  readonly #process: Process;
  readonly #archive: OpenFile;
  /** Kept until the end, to be compressed in one. */
  readonly #packed: Uint8Array[] | undefined;
  #size = 0;

  constructor(process: Process, archive: OpenFile, isPacked: boolean) {
    this.#process = process;
    this.#archive = archive;
    this.#packed = isPacked ? [] : undefined;
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length;
    if (this.#packed) this.#packed.push(bytes);
    else await this.#put(bytes);
  }

  async end(): Promise<void> {
    await this.write(Buffer.alloc(2 * BLOCK));
    await this.write(Buffer.alloc((RECORD - (this.#size % RECORD)) % RECORD));
    if (this.#packed) await this.#put(gzipSync(Buffer.concat(this.#packed)));
  }

  async #put(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; at += AT_ONCE) {
      // a copy: the file may be written to before the reader has it
      await this.#archive.write(this.#process, bytes.slice(at, at + AT_ONCE));
    }
  }
}
