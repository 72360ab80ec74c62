// What the store answers → bodies of the gateway's answers.

import type { Entry } from "../multi-version/entry.ts";
import type { OperationAnswer, RangeAnswer, TxnAnswer } from "../multi-version/requests.ts";
import type { Lease } from "../lease/leases.ts";
import {
  bareHeaderMember,
  entriesJson,
  entryJson,
  headerMember,
  keyBase64,
  MEMBER_ID,
  RAFT_TERM,
} from "./key-value-json.ts";

/** The etcd whose shapes these are. */
export const VERSION = "3.4.23";
export const CLUSTER_VERSION = "3.4.0";

export const headerAnswer = (revision: number): string => `{${headerMember(revision)}}`;

export function rangeAnswer(revision: number, answer: RangeAnswer, keysOnly: boolean): string {
  return `{${headerMember(revision)}${rangeMembers(answer, keysOnly)}}`;
}

export function putAnswer(revision: number, previous: Entry | undefined): string {
  return `{${headerMember(revision)}${previous ? `,"prev_kv":${entryJson(previous)}` : ""}}`;
}

export function deleteAnswer(revision: number, count: number, previous: Entry[]): string {
  return `{${headerMember(revision)}${deleteMembers(count, previous)}}`;
}

export function txnAnswer(revision: number, answer: TxnAnswer): string {
  return `{${headerMember(revision)}${txnMembers(answer)}}`;
}

/** Inside a transaction's answer, headers have the revision alone, or not even that. */
function txnMembers({ succeeded, answers }: TxnAnswer): string {
  const responses = answers.map(operationJson);
  const list = responses.length > 0 ? `,"responses":[${responses.join(",")}]` : "";
  return `${succeeded ? ',"succeeded":true' : ""}${list}`;
}

function operationJson(answer: OperationAnswer): string {
  if (answer.type === "txn") return `{"response_txn":{"header":{}${txnMembers(answer.answer)}}}`;
  const header = `"header":{"revision":"${answer.revision}"}`;
  switch (answer.type) {
    case "put": {
      const previous = answer.previous ? `,"prev_kv":${entryJson(answer.previous)}` : "";
      return `{"response_put":{${header}${previous}}}`;
    }
    case "delete": {
      const members = deleteMembers(answer.count, answer.previous);
      return `{"response_delete_range":{${header}${members}}}`;
    }
    case "range":
      return `{"response_range":{${header}${rangeMembers(answer.answer, answer.keysOnly)}}}`;
  }
}

function rangeMembers({ entries, more, count }: RangeAnswer, keysOnly: boolean): string {
  const kvs = entries.length > 0 ? `,"kvs":${entriesJson(entries, keysOnly)}` : "";
  return `${kvs}${more ? ',"more":true' : ""}${count > 0 ? `,"count":"${count}"` : ""}`;
}

function deleteMembers(count: number, previous: Entry[]): string {
  if (count === 0) return "";
  const kvs = previous.length > 0 ? `,"prev_kvs":${entriesJson(previous)}` : "";
  return `,"deleted":"${count}"${kvs}`;
}

export function statusAnswer(revision: number, sizeBytes: number): string {
  const index = `"raftIndex":"${revision}","raftTerm":"${RAFT_TERM}","raftAppliedIndex":"${revision}"`;
  const size = `"dbSize":"${sizeBytes}","dbSizeInUse":"${sizeBytes}"`;
  return `{${headerMember(revision)},"version":"${VERSION}",${size},"leader":"${MEMBER_ID}",${index}}`;
}

export function grantAnswer(revision: number, { id, ttlSeconds }: Lease): string {
  return `{${headerMember(revision)},"ID":"${id}","TTL":"${ttlSeconds}"}`;
}

export interface LeaseState {
  id: bigint;
  /** Undefined: there is no such lease. */
  lease: Lease | undefined;
  remainingSeconds: number;
  withKeys: boolean;
}

export function timeToLiveAnswer(revision: number, state: LeaseState): string {
  const { id, lease, remainingSeconds, withKeys } = state;
  const start = `{${headerMember(revision)}${id === 0n ? "" : `,"ID":"${id}"`}`;
  if (!lease) return `${start},"TTL":"-1"}`;
  const left = remainingSeconds > 0 ? `,"TTL":"${remainingSeconds}"` : "";
  const keys = withKeys ? [...lease.keys].sort().map((key) => `"${keyBase64(key)}"`) : [];
  const list = keys.length > 0 ? `,"keys":[${keys.join(",")}]` : "";
  return `${start}${left},"grantedTTL":"${lease.ttlSeconds}"${list}}`;
}

export function leasesAnswer(revision: number, leases: Lease[]): string {
  const list = leases.map(({ id }) => `{"ID":"${id}"}`).join(",");
  return `{${headerMember(revision)}${list ? `,"leases":[${list}]` : ""}}`;
}

export const hashAnswer = (revision: number, hash: number): string =>
  `{${headerMember(revision)}${hash === 0 ? "" : `,"hash":${hash}`}}`;

export const membersAnswer = (): string =>
  `{${bareHeaderMember},"members":[{"ID":"${MEMBER_ID}","name":"default"}]}`;
