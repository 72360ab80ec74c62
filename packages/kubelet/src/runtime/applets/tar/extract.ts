// `tar -x` and `tar -t`: an archive's members, one after the other.

import { ErrnoError } from "../../file-system/errno.ts";
import type { OpenFile } from "../../process/open-file.ts";
import type { Process } from "../../process/process.ts";
import { complaint } from "../complaint.ts";
import { modeText } from "../ls.ts";
import { BLOCK, HeaderParser, type Member } from "./header.ts";
import { archiveInput, type ArchiveInput } from "./input.ts";
import type { TarOptions } from "./tar.ts";

/** Of a name, or of what else stands between two members. */
const LONGEST_EXTENSION = 64 * 1024;
const AT_ONCE = 64 * 1024;

export async function readArchive(
  process: Process,
  archive: OpenFile,
  options: TarOptions,
): Promise<number> {
  try {
    const input = await archiveInput(process, archive);
    return await readMembers(process, input, options);
  } catch (error) {
    if (error instanceof ErrnoError) return complaint(process, error.message);
    if (!(error instanceof Error) || !/tar header|header check/.test(error.message)) throw error;
    const isBusybox = process.flavour === "busybox";
    return complaint(process, isBusybox ? "invalid tar magic" : NO_ARCHIVE, isBusybox ? 1 : 2);
  }
}

const NO_ARCHIVE =
  "This does not look like a tar archive\ntar: Exiting with failure status due to previous errors";

async function readMembers(
  process: Process,
  input: ArchiveInput,
  options: TarOptions,
): Promise<number> {
  const headers = new HeaderParser();
  let code = 0;
  for (;;) {
    const pause = process.step();
    if (pause) await pause;
    const block = await input.take(BLOCK);
    if (block.length === 0) return code;
    if (block.length < BLOCK) return complaint(process, "short read");
    const header = headers.parse(block);
    // zeros end the archive; what follows is read, so that who writes it is not cut off
    if (!header) {
      while ((await input.some(AT_ONCE)).length > 0);
      return code;
    }
    const { member, flag } = header;
    const content = new MemberContent(input, member.size);
    if ("LKxg".includes(flag)) headers.extend(flag, await content.all());
    else code = Math.max(code, await takeMember(process, { member, content, options }));
    await content.skip();
  }
}

interface Taken {
  member: Member;
  content: MemberContent;
  options: TarOptions;
}

async function takeMember(process: Process, { member, content, options }: Taken): Promise<number> {
  if (!options.isWanted(member.name)) return 0;
  if (options.action === "list") {
    await process.print(listed(member, options.isVerbose));
    return 0;
  }
  const path = options.placeOf(member.name);
  if (path === "") return 0;
  if (options.isVerbose) await process.print(`${member.name}\n`);
  try {
    await unpack(process, { member, content, options }, path);
    return 0;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    const isBusybox = process.flavour === "busybox";
    const cannot = isBusybox ? `can't open '${path}'` : `${path}: Cannot open`;
    return complaint(process, `${cannot}: ${error.message}`, isBusybox ? 1 : 2);
  }
}

function listed({ kind, name, mode, uid, gid, size, modifiedMs, target }: Member, isLong: boolean) {
  if (!isLong) return `${name}\n`;
  const shown = kind === "directory" || kind === "symlink" ? kind : "file";
  const time = new Date(modifiedMs).toISOString().slice(0, 19).replace("T", " ");
  const to = target === "" ? "" : ` -> ${target}`;
  const owner = `${uid}/${gid}`;
  return `${modeText({ kind: shown, meta: { mode } })} ${owner} ${String(size).padStart(9)} ${time} ${name}${to}\n`;
}

async function unpack(
  process: Process,
  { member, content, options }: Taken,
  path: string,
): Promise<void> {
  const { files } = process;
  if (options.isToOutput) return content.each((bytes) => process.print(bytes));
  const parent = path.replace(/\/*[^/]*\/*$/, "");
  if (parent !== "") files.makeDirectories(parent);
  if (member.kind === "directory") {
    if (files.find(path)?.kind !== "directory") files.makeDirectory(path);
  } else {
    const there = files.find(path, { followLast: false });
    if (there && there.kind !== "directory") files.remove(path);
    if (member.kind === "symlink") return files.makeSymlink(member.target, path);
    if (member.kind === "link") return files.link(options.placeOf(member.target), path);
    if (member.kind === "other") return;
    const file = files.create(path, { mode: member.mode & 0o777 });
    await content.each((bytes) => file.append(bytes));
  }
  keepFacts(process, { member, content, options }, path);
}

/** Mode, owner (for root alone) and time, as far as the options want them. */
function keepFacts(process: Process, { member, options }: Taken, path: string): void {
  const meta = process.files.ownMeta(path);
  const isRoot = process.uid === 0;
  if (options.keepsModes) meta.mode = member.mode;
  else meta.mode = member.mode & 0o777 & ~process.umask;
  if (isRoot && options.keepsOwners) {
    meta.uid = member.uid;
    meta.gid = member.gid;
  }
  meta.modifiedMs = options.keepsTimes ? member.modifiedMs : process.now();
}

/** The bytes that follow a header, up to a whole block. */
class MemberContent {
  readonly #input: ArchiveInput;
  #left: number;
  readonly #padding: number;
  #isSkipped = false;

  constructor(input: ArchiveInput, size: number) {
    this.#input = input;
    this.#left = size;
    this.#padding = (BLOCK - (size % BLOCK)) % BLOCK;
  }

  async each(take: (bytes: Buffer) => void | Promise<void>): Promise<void> {
    while (this.#left > 0) {
      const bytes = await this.#input.some(Math.min(this.#left, AT_ONCE));
      if (bytes.length === 0) throw new ErrnoError("EIO");
      this.#left -= bytes.length;
      await take(bytes);
    }
  }

  async all(): Promise<Buffer> {
    if (this.#left > LONGEST_EXTENSION) throw new Error("invalid tar header");
    const size = this.#left;
    this.#left = 0;
    return this.#input.take(size);
  }

  async skip(): Promise<void> {
    if (this.#isSkipped) return;
    this.#isSkipped = true;
    await this.each(() => undefined);
    await this.#input.take(this.#padding);
  }
}
