// The gateway's calls, path by path: a body in, a body out.

import { EtcdError, stopped } from "../etcd-error.ts";
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
  hashAnswer,
  headerAnswer,
  membersAnswer,
  putAnswer,
  rangeAnswer,
  statusAnswer,
  txnAnswer,
} from "./encode-answers.ts";
import { choiceMember, flagMember, parseBody, quoteLongIntegers, type Body } from "./fields.ts";
import { grant, leases, revoke, timeToLive } from "./lease-calls.ts";
import type { GatewayParts } from "./parts.ts";

export type Call = (store: MultiVersionStore, body: Body) => Promise<string> | string;

export const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ["/v3/kv/range", range],
  ["/v3/kv/put", put],
  ["/v3/kv/deleterange", deleteRange],
  ["/v3/kv/txn", txn],
  ["/v3/kv/compaction", compaction],
  ["/v3/lease/grant", grant],
  ["/v3/lease/revoke", revoke],
  ["/v3/lease/timetolive", timeToLive],
  ["/v3/lease/leases", leases],
  ["/v3/kv/lease/revoke", revoke],
  ["/v3/kv/lease/timetolive", timeToLive],
  ["/v3/kv/lease/leases", leases],
  ["/v3/maintenance/status", status],
  ["/v3/maintenance/alarm", alarm],
  ["/v3/maintenance/hash", hash],
  ["/v3/maintenance/defragment", defragment],
  ["/v3/cluster/member/list", membersAnswer],
]);

export interface CallSurroundings {
  parts: GatewayParts;
  /** Called once, with HTTP's status and the answer's body. */
  done: (status: number, body: string) => void;
}

export function carryOut(call: Call, text: string, { parts, done }: CallSurroundings): void {
  const fail = (error: unknown) => {
    const { status, body } = refusal(error, parts);
    done(status, body);
  };
  try {
    const answer = call(
      parts.store,
      parseBody(mentionsLease(text) ? quoteLongIntegers(text) : text),
    );
    if (typeof answer === "string") done(200, answer);
    else answer.then((body) => done(200, body), fail);
  } catch (error) {
    fail(error);
  }
}

const mentionsLease = (text: string): boolean => text.includes('"lease"') || text.includes('"ID"');

export function refusal(error: unknown, { store, onFailure }: GatewayParts) {
  const known = error instanceof EtcdError ? error : store.isClosed ? stopped() : undefined;
  if (known) return { status: known.status, body: known.toJson() };
  onFailure(error);
  const internal = new EtcdError("internal", `etcdserver: internal error: ${String(error)}`);
  return { status: internal.status, body: internal.toJson() };
}

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

const ALARM_ACTION = {
  type: "etcdserverpb.AlarmRequest_AlarmAction",
  names: ["GET", "ACTIVATE", "DEACTIVATE"],
} as const;

/** There are none: a database that cannot be written says so itself. */
function alarm(_store: MultiVersionStore, body: Body): string {
  if (choiceMember(body, "action", ALARM_ACTION) !== "ACTIVATE") return "{}";
  throw new EtcdError("unimplemented", "etcdserver: alarms cannot be raised by hand");
}

async function hash(store: MultiVersionStore): Promise<string> {
  const { revision, result } = await store.hash();
  return hashAnswer(revision, result);
}

async function defragment(store: MultiVersionStore): Promise<string> {
  await store.defragment();
  return "{}";
}
