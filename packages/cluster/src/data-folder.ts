// Everything a cluster keeps, in one folder that only its owner can read:
//
//   <data>/kubeconfig            the administrator's way in
//   <data>/pki/                  CA, certificates and keys, one pair per identity
//   <data>/store/                the LevelDB database
//   <data>/logs/<component>.log
//   <data>/run/*.sock            the store's socket, and the one that `down` and `status` speak to
//
// The sockets stand below the system's folder for temporary files where the data folder's path is
// too long for a socket's name.

import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { systemCode, UserError } from "./user-error.ts";

/** Linux allows 107 bytes, macOS 103. */
const LONGEST_SOCKET_PATH = 100;

export interface DataFolder {
  readonly path: string;
  readonly pki: string;
  readonly store: string;
  readonly logs: string;
  readonly kubeconfig: string;
  readonly storeSocket: string;
  readonly controlSocket: string;
}

export function dataFolder(path: string): DataFolder {
  const absolute = resolve(path);
  const run = runFolder(absolute);
  return {
    path: absolute,
    pki: join(absolute, "pki"),
    store: join(absolute, "store"),
    logs: join(absolute, "logs"),
    kubeconfig: join(absolute, "kubeconfig"),
    storeSocket: join(run, "store.sock"),
    controlSocket: join(run, "control.sock"),
  };
}

/** @throws UserError when the folder cannot be made or written */
export function makeDataFolder(folder: DataFolder): void {
  try {
    for (const path of [folder.path, folder.pki, folder.store, folder.logs]) {
      mkdirSync(path, { recursive: true, mode: 0o700 });
    }
    const run = join(folder.storeSocket, "..");
    mkdirSync(run, { recursive: true, mode: 0o700 });
    chmodSync(run, 0o700);
  } catch (error) {
    throw folderError(folder, error);
  }
}

/** Writes a file that only the owner can read. */
export function writePrivate(path: string, content: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, content, { mode: 0o600 });
}

/** Removes what a cluster made, and the folder itself when nothing else is in it. */
export function removeDataFolder(folder: DataFolder): void {
  const run = join(folder.storeSocket, "..");
  try {
    for (const path of [run, folder.pki, folder.store, folder.logs, folder.kubeconfig]) {
      rmSync(path, { recursive: true, force: true });
    }
    const isEmpty = existsSync(folder.path) && readdirSync(folder.path).length === 0;
    if (isEmpty) rmdirSync(folder.path);
  } catch (error) {
    throw folderError(folder, error);
  }
}

function runFolder(absolute: string): string {
  const inside = join(absolute, "run");
  if (join(inside, "control.sock").length <= LONGEST_SOCKET_PATH) return inside;
  const name = createHash("sha256").update(absolute).digest("hex").slice(0, 16);
  return join(tmpdir(), `kubonsai-${process.getuid?.() ?? 0}-${name}`);
}

function folderError(folder: DataFolder, error: unknown): unknown {
  const code = systemCode(error);
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return new UserError(
      `no permission to write to the data folder ${folder.path}: choose another with --data-dir`,
    );
  }
  if (code === "ENOTDIR" || code === "EEXIST") {
    return new UserError(`the data folder ${folder.path} is not a folder: choose another`);
  }
  return error;
}
