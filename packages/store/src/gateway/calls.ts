// The gateway's calls, path by path: a body in, a body out.

import type { MultiVersionStore } from "../multi-version/multi-version-store.ts";
import {
  decodeDelete,
  decodePut,
  decodeRange,
  decodeRevision,
  decodeTxn,
} from "./decode-requests.ts";
import {
  deleteAnswer,
  headerAnswer,
  putAnswer,
  rangeAnswer,
  statusAnswer,
  txnAnswer,
} from "./encode-answers.ts";
import { flagMember, type Body } from "./fields.ts";

export type Call = (store: MultiVersionStore, body: Body) => Promise<string>;

export const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ["/v3/kv/range", range],
  ["/v3/kv/put", put],
  ["/v3/kv/deleterange", deleteRange],
  ["/v3/kv/txn", txn],
  ["/v3/kv/compaction", compaction],
  ["/v3/maintenance/status", status],
]);

async function range(store: MultiVersionStore, body: Body): Promise<string> {
  const query = decodeRange(body);
  const { revision, result } = await store.range(query);
  return rangeAnswer(revision, result, query.keysOnly);
}

async function put(store: MultiVersionStore, body: Body): Promise<string> {
  const request = decodePut(body);
  const { revision, result } = await store.put(request);
  return putAnswer(revision, request.withPrevious ? result : undefined);
}

async function deleteRange(store: MultiVersionStore, body: Body): Promise<string> {
  const request = decodeDelete(body);
  const { revision, result } = await store.delete(request);
  return deleteAnswer(revision, result.length, request.withPrevious ? result : []);
}

async function txn(store: MultiVersionStore, body: Body): Promise<string> {
  const { revision, result } = await store.txn(decodeTxn(body));
  return txnAnswer(revision, result);
}

async function compaction(store: MultiVersionStore, body: Body): Promise<string> {
  await store.compact(decodeRevision(body), { waits: flagMember(body, "physical") });
  return headerAnswer(store.revision);
}

async function status(store: MultiVersionStore): Promise<string> {
  return statusAnswer(store.revision, await store.sizeBytes());
}
