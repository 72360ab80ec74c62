// A user of its own in an image's account files.

import type { Directory } from "../../file-system/file-system.ts";

export interface AccountOptions {
  uid: number;
  gid: number;
  home?: string;
  shell?: string;
}

/** Adds a user and the group of the same name. @returns the same root */
export function withAccount(root: Directory, name: string, account: AccountOptions): Directory {
  const { uid, gid, home = "/nonexistent", shell = "/usr/sbin/nologin" } = account;
  append(root, "passwd", `${name}:x:${uid}:${gid}::${home}:${shell}\n`);
  append(root, "group", `${name}:x:${gid}:\n`);
  return root;
}

function append(root: Directory, file: string, line: string): void {
  const etc = root.get("etc");
  const entry = etc?.kind === "directory" ? etc.get(file) : undefined;
  if (entry?.kind === "file") entry.append(Buffer.from(line));
}
