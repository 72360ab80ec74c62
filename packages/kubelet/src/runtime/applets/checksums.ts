// md5sum, sha1sum, sha256sum, sha512sum: to compare files on both sides of a copy.

import { createHash } from "node:crypto";
import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { chunksOf, lineBatches, openInput, sources, type Outcome } from "./input.ts";
import { parseOptions } from "./options.ts";

const checksum =
  (algorithm: string) =>
  async (process: Process): Promise<number> => {
    const options = await parseOptions(process, "cbstw[check][binary][text][status][quiet]");
    if (typeof options === "number") return options;
    if (options.has("c", "check")) return check(process, algorithm, options.operands);
    const outcome: Outcome = { code: 0 };
    for await (const { name, file } of sources(process, options.operands, outcome)) {
      const hash = createHash(algorithm);
      for await (const chunk of chunksOf(process, file)) hash.update(chunk);
      await process.print(`${hash.digest("hex")}  ${name}\n`);
    }
    return outcome.code;
  };

/** Each line of the lists is what the tool printed of one file. */
async function check(process: Process, algorithm: string, lists: string[]): Promise<number> {
  const outcome: Outcome = { code: 0 };
  let failed = 0;
  for await (const { file } of sources(process, lists, outcome)) {
    for await (const lines of lineBatches(process, file)) {
      for (const line of lines) {
        const [, expected, name] = /^([0-9a-f]+)[ \t]+\*?(.+)$/i.exec(line) ?? [];
        if (expected === undefined || name === undefined) continue;
        const isSame = (await digestOf(process, algorithm, name)) === expected.toLowerCase();
        if (!isSame) failed++;
        await process.print(`${name}: ${isSame ? "OK" : "FAILED"}\n`);
      }
    }
  }
  if (failed === 0) return outcome.code;
  return complaint(process, `WARNING: ${failed} computed checksums did NOT match`);
}

async function digestOf(process: Process, algorithm: string, name: string): Promise<string> {
  const file = await openInput(process, name);
  if (!file) return "";
  const hash = createHash(algorithm);
  try {
    for await (const chunk of chunksOf(process, file)) hash.update(chunk);
  } finally {
    file.release();
  }
  return hash.digest("hex");
}

export const checksums: Applets = {
  md5sum: checksum("md5"),
  sha1sum: checksum("sha1"),
  sha256sum: checksum("sha256"),
  sha512sum: checksum("sha512"),
};
