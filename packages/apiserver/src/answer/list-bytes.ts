// A list's JSON, made of the bytes that its objects are kept as.

import { apiVersionOf, type Kind } from "@kubonsai/api";
import type { StoredList } from "../registry/registry.ts";

const COMMA = Buffer.from(",");
const OPEN = Buffer.from("{");
const END = Buffer.from("]}");

export function listBytes(kind: Kind, list: StoredList): Buffer {
  const head = `{"kind":${JSON.stringify(kind.listKind)},"apiVersion":${JSON.stringify(
    apiVersionOf(kind),
  )},"metadata":${JSON.stringify(listMeta(list))},"items":[`;
  const parts: Buffer[] = [Buffer.from(head)];
  const prefixes = typePrefixes(kind);
  for (const { bytes } of list.items) {
    if (parts.length > 1) parts.push(COMMA);
    const prefix = prefixes.find((one) => bytes.subarray(0, one.length).equals(one));
    if (prefix) parts.push(OPEN, bytes.subarray(prefix.length));
    else parts.push(bytes);
  }
  parts.push(END);
  return Buffer.concat(parts);
}

export function listMeta({ resourceVersion, continue: token, remainingItemCount }: ListMeta) {
  return {
    resourceVersion,
    ...(token ? { continue: token } : {}),
    ...(remainingItemCount ? { remainingItemCount } : {}),
  };
}

export type ListMeta = Pick<StoredList, "resourceVersion" | "continue" | "remainingItemCount">;

/** Items of a list do not repeat kind and apiVersion, which open an object's bytes. */
function typePrefixes(kind: Kind): Buffer[] {
  const name = `"kind":${JSON.stringify(kind.kind)}`;
  const version = `"apiVersion":${JSON.stringify(apiVersionOf(kind))}`;
  return [Buffer.from(`{${name},${version},`), Buffer.from(`{${version},${name},`)];
}
