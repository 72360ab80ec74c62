// Bodies of the gateway's calls → what the store is asked.

import { keyMissing, keyNotFound, leaseProvided, valueProvided } from "../etcd-error.ts";
import type { KeyRange } from "../multi-version/entry.ts";
import type {
  Comparison,
  DeleteRequest,
  PutRequest,
  RangeQuery,
  SortField,
  TxnOperation,
  TxnQuery,
} from "../multi-version/requests.ts";
import type { WatchRequest } from "../watch/watch.ts";
import {
  bodyMember,
  bytesMember,
  choiceMember,
  chosen,
  flagMember,
  integerMember,
  keyMember,
  listMember,
  longMember,
  member,
  type Body,
} from "./fields.ts";
import { invalid } from "./invalid.ts";

const SORT_TARGET = {
  type: "etcdserverpb.RangeRequest_SortTarget",
  names: ["KEY", "VERSION", "CREATE", "MOD", "VALUE"],
} as const;
const SORT_ORDER = {
  type: "etcdserverpb.RangeRequest_SortOrder",
  names: ["NONE", "ASCEND", "DESCEND"],
} as const;
const COMPARE_TARGET = {
  type: "etcdserverpb.Compare_CompareTarget",
  names: ["VERSION", "CREATE", "MOD", "VALUE", "LEASE"],
} as const;
const COMPARE_RESULT = {
  type: "etcdserverpb.Compare_CompareResult",
  names: ["EQUAL", "GREATER", "LESS", "NOT_EQUAL"],
} as const;
const FILTER = {
  type: "etcdserverpb.WatchCreateRequest_FilterType",
  names: ["NOPUT", "NODELETE"],
} as const;

const FIELDS = {
  KEY: "key",
  VERSION: "version",
  CREATE: "createRevision",
  MOD: "modRevision",
  VALUE: "value",
} as const satisfies { [target: string]: SortField };

const COMPARED = { ...FIELDS, LEASE: "lease" } as const;

/** Which member holds the number that a comparison asks for. */
const WANTED = {
  VERSION: "version",
  CREATE: "create_revision",
  MOD: "mod_revision",
} as const;

/** Transactions inside transactions, deeper than anybody has use for. */
const DEEPEST_TXN = 16;

export function decodeRange(body: Body): RangeQuery {
  return {
    ...keyRange(body),
    limit: Math.max(0, integerMember(body, "limit")),
    revision: Math.max(0, integerMember(body, "revision")),
    keysOnly: flagMember(body, "keys_only"),
    countOnly: flagMember(body, "count_only"),
    sort: sortOf(body),
    minModRevision: integerMember(body, "min_mod_revision"),
    maxModRevision: integerMember(body, "max_mod_revision"),
    minCreateRevision: integerMember(body, "min_create_revision"),
    maxCreateRevision: integerMember(body, "max_create_revision"),
  };
}

export function decodePut(body: Body): PutRequest {
  const ignoreValue = flagMember(body, "ignore_value");
  const value = bytesMember(body, "value");
  if (ignoreValue && value.length > 0) throw valueProvided();
  const ignoreLease = flagMember(body, "ignore_lease");
  const lease = longMember(body, "lease");
  if (ignoreLease && lease !== 0n) throw leaseProvided();
  const withPrevious = flagMember(body, "prev_kv");
  return { key: givenKey(body), value, ignoreValue, ignoreLease, lease, withPrevious };
}

export function decodeDelete(body: Body): DeleteRequest {
  return { ...keyRange(body), revision: 0, withPrevious: flagMember(body, "prev_kv") };
}

export function decodeTxn(body: Body, depth = 0): TxnQuery {
  if (depth > DEEPEST_TXN) throw invalid("etcdserver: too many operations in txn request");
  const operations = (name: string) =>
    listMember(body, name).map((one) => decodeOperation(one, depth));
  return {
    compare: listMember(body, "compare").map(decodeComparison),
    success: operations("success"),
    failure: operations("failure"),
  };
}

export const decodeRevision = (body: Body): number => integerMember(body, "revision");

export function decodeWatch(body: Body): WatchRequest {
  // no key stands for the first that there can be
  const key = keyMember(body, "key") || "\0";
  return {
    ...range(body, key),
    startRevision: Math.max(0, integerMember(body, "start_revision")),
    withPrevious: flagMember(body, "prev_kv"),
    notifiesProgress: flagMember(body, "progress_notify"),
    fragments: flagMember(body, "fragment"),
    filters: decodeFilters(member(body, "filters") ?? []),
  };
}

function decodeFilters(filters: unknown): WatchRequest["filters"] {
  if (!Array.isArray(filters)) throw invalid("json: cannot unmarshal filters into Go value");
  const found = filters.map((filter: unknown) => chosen(filter, FILTER));
  return found.flatMap((one) => (one === undefined ? [] : one === "NOPUT" ? "put" : "delete"));
}

/** @throws EtcdError for an operation that is none */
function decodeOperation(body: Body, depth: number): TxnOperation {
  const put = bodyMember(body, "request_put");
  if (put) return { type: "put", request: decodePut(put) };
  const range = bodyMember(body, "request_range");
  if (range) return { type: "range", request: decodeRange(range) };
  const deletion = bodyMember(body, "request_delete_range");
  if (deletion) return { type: "delete", request: decodeDelete(deletion) };
  const txn = bodyMember(body, "request_txn");
  if (txn) return { type: "txn", request: decodeTxn(txn, depth + 1) };
  // etcd's own answer to an operation that is none
  throw keyNotFound();
}

function decodeComparison(body: Body): Comparison {
  const target = choiceMember(body, "target", COMPARE_TARGET);
  const result = choiceMember(body, "result", COMPARE_RESULT);
  const at = keyRange(body);
  return { ...at, revision: 0, field: COMPARED[target], result, wanted: wantedOf(body, target) };
}

function wantedOf(body: Body, target: (typeof COMPARE_TARGET.names)[number]): Comparison["wanted"] {
  if (target === "VALUE") return bytesMember(body, "value");
  if (target === "LEASE") return longMember(body, "lease");
  return integerMember(body, WANTED[target]);
}

const keyRange = (body: Body): KeyRange => range(body, givenKey(body));

function range(body: Body, key: string): KeyRange {
  const end = keyMember(body, "range_end");
  return { key, end: end === "" ? undefined : end };
}

function givenKey(body: Body): string {
  const key = keyMember(body, "key");
  if (key === "") throw keyMissing();
  return key;
}

function sortOf(body: Body): RangeQuery["sort"] {
  const order = choiceMember(body, "sort_order", SORT_ORDER);
  const target = choiceMember(body, "sort_target", SORT_TARGET);
  const by = FIELDS[target];
  if (order === "NONE") return target === "KEY" ? undefined : { by, isDescending: false };
  // keys are read in ascending order as they are
  return by === "key" && order === "ASCEND" ? undefined : { by, isDescending: order === "DESCEND" };
}
