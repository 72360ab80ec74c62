// test and [.

import type { Process } from "../process/process.ts";
import { evaluateTest, TestError } from "../shell/test-expression.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";

async function run(process: Process): Promise<number> {
  const args = process.argv.slice(1);
  if (process.argv[0]?.endsWith("[") && args.pop() !== "]") {
    return complaint(process, "missing ]", 2);
  }
  try {
    return evaluateTest(process, args) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    return complaint(process, error.message, 2);
  }
}

export const test: Applets = { test: run, "[": run };
