// What a pull finds out: the catalogue's images, a generic one for other people's, or the refusal.

import { generic } from "./generic.ts";
import { catalogue } from "./catalogue.ts";
import type { CatalogueEntry, Image } from "./image.ts";
import { digestOf, type Reference } from "./reference.ts";

const byRepository = new Map<string, CatalogueEntry>(
  catalogue.flatMap((entry) => entry.repositories.map((name) => [name, entry] as const)),
);

/** Images by name, so that every container of one shares its files. */
const known = new Map<string, Image>();
const MOST_KNOWN = 2_000;

/** Tags that are typing errors in any repository. */
const IMPOSSIBLE_TAG =
  /^(?:does-?not-?exist|no-?such(?:-?tag)?|not-?found|nonexist(?:ent|ing)|missing|invalid)/i;

/** @throws Error in containerd's words, with the gRPC code unless it is Unknown */
export function findImage(reference: Reference): Image {
  const { name } = reference;
  const found = known.get(name) ?? makeImage(reference);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(name, found);
  return found;
}

/** `docker.io/library/nginx@sha256:…` */
export function digestName(reference: Reference): string {
  return `${reference.repository}@${reference.digest ?? digestOf(`manifest ${reference.name}`)}`;
}

function makeImage(reference: Reference): Image {
  const { host, path, repository, tag } = reference;
  if (host.split(":")[0]!.endsWith(".invalid")) throw noSuchHost(reference);
  const entry = byRepository.get(repository);
  const isOfficial = host === "docker.io" && path.startsWith("library/");
  if (!entry && (isOfficial || path.startsWith("no/"))) throw denied(reference);
  if (tag && IMPOSSIBLE_TAG.test(tag)) throw notFound(reference);
  const image = entry ? entry.image(reference) : generic.image(reference);
  if (!image) throw notFound(reference);
  return image;
}

function failure({ name }: Reference): string {
  return `failed to pull and unpack image "${name}": failed to resolve reference "${name}"`;
}

function notFound(reference: Reference): Error {
  return new Error(
    `rpc error: code = NotFound desc = ${failure(reference)}: ${reference.name}: not found`,
  );
}

function denied(reference: Reference): Error {
  return new Error(
    `${failure(reference)}: pull access denied, repository does not exist or may require ` +
      "authorization: server message: insufficient_scope: authorization failed",
  );
}

function noSuchHost(reference: Reference): Error {
  const { host, path, tag, digest } = reference;
  const manifest = `https://${host}/v2/${path}/manifests/${digest ?? tag}`;
  const lookup = `dial tcp: lookup ${host.split(":")[0]}: no such host`;
  return new Error(`${failure(reference)}: failed to do request: Head "${manifest}": ${lookup}`);
}
