// sed: the stream editor.

import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { allLines, asLines, type Outcome } from "./input.ts";
import { parseOptions } from "./options.ts";
import { RegexError } from "./regular-expression.ts";
import { parseSed, SedError, type SedCommand } from "./sed-script.ts";
import { SedRun } from "./sed-run.ts";

export const sed: Applets = {
  sed: async (process) => {
    process.argv = process.argv.map((arg) =>
      /^-i.+/.test(arg) && !/^-i[nrE]/.test(arg) ? "-i" : arg,
    );
    const options = await parseOptions(
      process,
      "nrEisuze:f:[expression]:[quiet][silent][regexp-extended][in-place][file]:",
    );
    if (typeof options === "number") return options;
    const operands = [...options.operands];
    const scripts = options.values("e", "expression");
    for (const path of options.values("f", "file")) scripts.push(process.files.readText(path));
    if (scripts.length === 0) {
      const script = operands.shift();
      if (script === undefined) return complaint(process, "no script specified");
      scripts.push(script);
    }
    try {
      const commands = parseSed(scripts.join("\n"), options.has("r", "E", "regexp-extended"));
      const isQuiet = options.has("n", "quiet", "silent");
      if (options.has("i", "in-place"))
        return await editFiles(process, operands, { commands, isQuiet });
      const outcome: Outcome = { code: 0 };
      const lines = await allLines(process, operands, outcome);
      const run = new SedRun(process, commands, isQuiet);
      await process.print(asLines(run.edit(lines)));
      await run.writeFiles();
      return outcome.code || run.exitCode;
    } catch (error) {
      if (!(error instanceof SedError || error instanceof RegexError)) throw error;
      const place = process.flavour === "gnu" ? "-e expression #1, char 0: " : "";
      return complaint(process, place + error.message);
    }
  },
};

async function editFiles(
  process: Process,
  paths: readonly string[],
  { commands, isQuiet }: { commands: readonly SedCommand[]; isQuiet: boolean },
): Promise<number> {
  const outcome: Outcome = { code: 0 };
  for (const path of paths) {
    const before = outcome.code;
    outcome.code = 0;
    const lines = await allLines(process, [path], outcome);
    if (outcome.code === 0) {
      const run = new SedRun(process, commands, isQuiet);
      process.files.write(path, asLines(run.edit(lines)));
      await run.writeFiles();
    }
    outcome.code ||= before;
  }
  return outcome.code;
}
