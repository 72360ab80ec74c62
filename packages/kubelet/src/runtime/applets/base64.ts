// base64: as secrets are written down.

import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { sources, wholeOf, type Outcome } from "./input.ts";
import { parseOptions } from "./options.ts";

const LINE_LENGTH = 76;

async function base64(process: Process): Promise<number> {
  const options = await parseOptions(process, "dDiw:[decode][wrap]:[ignore-garbage]");
  if (typeof options === "number") return options;
  const width = Number(options.value("w", "wrap") ?? LINE_LENGTH);
  if (!Number.isInteger(width) || width < 0 || width > 65_535) {
    return complaint(process, `invalid wrap size: '${options.value("w", "wrap")}'`);
  }
  const outcome: Outcome = { code: 0 };
  for await (const { file } of sources(process, options.operands, outcome)) {
    const bytes = Buffer.from(await wholeOf(process, file));
    if (!options.has("d", "D", "decode")) {
      await process.print(wrapped(bytes.toString("base64"), width));
      continue;
    }
    const text = bytes.toString("latin1").replace(/\s/g, "");
    await process.print(Buffer.from(text, "base64"));
    if (/[^A-Za-z0-9+/=]/.test(text)) return complaint(process, "invalid input");
  }
  return outcome.code;
}

/** 0: all in one line, without an end. */
function wrapped(text: string, width: number): string {
  if (width === 0 || text === "") return text;
  return text.replace(new RegExp(`.{1,${width}}`, "g"), "$&\n");
}

export const base64Tools: Applets = { base64 };
