// A container's volume mounts as the runtime takes them, subPath resolved.

import type { Container, VolumeMount } from "@kubonsai/api";
import { expand } from "../environment/expansion.ts";
import type { Directory, File } from "../runtime/file-system/file-system.ts";
import { MemoryDirectory } from "../runtime/file-system/memory.ts";
import type { Mount } from "../runtime/runtime.ts";
import { quoted } from "../text/describe.ts";
import type { MountedVolumes } from "./mounted-volumes.ts";
import { walk } from "./walk.ts";

export interface MountContext {
  volumes: Pick<MountedVolumes, "get">;
  environment: ReadonlyMap<string, string>;
}

/** @throws Error with CreateContainerConfigError's text */
export function containerMounts(container: Container, context: MountContext): Mount[] {
  return (container.volumeMounts ?? []).map((mount) => {
    const volume = context.volumes.get(mount.name);
    if (!volume) {
      throw new Error(
        `cannot find volume ${quoted(mount.name)} ` +
          `to mount into container ${quoted(container.name)}`,
      );
    }
    const source = subPathOf(volume, subPath(mount, context), container.name);
    return { containerPath: mount.mountPath, source, readOnly: mount.readOnly ?? false };
  });
}

function subPath(mount: VolumeMount, { environment }: MountContext): string {
  if (!mount.subPathExpr) return mount.subPath ?? "";
  const path = expand(mount.subPathExpr, (name) => environment.get(name));
  const unknown = /\$\([^)]*\)/.exec(path);
  if (unknown) {
    throw new Error(`missing value for ${quoted(unknown[0].slice(2, -1))}`);
  }
  if (path.startsWith("/"))
    throw new Error(`error SubPath ${quoted(path)} must not be an absolute path`);
  return path;
}

/** A subPath that does not exist becomes a folder. */
function subPathOf(volume: Directory | File, path: string, container: string): Directory | File {
  if (path === "") return volume;
  const escapes = path.split("/").includes("..");
  const entry = escapes || volume.kind === "file" ? undefined : walk(volume, path, makeDirectory);
  if (!entry || entry.kind === "symlink") {
    throw new Error(
      `failed to create subPath directory for volumeMount of container ${quoted(container)}`,
    );
  }
  return entry;
}

function makeDirectory(parent: Directory, name: string): Directory {
  const made = new MemoryDirectory({ ...parent.meta, mode: 0o750 });
  parent.set(name, made);
  return made;
}
