// Every program that an executable file can name: applets, shells, and what the images bring.

import { appletPrograms } from "../applets/index.ts";
import type { Program } from "../process/program.ts";
import { catalogue } from "./catalogue.ts";
import { generic } from "./generic.ts";

const programs = new Map<string, Program>(Object.entries(appletPrograms));
for (const entry of [...catalogue, generic]) {
  for (const [name, program] of Object.entries(entry.programs ?? {})) programs.set(name, program);
}

export function findProgram(name: string): Program | undefined {
  return programs.get(name);
}
