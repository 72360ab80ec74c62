// mkdir, touch, ln, mktemp, install, truncate: making entries.

import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { attempt, complaint } from "./complaint.ts";
import { parseMode } from "./mode.ts";
import { parseOptions } from "./options.ts";

async function mkdir(process: Process): Promise<number> {
  const options = await parseOptions(process, "pm:v[parents][mode]:[verbose]");
  if (typeof options === "number") return options;
  if (options.operands.length === 0) return complaint(process, "missing operand");
  const given = options.value("m", "mode");
  let code = 0;
  for (const path of options.operands) {
    const words = {
      busybox: `can't create directory '${path}'`,
      gnu: `cannot create directory '${path}'`,
    };
    const failed = await attempt(process, words, async () => {
      if (options.has("p", "parents")) process.files.makeDirectories(path);
      else process.files.makeDirectory(path);
      if (given) process.files.ownMeta(path).mode = parseMode(given, 0o777) ?? 0o777;
      if (options.has("v", "verbose"))
        await process.print(`${process.name}: created directory '${path}'\n`);
    });
    code = Math.max(code, failed);
  }
  return code;
}

async function touch(process: Process): Promise<number> {
  const options = await parseOptions(process, "acmt:d:r:h[no-create][date]:[reference]:");
  if (typeof options === "number") return options;
  if (options.operands.length === 0) return complaint(process, "missing file operand");
  const given = options.value("d", "date");
  const reference = options.value("r", "reference");
  const when = given
    ? Date.parse(/[zZ]|[-+]\d\d:?\d\d$/.test(given) ? given : `${given.replace(" ", "T")}Z`)
    : undefined;
  let code = 0;
  for (const path of options.operands) {
    const failed = await attempt(process, { busybox: path, gnu: `cannot touch '${path}'` }, () => {
      if (!process.files.exists(path)) {
        if (options.has("c", "no-create")) return;
        process.files.create(path);
      }
      const modifiedMs = reference ? process.files.get(reference).meta.modifiedMs : when;
      process.files.ownMeta(path).modifiedMs = modifiedMs ?? process.world.clock.now();
    });
    code = Math.max(code, failed);
  }
  return code;
}

async function ln(process: Process): Promise<number> {
  const options = await parseOptions(process, "sfnvTbr[symbolic][force][no-dereference]");
  if (typeof options === "number") return options;
  const operands = [...options.operands];
  const last = operands.length > 1 ? operands.pop()! : ".";
  const isInto =
    process.files.find(last, { followLast: !options.has("n", "no-dereference") })?.kind ===
      "directory" && !options.has("T");
  let code = 0;
  for (const target of operands) {
    const path = isInto ? `${last}/${target.replace(/\/+$/, "").replace(/^.*\//, "")}` : last;
    const words = {
      busybox: path,
      gnu: `failed to create ${options.has("s") ? "symbolic" : "hard"} link '${path}'`,
    };
    const failed = await attempt(process, words, () => {
      const { files } = process;
      if (options.has("f", "force") && files.find(path, { followLast: false })) files.remove(path);
      if (options.has("s", "symbolic")) files.makeSymlink(target, path);
      else files.link(target, path);
    });
    code = Math.max(code, failed);
  }
  return code;
}

async function mktemp(process: Process): Promise<number> {
  const options = await parseOptions(process, "dqup:t[directory][tmpdir]:");
  if (typeof options === "number") return options;
  const folder = options.value("p", "tmpdir") ?? process.env.get("TMPDIR") ?? "/tmp";
  const template = options.operands[0] ?? `${folder}/tmp.XXXXXX`;
  if (!/X{3,}$/.test(template)) return complaint(process, `too few X's in template '${template}'`);
  const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  const path = template.replace(/X+$/, (marks) =>
    [...process.world.random.bytes(marks.length)]
      .map((byte) => alphabet[byte % alphabet.length])
      .join(""),
  );
  const words = { busybox: path, gnu: `failed to create file via template '${template}'` };
  return attempt(process, words, async () => {
    if (options.has("d", "directory")) process.files.makeDirectory(path, 0o700);
    else process.files.create(path, { exclusive: true, mode: 0o600 });
    await process.print(`${path}\n`);
  });
}

async function truncate(process: Process): Promise<number> {
  const options = await parseOptions(process, "cs:[size]:");
  if (typeof options === "number") return options;
  const [, number = "0", unit = ""] =
    /^(\d+)([KMG]?)B?$/.exec(options.value("s", "size") ?? "0") ?? [];
  const size = Number(number) * 1024 ** " KMG".indexOf(unit || " ");
  if (size > 64 * 1024 * 1024) return complaint(process, `failed to truncate: File too large`);
  let code = 0;
  for (const path of options.operands) {
    const failed = await attempt(
      process,
      { busybox: path, gnu: `cannot open '${path}' for writing` },
      () => {
        const before =
          process.files.find(path)?.kind === "file" ? process.files.read(path) : new Uint8Array(0);
        const content = new Uint8Array(size);
        content.set(before.subarray(0, size));
        process.files.write(path, content);
      },
    );
    code = Math.max(code, failed);
  }
  return code;
}

export const create: Applets = { mkdir, touch, ln, mktemp, truncate };
