// One container's view of files: its root, what is mounted where, and how a path is walked.

import { ErrnoError } from "./errno.ts";
import type { Directory, Entry, Metadata } from "./file-system.ts";

/** Who asks: permissions and /proc/self depend on it. */
export interface Caller {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly cwd: string;
}

export interface MountedAt {
  /** The entry, or what makes it for the caller (/proc). */
  source: Entry | ((caller: Caller) => Entry);
  readOnly: boolean;
}

/** Where a path leads; `entry` is absent when only the last name is missing. */
export interface Place {
  readonly entry: Entry | undefined;
  readonly parent: Directory;
  readonly name: string;
  /** Absolute, without symbolic links. */
  readonly path: string;
  readonly readOnly: boolean;
  readonly isMountPoint: boolean;
}

export interface WalkOptions {
  /** Whether a symbolic link at the end is followed; default true. */
  followLast?: boolean;
}

interface Step {
  directory: Directory;
  path: string;
  readOnly: boolean;
}

const MOST_LINKS = 40;

export class FileTree {
  readonly root: Directory;
  readonly readOnlyRoot: boolean;
  readonly #mountAt: (path: string) => MountedAt | undefined;

  /** @param mountAt what is mounted at an absolute path without symbolic links */
  constructor(
    root: Directory,
    mountAt: (path: string) => MountedAt | undefined,
    readOnlyRoot = false,
  ) {
    this.root = root;
    this.#mountAt = mountAt;
    this.readOnlyRoot = readOnlyRoot;
  }

  /** @throws ErrnoError ENOENT, ENOTDIR, EACCES or ELOOP on the way */
  walk(caller: Caller, path: string, { followLast = true }: WalkOptions = {}): Place {
    if (path === "") throw new ErrnoError("ENOENT");
    const full = path.startsWith("/") ? path : `${caller.cwd}/${path}`;
    const walk = new Walk(this, caller, full);
    return walk.run(followLast || path.endsWith("/"));
  }

  mountAt(path: string): MountedAt | undefined {
    return this.#mountAt(path);
  }
}

class Walk {
  readonly #tree: FileTree;
  readonly #caller: Caller;
  readonly #rest: string[];
  #steps: Step[];
  #links = 0;

  constructor(tree: FileTree, caller: Caller, path: string) {
    this.#tree = tree;
    this.#caller = caller;
    this.#rest = partsOf(path).reverse();
    this.#steps = [this.#rootStep()];
  }

  run(followLast: boolean): Place {
    for (;;) {
      const name = this.#rest.pop();
      if (name === undefined) return this.#here();
      if (name === ".") continue;
      if (name === "..") {
        if (this.#steps.length > 1) this.#steps.pop();
        continue;
      }
      const place = this.#look(name);
      const isLast = this.#rest.length === 0;
      if (place.entry?.kind === "symlink" && (!isLast || followLast)) {
        this.#follow(place.entry.target);
      } else if (isLast) {
        return place;
      } else {
        this.#enter(place);
      }
    }
  }

  #look(name: string): Place {
    const at = this.#steps[this.#steps.length - 1]!;
    if (name.length > 255) throw new ErrnoError("ENAMETOOLONG");
    if (this.#caller.uid !== 0 && !allows(this.#caller, at.directory.meta, 1))
      throw new ErrnoError("EACCES");
    const path = `${at.path}/${name}`;
    const mounted = this.#tree.mountAt(path);
    const entry = mounted ? sourceOf(mounted, this.#caller) : at.directory.get(name);
    return {
      entry,
      parent: at.directory,
      name,
      path,
      readOnly: mounted?.readOnly ?? at.readOnly,
      isMountPoint: mounted !== undefined,
    };
  }

  #enter({ entry, path, readOnly }: Place): void {
    if (!entry) throw new ErrnoError("ENOENT");
    if (entry.kind !== "directory") throw new ErrnoError("ENOTDIR");
    this.#steps.push({ directory: entry, path, readOnly });
  }

  #follow(target: string): void {
    if (++this.#links > MOST_LINKS) throw new ErrnoError("ELOOP");
    if (target.startsWith("/")) this.#steps = [this.#rootStep()];
    this.#rest.push(...partsOf(target).reverse());
  }

  /** The path ended in a directory that was already entered: `/`, `a/..`, `a/`. */
  #here(): Place {
    const at = this.#steps[this.#steps.length - 1]!;
    const parent = this.#steps[this.#steps.length - 2] ?? at;
    return {
      entry: at.directory,
      parent: parent.directory,
      name: at.path.slice(at.path.lastIndexOf("/") + 1),
      path: at.path || "/",
      readOnly: at.readOnly,
      isMountPoint: at.path === "" || this.#tree.mountAt(at.path) !== undefined,
    };
  }

  #rootStep(): Step {
    return { directory: this.#tree.root, path: "", readOnly: this.#tree.readOnlyRoot };
  }
}

/** May `caller` use an entry this way? `wanted` is a mask of 4 read, 2 write, 1 execute or search. */
export function allows(caller: Caller, meta: Metadata, wanted: number): boolean {
  if (caller.uid === 0) return true;
  if (meta.uid === caller.uid) return ((meta.mode >> 6) & wanted) === wanted;
  const isMember = meta.gid === caller.gid || caller.groups.includes(meta.gid);
  return ((isMember ? meta.mode >> 3 : meta.mode) & wanted) === wanted;
}

/** A trailing slash asks for a directory: it stays as the name `.`. */
function partsOf(path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "");
  if (path.endsWith("/")) parts.push(".");
  return parts;
}

function sourceOf({ source }: MountedAt, caller: Caller): Entry {
  return typeof source === "function" ? source(caller) : source;
}
