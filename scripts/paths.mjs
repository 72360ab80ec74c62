// Where the checkout is, and where its bundles go.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const distFolder = join(root, "dist", "bin");
