// PartialObjectMetadata: an object's metadata alone, for clients that need no more.

import type { Stored, StoredList } from "../registry/registry.ts";
import { listMeta } from "../answer/list-bytes.ts";

export type MetaVersion = "v1" | "v1beta1";

export const partialObject = (stored: Stored, version: MetaVersion): string =>
  partialJson(JSON.stringify(stored.object.metadata), version);

/** @param metadata JSON */
export const partialJson = (metadata: string, version: MetaVersion) =>
  `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/${version}","metadata":${metadata}}`;

export function partialList(list: StoredList, version: MetaVersion): Buffer {
  const items = list.items.map((stored) => partialObject(stored, version)).join(",");
  const metadata = JSON.stringify(listMeta(list));
  return Buffer.from(
    `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/${version}",` +
      `"metadata":${metadata},"items":[${items}]}`,
  );
}
