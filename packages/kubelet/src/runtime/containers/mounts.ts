// Where volumes lie in a container: mount points follow the image's symbolic links and are made in a
// layer that all containers of the same shape share.

import type { Directory, Entry } from "../file-system/file-system.ts";
import { FileTree } from "../file-system/file-tree.ts";
import { Files, type FilesCaller } from "../file-system/files.ts";
import { OverlayLayer } from "../file-system/overlay.ts";
import type { Mount } from "../runtime.ts";

export interface Layout {
  /** The image's files plus mount points; never changed. */
  readonly root: Directory;
  /** The path without symbolic links of each mount, in order. */
  readonly points: readonly string[];
}

const ROOT: FilesCaller = {
  pid: 0,
  uid: 0,
  gid: 0,
  groups: [],
  cwd: "/",
  umask: 0o22,
  now: () => 0,
};
const MOST_LAYOUTS = 500;
const layouts = new WeakMap<Directory, Map<string, Layout>>();

export function layoutOf(image: Directory, mounts: readonly Mount[]): Layout {
  let ofImage = layouts.get(image);
  if (!ofImage) layouts.set(image, (ofImage = new Map()));
  const key = mounts
    .map(({ containerPath, source }) => `${source.kind}:${containerPath}`)
    .join("\0");
  let layout = ofImage.get(key);
  if (!layout) {
    layout = makeLayout(image, mounts);
    if (ofImage.size >= MOST_LAYOUTS) ofImage.clear();
    ofImage.set(key, layout);
  }
  return layout;
}

function makeLayout(image: Directory, mounts: readonly Mount[]): Layout {
  const layer = new OverlayLayer(image);
  const files = new Files(new FileTree(layer.root, () => undefined), ROOT);
  const points = mounts.map(({ containerPath, source }) => makePoint(files, containerPath, source));
  return { root: layer.root, points };
}

function makePoint(files: Files, path: string, source: Entry): string {
  const clean = `/${path.split("/").filter(Boolean).join("/")}`;
  if (source.kind === "directory") {
    files.makeDirectories(clean, 0o755);
  } else if (!files.exists(clean)) {
    files.makeDirectories(clean.slice(0, clean.lastIndexOf("/")) || "/", 0o755);
    files.create(clean);
  }
  return files.realPath(clean);
}

/** The index of the mount at a path; later mounts hide earlier ones. */
export function mountIndex({ points }: Layout, path: string): number {
  return points.lastIndexOf(path);
}
