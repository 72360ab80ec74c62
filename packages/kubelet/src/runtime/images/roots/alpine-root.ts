// Alpine's root file system: busybox and little else.

import type { Directory } from "../../file-system/file-system.ts";
import { file, tree, type Leaf } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import { busyboxTools } from "./busybox-root.ts";
import { systemFiles } from "./system-files.ts";

/** @param version `3.22.2` */
export function alpineRoot(
  version: string,
  extra: { readonly [path: string]: Leaf } = {},
): Directory {
  return tree(
    { ...busyboxTools(), "/etc/alpine-release": `${version}\n`, ...extra },
    systemFiles({ id: "alpine", name: "Alpine Linux", version }),
  );
}

/** What `apk add bash` brings. */
export const ALPINE_BASH: { readonly [path: string]: Leaf } = {
  "/bin/bash": file(executable("bash"), 0o755),
};
