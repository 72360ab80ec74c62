// A container's standard output or error: it goes to the log, and to whoever is attached.

import { ErrnoError } from "../file-system/errno.ts";
import { OpenFile, type Read } from "../process/open-file.ts";
import type { Attachment } from "./attachment.ts";
import type { ContainerLog } from "./container-log.ts";

export class OutputFile extends OpenFile {
  readonly #log: ContainerLog;
  readonly #stream: "stdout" | "stderr";
  readonly #attached: () => readonly Attachment[];

  /** @param attached where copies go now; a slow reader loses what it cannot take */
  constructor(
    log: ContainerLog,
    stream: "stdout" | "stderr",
    attached: () => readonly Attachment[],
  ) {
    super();
    this.#log = log;
    this.#stream = stream;
    this.#attached = attached;
  }

  override read(): Read {
    throw new ErrnoError("EBADF");
  }

  override write(_process: unknown, bytes: Uint8Array): void {
    this.#log.write(this.#stream, bytes);
    for (const to of this.#attached()) if (!to[this.#stream].isFull) to[this.#stream].put(bytes);
  }
}
