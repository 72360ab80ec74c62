// What an applet is: a name and a program. Each lives in a file of its own, or with its relatives.

import type { Program } from "../process/program.ts";

export type Applets = { readonly [name: string]: Program };
