// Names for uids and gids by the container's own /etc/passwd and /etc/group.

import type { Process } from "../process/process.ts";

export interface AccountNames {
  user(uid: number): string;
  group(gid: number): string;
  uid(name: string): number | undefined;
  gid(name: string): number | undefined;
}

export function accountNames(process: Process, isNumeric = false): AccountNames {
  const users = rows(process, "/etc/passwd");
  const groups = rows(process, "/etc/group");
  const nameIn = (table: string[][], id: number) =>
    isNumeric ? String(id) : (table.find((row) => Number(row[2]) === id)?.[0] ?? String(id));
  const idIn = (table: string[][], name: string) => {
    const row = table.find(([first]) => first === name);
    if (row) return Number(row[2]);
    return /^\d+$/.test(name) ? Number(name) : undefined;
  };
  return {
    user: (uid) => nameIn(users, uid),
    group: (gid) => nameIn(groups, gid),
    uid: (name) => idIn(users, name),
    gid: (name) => idIn(groups, name),
  };
}

function rows({ files }: Process, path: string): string[][] {
  const entry = files.find(path);
  if (entry?.kind !== "file") return [];
  const lines = Buffer.from(entry.read()).toString().split("\n");
  return lines.filter((line) => line.includes(":")).map((line) => line.split(":"));
}
