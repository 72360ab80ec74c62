// What the store answers → bodies of the gateway's answers.

import type { Entry } from "../multi-version/entry.ts";
import type { OperationAnswer, RangeAnswer, TxnAnswer } from "../multi-version/requests.ts";
import { entriesJson, entryJson, headerMember, MEMBER_ID, RAFT_TERM } from "./key-value-json.ts";

export const VERSION = "3.5.0";

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
  return `{${headerMember(revision)}${txnMembers(revision, answer)}}`;
}

/** Inside a transaction's answer, headers have the revision alone. */
function txnMembers(revision: number, { succeeded, answers }: TxnAnswer): string {
  const responses = answers.map((answer) => operationJson(revision, answer));
  const list = responses.length > 0 ? `,"responses":[${responses.join(",")}]` : "";
  return `${succeeded ? ',"succeeded":true' : ""}${list}`;
}

function operationJson(revision: number, answer: OperationAnswer): string {
  const header = `"header":{"revision":"${revision}"}`;
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
    case "txn":
      return `{"response_txn":{${header}${txnMembers(revision, answer.answer)}}}`;
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
