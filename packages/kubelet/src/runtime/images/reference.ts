// Image names: parsing and normalisation as containerd and docker do it.

import { createHash } from "node:crypto";
import { ImageNameError } from "../runtime.ts";

export interface Reference {
  /** `docker.io` */
  readonly host: string;
  /** `library/nginx` */
  readonly path: string;
  /** `docker.io/library/nginx` */
  readonly repository: string;
  /** Absent with a digest alone. */
  readonly tag: string | undefined;
  /** `sha256:…` when the name has one. */
  readonly digest: string | undefined;
  /** Fully qualified: `docker.io/library/nginx:1.20.2` */
  readonly name: string;
}

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const HOST = /^(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.[a-zA-Z0-9-]+)*(?::\d+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const LONGEST_REPOSITORY = 255;

/** @throws ImageNameError in the kubelet's words */
export function parseReference(image: string): Reference {
  const { rest, digest } = splitDigest(image);
  const colon = rest.lastIndexOf(":");
  const hasTag = colon > rest.lastIndexOf("/");
  const tag = hasTag ? rest.slice(colon + 1) : undefined;
  const { host, path } = splitHost(hasTag ? rest.slice(0, colon) : rest);
  demandValid(image, { host, path, tag, digest });
  const repository = `${host}/${path}`;
  const effective = tag ?? (digest ? undefined : "latest");
  const name = repository + (effective ? `:${effective}` : "") + (digest ? `@${digest}` : "");
  return { host, path, repository, tag: effective, digest, name };
}

function splitDigest(image: string): { rest: string; digest: string | undefined } {
  const at = image.indexOf("@");
  if (at < 0) return { rest: image, digest: undefined };
  return { rest: image.slice(0, at), digest: image.slice(at + 1) };
}

/** The first part is a host when it looks like one; Docker Hub's own names get `library/`. */
function splitHost(name: string): { host: string; path: string } {
  const slash = name.indexOf("/");
  const first = slash < 0 ? "" : name.slice(0, slash);
  const isHost = /[.:]/.test(first) || first === "localhost" || first.toLowerCase() !== first;
  if (isHost && HOST.test(first)) {
    const host = first === "index.docker.io" ? "docker.io" : first;
    const path = name.slice(slash + 1);
    const isOfficial = host === "docker.io" && !path.includes("/");
    return { host, path: isOfficial ? `library/${path}` : path };
  }
  return { host: "docker.io", path: slash < 0 ? `library/${name}` : name };
}

function demandValid(
  image: string,
  { host, path, tag, digest }: Pick<Reference, "host" | "path" | "tag" | "digest">,
): void {
  const refuse = (why: string) => {
    throw new ImageNameError(`couldn't parse image name "${image}": ${why}`);
  };
  const isBadTag = tag !== undefined && !TAG.test(tag);
  const isBadDigest = digest !== undefined && !DIGEST.test(digest);
  const isHexName = /^[a-f0-9]{64}$/.test(image);
  if (isHexName) {
    refuse(`invalid repository name (${image}), cannot specify 64-byte hexadecimal strings`);
  }
  if (path.toLowerCase() !== path && path.toLowerCase().split("/").every(isComponent)) {
    refuse(`invalid reference format: repository name (${path}) must be lowercase`);
  }
  if (isBadTag || isBadDigest || !path.split("/").every(isComponent)) {
    refuse("invalid reference format");
  }
  if (`${host}/${path}`.length > LONGEST_REPOSITORY) {
    refuse(`repository name must not be more than ${LONGEST_REPOSITORY} characters`);
  }
}

function isComponent(part: string): boolean {
  return COMPONENT.test(part);
}

/** A content address that depends on the name alone, so that every node agrees on it. */
export function digestOf(what: string): string {
  return `sha256:${createHash("sha256").update(what).digest("hex")}`;
}
