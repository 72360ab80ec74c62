// awk: its command line and its input.

import type { Process } from "../../process/process.ts";
import type { Applets } from "../applet.ts";
import { complaint } from "../complaint.ts";
import { lineBatches, sources, type Outcome } from "../input.ts";
import { parseOptions } from "../options.ts";
import { RegexError } from "../regular-expression.ts";
import { parseAwk } from "./parser.ts";
import { AwkRun } from "./run.ts";
import { AwkError } from "./syntax.ts";
import { FromInput, numberOf } from "./values.ts";

async function awk(process: Process): Promise<number> {
  const options = await parseOptions(process, "+F:v:f:W:");
  if (typeof options === "number") return 2;
  const operands = [...options.operands];
  const sourceFiles = options.values("f");
  const source =
    sourceFiles.length > 0
      ? sourceFiles.map((path) => process.files.readText(path)).join("\n")
      : operands.shift();
  if (source === undefined)
    return complaint(process, "usage: awk [-F sep] [-v var=value] 'program' [file ...]", 2);
  try {
    const run = new AwkRun(process, parseAwk(source));
    const separator = options.value("F");
    if (separator !== undefined)
      run.set("FS", separator === "t" ? "\t" : separator.replaceAll("\\t", "\t"));
    for (const assignment of options.values("v")) assign(run, assignment);
    const code = await runAll(process, run, operands);
    await run.finish();
    return code;
  } catch (error) {
    if (!(error instanceof AwkError || error instanceof RegexError)) throw error;
    return complaint(process, error.message, 2);
  }
}

function assign(run: AwkRun, assignment: string): void {
  const equals = assignment.indexOf("=");
  const value = assignment
    .slice(equals + 1)
    .replaceAll("\\n", "\n")
    .replaceAll("\\t", "\t");
  run.set(assignment.slice(0, equals), new FromInput(value));
}

async function runAll(process: Process, run: AwkRun, operands: readonly string[]): Promise<number> {
  const outcome: Outcome = { code: 0 };
  let ended = await run.begin();
  if (run.needsInput && ended === undefined) {
    const records = recordsOf(process, run, { operands, outcome });
    run.nextRecord = async () => (await records.next()).value as string | undefined;
    for (let next = await records.next(); !next.done && ended === undefined;) {
      ended = await run.record(next.value);
      if (ended === undefined) next = await records.next();
    }
    await records.return(undefined);
  }
  const last = await run.end();
  return last ?? ended ?? (outcome.code ? 2 : 0);
}

/** Lines, counted; a `name=value` among the operands is an assignment. */
async function* recordsOf(
  process: Process,
  run: AwkRun,
  { operands, outcome }: { operands: readonly string[]; outcome: Outcome },
): AsyncGenerator<string, undefined> {
  const isAssignment = (operand: string) => /^[A-Za-z_]\w*=/.test(operand);
  const inputs = operands.some((operand) => !isAssignment(operand)) ? operands : [...operands, "-"];
  for (const operand of inputs) {
    if (isAssignment(operand)) {
      assign(run, operand);
      continue;
    }
    run.set("FILENAME", operand === "-" ? "" : operand);
    run.set("FNR", 0);
    for await (const { file } of sources(process, [operand], outcome)) {
      for await (const batch of lineBatches(process, file)) {
        for (const line of batch) {
          run.set("NR", numberOf(run.get("NR")) + 1);
          run.set("FNR", numberOf(run.get("FNR")) + 1);
          yield line;
        }
        await run.flush();
      }
    }
  }
  return undefined;
}

export const awkTools: Applets = { awk };
