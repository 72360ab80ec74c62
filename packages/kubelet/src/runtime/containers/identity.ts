// Who a container's processes run as: the pod's wish, else the image's user, by the image's files.

import { ErrnoError } from "../file-system/errno.ts";
import type { Entry } from "../file-system/file-system.ts";
import type { ContainerConfig } from "../runtime.ts";

export interface Identity {
  uid: number;
  gid: number;
  groups: readonly number[];
  home: string;
}

interface Account {
  name: string;
  uid: number;
  gid: number;
  home: string;
}

const ROOT: Identity = { uid: 0, gid: 0, groups: [], home: "/root" };

/**
 * @param find a file of the image
 * @throws Error in the runtime's words when the user's name is not in /etc/passwd
 */
export function identityOf(
  wish: ContainerConfig["user"],
  imageUser: string,
  find: (path: string) => Entry | undefined,
): Identity {
  const [imageName = "", imageGroup] = imageUser.split(":");
  const asked = wish?.uid !== undefined ? String(wish.uid) : imageName || "0";
  if (asked === "0" && !wish) return ROOT;
  const account = accounts(find).find(({ name, uid }) => name === asked || String(uid) === asked);
  if (!account && !/^\d+$/.test(asked)) {
    throw new Error(`unable to find user ${asked}: no matching entries in passwd file`);
  }
  const group = wish?.uid === undefined ? groupOf(imageGroup, find) : undefined;
  return {
    uid: account?.uid ?? Number(asked),
    gid: wish?.gid ?? group ?? account?.gid ?? 0,
    groups: wish?.groups ?? [],
    home: account?.home ?? "/",
  };
}

function accounts(find: (path: string) => Entry | undefined): Account[] {
  return rows(find("/etc/passwd")).map((row) => ({
    name: row[0] ?? "",
    uid: Number(row[2]),
    gid: Number(row[3]),
    home: row[5] || "/",
  }));
}

function groupOf(asked: string | undefined, find: (path: string) => Entry | undefined) {
  if (!asked) return undefined;
  if (/^\d+$/.test(asked)) return Number(asked);
  const row = rows(find("/etc/group")).find(([name]) => name === asked);
  if (!row) throw new Error(`unable to find group ${asked}: no matching entries in group file`);
  return Number(row[2]);
}

function rows(entry: Entry | undefined): string[][] {
  if (entry?.kind !== "file") return [];
  const lines = Buffer.from(entry.read()).toString().split("\n");
  return lines.filter((line) => line.includes(":")).map((line) => line.split(":"));
}

/** A file by absolute path for the runtime itself, which nothing is forbidden to. */
export function quietly<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    if (error instanceof ErrnoError) return undefined;
    throw error;
  }
}
