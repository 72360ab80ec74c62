#!/usr/bin/env node
// The kubonsai command from a checkout: set up what is missing, then the command itself.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { distFolder } from "./paths.mjs";
import { setUp } from "./setup.mjs";

await setUp();
await import(pathToFileURL(join(distFolder, "kubonsai.js")).href);
