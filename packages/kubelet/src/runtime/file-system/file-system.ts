// Files in memory: nodes' disks, image layers, volumes. A tree of these is shared, never copied;
// a container writes to its own layer over the image's (see overlay.ts).

export interface Directory {
  readonly kind: "directory";
  readonly meta: Metadata;
  /** @returns undefined when there is no such entry */
  get(name: string): Entry | undefined;
  set(name: string, entry: Entry): void;
  delete(name: string): boolean;
  /** Names in the order in which they were made. */
  names(): Iterable<string>;
}

export interface File {
  readonly kind: "file";
  readonly meta: Metadata;
  read(): Uint8Array;
  write(content: Uint8Array): void;
  append(content: Uint8Array): void;
  readonly size: number;
}

export interface Symlink {
  readonly kind: "symlink";
  readonly meta: Metadata;
  readonly target: string;
}

export type Entry = Directory | File | Symlink;

export interface Metadata {
  /** Permission bits: 0o644. */
  mode: number;
  uid: number;
  gid: number;
  modifiedMs: number;
}
