// A transaction carried out on a draft: checked whole before the first change, so that it either
// happens or throws and leaves nothing.

import {
  compacted,
  duplicateKey,
  futureRevision,
  keyNotFound,
  leaseNotFound,
  tooManyOperations,
} from "../etcd-error.ts";
import type { Draft, Reading } from "./draft.ts";
import { isInside, type Entry, type KeyRange } from "./entry.ts";
import type {
  Comparison,
  DeleteRequest,
  OperationAnswer,
  PutRequest,
  RangeQuery,
  TxnAnswer,
  TxnOperation,
  TxnQuery,
} from "./requests.ts";
import { refine } from "./select.ts";

const MOST_OPERATIONS = 128;

/** @throws EtcdError for too many operations, or a key that would be written twice */
export function checkShape(query: TxnQuery): void {
  writesOf(query);
}

/** What has to be read before the transaction is carried out: more than single keys of now. */
export function readingsOf(query: TxnQuery): Reading[] {
  const readings: Reading[] = query.compare.filter(isReading);
  for (const operation of [...query.success, ...query.failure]) {
    if (operation.type === "txn") readings.push(...readingsOf(operation.request));
    else if (operation.type !== "put" && isReading(operation.request)) {
      readings.push(operation.request);
    }
  }
  return readings;
}

const isReading = ({ end, revision }: Reading): boolean => end !== undefined || revision > 0;

/** @param oldest the oldest revision that can be read */
export function runTxn(draft: Draft, query: TxnQuery, oldest: number): TxnAnswer {
  const plan = decide(draft, query);
  checkOperations(draft, plan, oldest);
  return carryOut(draft, plan);
}

export function runPut(draft: Draft, request: PutRequest): Entry | undefined {
  checkPut(draft, request);
  return put(draft, request);
}

export function runDelete(draft: Draft, request: DeleteRequest): Entry[] {
  const entries = draft.select(request);
  for (const entry of entries) draft.delete(entry);
  return entries;
}

/** A transaction whose comparisons, and those of the transactions inside, were made. */
interface Plan {
  succeeded: boolean;
  operations: (Exclude<TxnOperation, { type: "txn" }> | { type: "txn"; plan: Plan })[];
}

function decide(draft: Draft, query: TxnQuery): Plan {
  const succeeded = query.compare.every((comparison) => holds(draft, comparison));
  const operations = (succeeded ? query.success : query.failure).map((operation) =>
    operation.type === "txn"
      ? { type: "txn" as const, plan: decide(draft, operation.request) }
      : operation,
  );
  return { succeeded, operations };
}

function holds(draft: Draft, comparison: Comparison): boolean {
  const entries = draft.select(comparison);
  if (entries.length === 0) {
    // what does not exist has revision and version 0, but no value
    return comparison.field !== "value" && matches(0, comparison);
  }
  return entries.every((entry) => matches(entry[comparison.field], comparison));
}

function matches(actual: number | bigint | Buffer, { result, wanted }: Comparison): boolean {
  const difference = differenceOf(actual, wanted);
  if (result === "GREATER") return difference > 0;
  if (result === "LESS") return difference < 0;
  return (difference === 0) === (result === "EQUAL");
}

function differenceOf(actual: number | bigint | Buffer, wanted: number | bigint | Buffer): number {
  if (Buffer.isBuffer(actual) && Buffer.isBuffer(wanted)) return actual.compare(wanted);
  return actual < wanted ? -1 : actual > wanted ? 1 : 0;
}

function checkOperations(draft: Draft, plan: Plan, oldest: number): void {
  for (const operation of plan.operations) {
    if (operation.type === "txn") checkOperations(draft, operation.plan, oldest);
    else if (operation.type === "put") checkPut(draft, operation.request);
    else if (operation.type === "range") checkRevision(draft, operation.request, oldest);
  }
}

function checkPut(draft: Draft, request: PutRequest): void {
  const keeps = request.ignoreValue || request.ignoreLease;
  if (keeps && !draft.get(request.key)) throw keyNotFound();
  if (request.lease !== 0n && !draft.leases.has(request.lease)) throw leaseNotFound();
}

function checkRevision(draft: Draft, { revision }: RangeQuery, oldest: number): void {
  // what is not yet on disk was told to nobody
  if (revision > draft.durableRevision) throw futureRevision();
  if (revision > 0 && revision < oldest) throw compacted();
}

function carryOut(draft: Draft, { succeeded, operations }: Plan): TxnAnswer {
  return { succeeded, answers: operations.map((operation) => answerTo(draft, operation)) };
}

function answerTo(draft: Draft, operation: Plan["operations"][number]): OperationAnswer {
  if (operation.type === "put") {
    const previous = put(draft, operation.request);
    const revision = draft.seenRevision;
    return {
      type: "put",
      revision,
      previous: operation.request.withPrevious ? previous : undefined,
    };
  }
  if (operation.type === "delete") {
    const { request } = operation;
    const entries = runDelete(draft, request);
    const previous = request.withPrevious ? entries : [];
    return { type: "delete", revision: draft.seenRevision, count: entries.length, previous };
  }
  if (operation.type === "range") {
    const { request } = operation;
    const answer = refine(draft.select(request), request);
    return { type: "range", revision: draft.seenRevision, answer, keysOnly: request.keysOnly };
  }
  return { type: "txn", answer: carryOut(draft, operation.plan) };
}

function put(draft: Draft, request: PutRequest): Entry | undefined {
  const { key, ignoreValue, ignoreLease } = request;
  const kept = ignoreValue || ignoreLease ? draft.get(key) : undefined;
  const value = ignoreValue && kept ? kept.value : request.value;
  const lease = ignoreLease && kept ? kept.lease : request.lease;
  return draft.put(key, { value, lease });
}

interface Writes {
  puts: Set<string>;
  deletes: KeyRange[];
}

/** Of both branches together: only one of them will happen. */
function writesOf(query: TxnQuery): Writes {
  for (const list of [query.compare, query.success, query.failure]) {
    if (list.length > MOST_OPERATIONS) throw tooManyOperations();
  }
  const branches = [writesOfAll(query.success), writesOfAll(query.failure)];
  return {
    puts: new Set(branches.flatMap(({ puts }) => [...puts])),
    deletes: branches.flatMap(({ deletes }) => deletes),
  };
}

function writesOfAll(operations: TxnOperation[]): Writes {
  const puts = new Set<string>();
  const deletes: KeyRange[] = [];
  for (const operation of operations) {
    const writes = writesOfOne(operation);
    for (const key of writes.puts) {
      if (puts.has(key)) throw duplicateKey();
      puts.add(key);
    }
    deletes.push(...writes.deletes);
  }
  for (const range of deletes) {
    for (const key of puts) if (isInside(range, key)) throw duplicateKey();
  }
  return { puts, deletes };
}

function writesOfOne(operation: TxnOperation): Writes {
  if (operation.type === "txn") return writesOf(operation.request);
  const puts = new Set(operation.type === "put" ? [operation.request.key] : []);
  return { puts, deletes: operation.type === "delete" ? [operation.request] : [] };
}
