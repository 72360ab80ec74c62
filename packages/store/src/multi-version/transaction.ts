// A transaction carried out on a draft: checked whole before the first change, so that it either
// happens or throws and leaves nothing.

import {
  compacted,
  duplicateKey,
  futureRevision,
  keyNotFound,
  tooManyOperations,
} from "../etcd-error.ts";
import type { Draft } from "./draft.ts";
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

/** @param oldest the oldest revision that can be read */
export async function runTxn(draft: Draft, query: TxnQuery, oldest: number): Promise<TxnAnswer> {
  const plan = await decide(draft, query);
  checkOperations(draft, plan, oldest);
  return carryOut(draft, plan);
}

export async function runPut(draft: Draft, request: PutRequest): Promise<Entry | undefined> {
  checkPut(draft, request);
  return put(draft, request);
}

export async function runDelete(draft: Draft, request: DeleteRequest): Promise<Entry[]> {
  const entries = await draft.select(request);
  for (const entry of entries) draft.delete(entry);
  return entries;
}

/** A transaction whose comparisons, and those of the transactions inside, were made. */
interface Plan {
  succeeded: boolean;
  operations: (Exclude<TxnOperation, { type: "txn" }> | { type: "txn"; plan: Plan })[];
}

async function decide(draft: Draft, query: TxnQuery): Promise<Plan> {
  let succeeded = true;
  for (const comparison of query.compare) {
    if (succeeded && !(await holds(draft, comparison))) succeeded = false;
  }
  const operations: Plan["operations"] = [];
  for (const operation of succeeded ? query.success : query.failure) {
    if (operation.type !== "txn") operations.push(operation);
    else operations.push({ type: "txn", plan: await decide(draft, operation.request) });
  }
  return { succeeded, operations };
}

async function holds(draft: Draft, comparison: Comparison): Promise<boolean> {
  const entries = await draft.select(comparison);
  if (entries.length === 0) {
    // what does not exist has revision and version 0, but no value
    return comparison.field !== "value" && matches(0, comparison);
  }
  return entries.every((entry) => matches(fieldOf(entry, comparison), comparison));
}

/** No key has a lease: that of every key is 0. */
const fieldOf = (entry: Entry, { field }: Comparison): number | Buffer =>
  field === "lease" ? 0 : entry[field];

function matches(actual: number | Buffer, { result, wanted }: Comparison): boolean {
  const difference =
    typeof actual === "number" || typeof wanted === "number"
      ? Number(actual) - Number(wanted)
      : actual.compare(wanted);
  if (result === "GREATER") return difference > 0;
  if (result === "LESS") return difference < 0;
  return (difference === 0) === (result === "EQUAL");
}

function checkOperations(draft: Draft, plan: Plan, oldest: number): void {
  for (const operation of plan.operations) {
    if (operation.type === "txn") checkOperations(draft, operation.plan, oldest);
    else if (operation.type === "put") checkPut(draft, operation.request);
    else if (operation.type === "range") checkRevision(draft, operation.request, oldest);
  }
}

function checkPut(draft: Draft, { key, ignoreValue }: PutRequest): void {
  if (ignoreValue && !draft.get(key)) throw keyNotFound();
}

function checkRevision(draft: Draft, { revision }: RangeQuery, oldest: number): void {
  // what is not yet on disk was told to nobody
  if (revision > draft.durableRevision) throw futureRevision();
  if (revision > 0 && revision < oldest) throw compacted();
}

async function carryOut(draft: Draft, { succeeded, operations }: Plan): Promise<TxnAnswer> {
  const answers: OperationAnswer[] = [];
  for (const operation of operations) answers.push(await answerTo(draft, operation));
  return { succeeded, answers };
}

async function answerTo(
  draft: Draft,
  operation: Plan["operations"][number],
): Promise<OperationAnswer> {
  if (operation.type === "put") {
    const previous = put(draft, operation.request);
    return { type: "put", previous: operation.request.withPrevious ? previous : undefined };
  }
  if (operation.type === "delete") {
    const { request } = operation;
    const entries = await runDelete(draft, request);
    const previous = request.withPrevious ? entries : [];
    return { type: "delete", count: entries.length, previous };
  }
  if (operation.type === "range") {
    const { request } = operation;
    const answer = refine(await entriesOf(draft, request), request);
    return { type: "range", answer, keysOnly: request.keysOnly };
  }
  return { type: "txn", answer: await carryOut(draft, operation.plan) };
}

function entriesOf(draft: Draft, query: RangeQuery): Promise<Entry[]> {
  const { revision } = query;
  return revision > 0 ? draft.selectAt(query, revision) : draft.select(query);
}

function put(draft: Draft, { key, value, ignoreValue }: PutRequest): Entry | undefined {
  return draft.put(key, ignoreValue ? draft.get(key)!.value : value);
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
