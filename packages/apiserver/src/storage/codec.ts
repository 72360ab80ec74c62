// Objects as bytes. The value in the store is the object's JSON without its resourceVersion, which is
// the revision of the key and is spliced in when the object is read:
//   {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web"}}   at revision 7 is sent as
//   {"kind":"Pod","apiVersion":"v1","metadata":{"resourceVersion":"7","name":"web"}}

import type { KubernetesObject } from "@kubonsai/api";

const METADATA_OPENING = '"metadata":{';

/** Kind, apiVersion and metadata come first, so that `spliceVersion` finds its place quickly. */
export function encode(object: KubernetesObject): Buffer {
  const { kind, apiVersion, metadata, ...rest } = object;
  const { resourceVersion: _, ...versionless } = metadata;
  return Buffer.from(JSON.stringify({ kind, apiVersion, metadata: versionless, ...rest }));
}

/** @param value as `encode` made it: its metadata has at least a name */
export function spliceVersion(value: Buffer, resourceVersion: string): Buffer {
  const at = value.indexOf(METADATA_OPENING) + METADATA_OPENING.length;
  const member = `"resourceVersion":"${resourceVersion}",`;
  const bytes = Buffer.allocUnsafe(value.length + member.length);
  value.copy(bytes, 0, 0, at);
  bytes.write(member, at, "latin1");
  value.copy(bytes, at + member.length, at);
  return bytes;
}

export function decode(value: Buffer, resourceVersion: string): KubernetesObject {
  const object = JSON.parse(value.toString()) as KubernetesObject;
  object.metadata.resourceVersion = resourceVersion;
  return object;
}
