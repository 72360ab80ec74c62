// An image of the catalogue: what a registry would tell about it, its files, its first program.

import type { Directory } from "../file-system/file-system.ts";
import type { Program } from "../process/program.ts";
import type { Reference } from "./reference.ts";

/** One entry of the catalogue: the image for each of its tags. */
export interface CatalogueEntry {
  /** Normalised repositories: `docker.io/library/nginx`. */
  readonly repositories: readonly string[];
  /** @returns undefined when there is no such tag */
  image(reference: Reference): Image | undefined;
  /** What the image's executables run, by program name. */
  readonly programs?: { readonly [name: string]: Program };
}

export interface Image {
  readonly sizeBytes: number;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** `NAME=value` */
  readonly env: readonly string[];
  readonly workingDir: string;
  /** `nginx`, `1000`, `1000:1000`; empty: root. */
  readonly user: string;
  /** Empty: SIGTERM. */
  readonly stopSignal: string;
  readonly exposedPorts: readonly number[];
  /** The program that stands in for commands which the image does not have; empty: none does. */
  readonly standIn: string;
  /** The root file system, made when first looked at, never changed. */
  files(): Directory;
}

const STANDARD_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Fills in what most images leave at its usual value, and keeps the files once made. */
export function defineImage(
  given: Partial<Omit<Image, "files">> & { sizeBytes: number; files: () => Directory },
): Image {
  let files: Directory | undefined;
  return {
    entrypoint: [],
    cmd: [],
    env: [STANDARD_PATH],
    workingDir: "/",
    user: "",
    stopSignal: "",
    exposedPorts: [],
    standIn: "",
    ...given,
    files: () => (files ??= given.files()),
  };
}

export const STANDARD_ENV: readonly string[] = [STANDARD_PATH];
