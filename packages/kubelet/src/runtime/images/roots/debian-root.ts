// Debian's root file system: GNU tools, dash as sh, bash, a merged /usr.

import type { Directory } from "../../file-system/file-system.ts";
import { file, link, tree } from "../../file-system/tree.ts";
import { gnuTools } from "../../applets/index.ts";
import { executable } from "../../process/executable.ts";
import { executables, systemFiles } from "./system-files.ts";

const CODENAMES: { readonly [version: string]: string } = {
  "10": "buster",
  "11": "bullseye",
  "12": "bookworm",
  "13": "trixie",
};

export function debianRoot(version: string): Directory {
  const codename = CODENAMES[version];
  const root = systemFiles({
    id: "debian",
    name: "Debian GNU/Linux",
    version,
    shell: "/bin/bash",
    ...(codename ? { codename } : {}),
  });
  return gnuRoot(root, { "/etc/debian_version": `${version}.0\n`, "/usr/bin/sh": link("dash") });
}

/** GNU tools and shells in /usr/bin, with /bin, /sbin and /lib as links into /usr. */
export function gnuRoot(root: Directory, extra: Parameters<typeof tree>[0]): Directory {
  return tree(
    {
      "/bin": link("usr/bin"),
      "/sbin": link("usr/sbin"),
      "/lib": link("usr/lib"),
      ...executables("/usr/bin", gnuTools, executable),
      "/usr/bin/dash": file(executable("sh"), 0o755),
      "/usr/bin/bash": file(executable("bash"), 0o755),
      ...extra,
    },
    root,
  );
}
