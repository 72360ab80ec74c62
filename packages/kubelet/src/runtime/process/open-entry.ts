// open(2): from a path to an open file, devices included.

import { DeviceFile } from "../file-system/device.ts";
import { ErrnoError } from "../file-system/errno.ts";
import { NullFile, OpenFile, type Read } from "./open-file.ts";
import type { Process } from "./process.ts";
import { RegularFile } from "./regular-file.ts";

export type Access = "read" | "write" | "append" | "read-write" | "exclusive";

/** @throws ErrnoError */
export function openPath(process: Process, path: string, access: Access): OpenFile {
  const isDevice = process.files.find(path) instanceof DeviceFile;
  if (access === "read" || isDevice) {
    const file = process.files.file(path, access === "read" ? 4 : 2);
    if (file instanceof DeviceFile) return openDevice(process, file.device);
    return new RegularFile(file, { read: true, write: false, append: false });
  }
  const file = process.files.create(path, {
    truncate: access === "write",
    exclusive: access === "exclusive",
  });
  const append = access === "append";
  return new RegularFile(file, { read: access === "read-write", write: true, append });
}

function openDevice(process: Process, device: DeviceFile["device"]): OpenFile {
  if (typeof device === "object") {
    const file = device.process.descriptors[device.descriptor];
    if (!(file instanceof OpenFile)) throw new ErrnoError("ENOENT");
    return file.share();
  }
  if (device === "null") return new NullFile();
  if (device === "tty") return controllingTerminal(process);
  return new EndlessFile(device);
}

function controllingTerminal(process: Process): OpenFile {
  const terminal = process.descriptors.find((file) => file?.isTerminal);
  if (!terminal) throw new ErrnoError("ENOENT");
  return terminal.share();
}

const ZEROS = new Uint8Array(64 * 1024);

/** /dev/zero, /dev/full and /dev/random. */
class EndlessFile extends OpenFile {
  readonly #device: "zero" | "full" | "random";

  constructor(device: "zero" | "full" | "random") {
    super();
    this.#device = device;
  }

  override read(process: Process, limit: number): Read {
    const length = Math.min(limit, ZEROS.length);
    return this.#device === "random"
      ? process.world.random.bytes(Math.min(length, 4096))
      : ZEROS.subarray(0, length);
  }

  override write(): void {
    if (this.#device === "full") throw new ErrnoError("ENOSPC");
  }
}
