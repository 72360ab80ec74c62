// Entries, changes and headers as etcd's gateway writes them: int64 as strings, bytes as base64, empty
// and zero members left out. Written as text at once: these are the store's hot lines.

import type { Change, Entry } from "../multi-version/entry.ts";

const MEMBER = '"cluster_id":"14841639068965178418","member_id":"10276657743932975437"';
export const MEMBER_ID = "10276657743932975437";
export const RAFT_TERM = "2";

/** `"header":{…}` */
export function headerMember(revision: number): string {
  return `"header":{${MEMBER},"revision":"${revision}","raft_term":"${RAFT_TERM}"}`;
}

/** A header as in answers of watches that were refused. */
export const bareHeaderMember = `"header":{${MEMBER},"raft_term":"${RAFT_TERM}"}`;

export function entryJson(entry: Entry, keysOnly = false): string {
  const { key, value, createRevision, modRevision, version, lease } = entry;
  const end = lease === 0n ? "}" : `,"lease":"${lease}"}`;
  const body = `"create_revision":"${createRevision}","mod_revision":"${modRevision}","version":"${version}"`;
  const text = `{"key":"${keyBase64(key)}",${body}`;
  if (keysOnly || value.length === 0) return text + end;
  return `${text},"value":"${value.toString("base64")}"${end}`;
}

export const entriesJson = (entries: Entry[], keysOnly = false): string =>
  `[${entries.map((entry) => entryJson(entry, keysOnly)).join(",")}]`;

export function changeJson(change: Change, withPrevious: boolean): string {
  const { type, entry, previous } = change;
  const before = withPrevious && previous ? `,"prev_kv":${entryJson(previous)}` : "";
  if (type === "put") return `{"kv":${entryJson(entry)}${before}}`;
  const kv = `{"key":"${keyBase64(entry.key)}","mod_revision":"${entry.modRevision}"}`;
  return `{"type":"DELETE","kv":${kv}${before}}`;
}

export const keyBase64 = (key: string): string => Buffer.from(key, "latin1").toString("base64");
