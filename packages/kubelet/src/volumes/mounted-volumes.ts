// A pod's volumes as files: made once, refreshed with every sync, gone with the pod.

import type { Pod, Volume } from "@kubonsai/api";
import type { NodeContext } from "../pods/node-context.ts";
import type { Directory, File } from "../runtime/file-system/file-system.ts";
import { MemoryDirectory, metadata } from "../runtime/file-system/memory.ts";
import { hostPath } from "./host-path.ts";
import { payloadOf } from "./payload.ts";
import { writePayload } from "./payload-writer.ts";

/** A volume could not be set up; the event says the message after `SetUp failed for volume …`. */
export class MountError extends Error {
  readonly volume: string;
  constructor(volume: string, message: string) {
    super(message);
    this.volume = volume;
  }
}

export class MountedVolumes {
  readonly #node: NodeContext;
  readonly #mounted = new Map<string, Directory | File>();

  constructor(node: NodeContext) {
    this.#node = node;
  }

  get(name: string): Directory | File | undefined {
    return this.#mounted.get(name);
  }

  /** Makes what is missing and renews what changed. @throws MountError for the first failure */
  async sync(pod: Pod, podIP: string): Promise<void> {
    for (const volume of pod.spec.volumes ?? []) {
      try {
        await this.#syncOne(pod, { volume, podIP });
      } catch (error) {
        throw new MountError(volume.name, error instanceof Error ? error.message : String(error));
      }
    }
  }

  clear(): void {
    this.#mounted.clear();
  }

  async #syncOne(pod: Pod, { volume, podIP }: { volume: Volume; podIP: string }): Promise<void> {
    const known = this.#mounted.get(volume.name);
    const payload = await payloadOf(pod, { volume, podIP, node: this.#node });
    if (payload) {
      const directory = known?.kind === "directory" ? known : this.#makeDirectory(pod, 0o1777);
      writePayload(directory, payload, this.#node.clock.now());
      this.#mounted.set(volume.name, directory);
    } else if (!known) this.#mounted.set(volume.name, this.#make(pod, volume));
  }

  #make(pod: Pod, volume: Volume): Directory | File {
    if (volume.emptyDir) return this.#makeDirectory(pod, 0o777);
    if (volume.hostPath) {
      return hostPath(this.#node.runtime.nodeFiles, volume.hostPath, this.#node.clock.now());
    }
    throw new Error("no volume plugin matched");
  }

  #makeDirectory({ spec }: Pod, mode: number): MemoryDirectory {
    const gid = spec.securityContext?.fsGroup;
    const setGid = gid === undefined ? 0 : 0o2000;
    const modifiedMs = this.#node.clock.now();
    return new MemoryDirectory(metadata(mode | setGid, { modifiedMs, gid: gid ?? 0 }));
  }
}
