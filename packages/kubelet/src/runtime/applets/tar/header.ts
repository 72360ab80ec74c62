// A tar archive's headers: 512 bytes before each member, in the ustar form with GNU's long names.

export const BLOCK = 512;

export type MemberKind = "file" | "directory" | "symlink" | "link" | "other";

export interface Member {
  readonly kind: MemberKind;
  /** A directory's ends with a slash. */
  readonly name: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly modifiedMs: number;
  /** Bytes that follow; 0 for all but files. */
  readonly size: number;
  /** Where a link leads, else empty. */
  readonly target: string;
}

const KINDS: { readonly [flag: string]: MemberKind } = {
  "\0": "file",
  "0": "file",
  "1": "link",
  "2": "symlink",
  "5": "directory",
  "7": "file",
};
const FLAGS = { file: "0", link: "1", symlink: "2", directory: "5", other: "6" } as const;
const LONGEST_NAME = 100;
const CHECKSUM_AT = 148;

/** What headers before a member's own say of it. */
interface Extended {
  path?: string;
  linkpath?: string;
}

/** Reads one header; long names come as members of their own before the one that they name. */
export class HeaderParser {
  #extended: Extended = {};

  /** @returns undefined for the zeros at the end. @throws Error when it is no header */
  parse(block: Buffer): { member: Member; flag: string } | undefined {
    if (block.every((byte) => byte === 0)) return undefined;
    if (numberAt(block, CHECKSUM_AT, 8) !== checksum(block)) throw new Error("invalid tar header");
    const flag = String.fromCharCode(block[156]!);
    const isUstar = block.toString("latin1", 257, 262) === "ustar";
    // GNU keeps other things where ustar has the prefix
    const prefix = isUstar && block[262] === 0 ? textAt(block, 345, 155) : "";
    const short = textAt(block, 0, LONGEST_NAME);
    const name = prefix === "" ? short : `${prefix}/${short}`;
    const kind = KINDS[flag] ?? "other";
    const member = {
      kind: kind === "file" && name.endsWith("/") ? "directory" : kind,
      name: this.#extended.path ?? name,
      mode: numberAt(block, 100, 8) & 0o7777,
      uid: numberAt(block, 108, 8),
      gid: numberAt(block, 116, 8),
      size: numberAt(block, 124, 12),
      modifiedMs: numberAt(block, 136, 12) * 1000,
      target: this.#extended.linkpath ?? textAt(block, 157, 100),
    } as const;
    if (!"LKxg".includes(flag)) this.#extended = {};
    return { member, flag };
  }

  /** Takes what a member with the flag L, K or x holds. */
  extend(flag: string, content: Buffer): void {
    const text = content.toString().replace(/\0+$/, "");
    if (flag === "L") this.#extended.path = text;
    if (flag === "K") this.#extended.linkpath = text;
    if (flag !== "x") return;
    // `17 path=long/name\n`
    for (const [, key, value] of text.matchAll(/^\d+ (path|linkpath)=(.*)$/gm)) {
      this.#extended[key as keyof Extended] = value!;
    }
  }
}

/** The member's header, with another before it where a name is too long for it. */
export function writeHeader(member: Member): Buffer {
  const name = Buffer.from(member.name);
  const target = Buffer.from(member.target);
  const blocks: Buffer[] = [];
  if (target.length > LONGEST_NAME) blocks.push(...longName("K", target));
  if (name.length > LONGEST_NAME) blocks.push(...longName("L", name));
  blocks.push(block(FLAGS[member.kind], member, { name, target }));
  return Buffer.concat(blocks);
}

function longName(flag: string, text: Buffer): Buffer[] {
  const content = Buffer.concat([text, Buffer.alloc(1)]);
  const member = { mode: 0o644, uid: 0, gid: 0, modifiedMs: 0, size: content.length };
  const names = { name: Buffer.from("././@LongLink"), target: Buffer.alloc(0) };
  return [block(flag, member, names), content, padding(content.length)];
}

function block(
  flag: string,
  { mode, uid, gid, modifiedMs, size }: Omit<Member, "kind" | "name" | "target">,
  { name, target }: { name: Buffer; target: Buffer },
): Buffer {
  const bytes = Buffer.alloc(BLOCK);
  name.copy(bytes, 0, 0, LONGEST_NAME);
  octal(bytes, { at: 100, length: 8, value: mode });
  octal(bytes, { at: 108, length: 8, value: uid });
  octal(bytes, { at: 116, length: 8, value: gid });
  octal(bytes, { at: 124, length: 12, value: size });
  octal(bytes, { at: 136, length: 12, value: Math.max(0, Math.floor(modifiedMs / 1000)) });
  bytes.write(flag, 156, "latin1");
  target.copy(bytes, 157, 0, LONGEST_NAME);
  bytes.write("ustar  \0", 257, "latin1");
  bytes.write(`${checksum(bytes).toString(8).padStart(6, "0")}\0 `, CHECKSUM_AT, "latin1");
  return bytes;
}

function octal(bytes: Buffer, field: { at: number; length: number; value: number }): void {
  const { at, length, value } = field;
  bytes.write(value.toString(8).padStart(length - 1, "0"), at, length - 1, "latin1");
}

/** Zeros up to a whole block. */
export const padding = (size: number) => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);

/** The sum of all bytes, those of the checksum itself taken as blanks. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < BLOCK; at++) {
    sum += at >= CHECKSUM_AT && at < CHECKSUM_AT + 8 ? 0x20 : bytes[at]!;
  }
  return sum;
}

function textAt(bytes: Buffer, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString("utf8", 0, end < 0 ? length : end);
}

function numberAt(bytes: Buffer, at: number, length: number): number {
  return parseInt(textAt(bytes, at, length).trim(), 8) || 0;
}
