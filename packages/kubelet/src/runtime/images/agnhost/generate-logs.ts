// agnhost logs-generator: so many lines in so much time, as a busy API server would write them.

import { integerBelow } from "@kubonsai/clock";
import type { Process } from "../../process/process.ts";
import { durationMs, flag } from "./flags.ts";

const METHODS = ["GET", "POST", "PUT"];
const RESOURCES = ["pods", "services", "endpoints", "configmaps"];
const NAMESPACES = ["kube-system", "default", "ns"];

export async function generateLogs(process: Process): Promise<number> {
  const total = Number(flag(process.argv, "log-lines-total") ?? process.env.get("LOGS_GENERATOR_LINES_TOTAL") ?? 0); // prettier-ignore
  const durationText =
    flag(process.argv, "run-duration") ?? process.env.get("LOGS_GENERATOR_DURATION");
  const runMs = durationMs(durationText);
  if (total <= 0 || runMs === undefined) {
    await process.complain(
      `F ${total <= 0 ? "Invalid total number of lines" : "Invalid duration"}\n`,
    );
    return 1;
  }
  for (let index = 0; index < total; index++) {
    await process.sleep(runMs / total);
    await process.complain(line(process, index));
  }
  return 0;
}

function line(process: Process, index: number): string {
  const { random } = process.world;
  const one = (list: readonly string[]) => list[integerBelow(random, list.length)]!;
  const iso = new Date(process.now()).toISOString();
  const head = `I${iso.slice(5, 7)}${iso.slice(8, 10)} ${iso.slice(11, 23)}000`;
  const name = integerBelow(random, 36 ** 3).toString(36);
  const path = `/api/v1/namespaces/${one(NAMESPACES)}/${one(RESOURCES)}/${name}`;
  const status = 200 + integerBelow(random, 400);
  return `${head}       1 logs_generator.go:76] ${index} ${one(METHODS)} ${path} ${status}\n`;
}
