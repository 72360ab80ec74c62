// What can be asked of the store, after the wire's encoding was taken off, and what it answers.

import type { Entry, KeyRange } from "./entry.ts";

export interface RangeQuery extends KeyRange {
  /** 0: no limit */
  limit: number;
  /** 0: the newest */
  revision: number;
  keysOnly: boolean;
  countOnly: boolean;
  sort: { by: SortField; isDescending: boolean } | undefined;
  minModRevision: number;
  maxModRevision: number;
  minCreateRevision: number;
  maxCreateRevision: number;
}

export type SortField = "key" | "version" | "createRevision" | "modRevision" | "value";

export interface RangeAnswer {
  entries: Entry[];
  more: boolean;
  count: number;
}

export interface PutRequest {
  key: string;
  value: Buffer;
  withPrevious: boolean;
  /** Writes the value that is there again. */
  ignoreValue: boolean;
  lease: bigint;
  /** Keeps the lease that is there. */
  ignoreLease: boolean;
}

export interface DeleteRequest extends KeyRange {
  /** What is there now is deleted. */
  revision: 0;
  withPrevious: boolean;
}

export type ComparedField = "version" | "createRevision" | "modRevision" | "value" | "lease";

export interface Comparison extends KeyRange {
  /** What is there now is compared. */
  revision: 0;
  field: ComparedField;
  result: "EQUAL" | "NOT_EQUAL" | "GREATER" | "LESS";
  wanted: number | bigint | Buffer;
}

export interface TxnQuery {
  compare: Comparison[];
  success: TxnOperation[];
  failure: TxnOperation[];
}

export type TxnOperation =
  | { type: "put"; request: PutRequest }
  | { type: "delete"; request: DeleteRequest }
  | { type: "range"; request: RangeQuery }
  | { type: "txn"; request: TxnQuery };

export interface TxnAnswer {
  succeeded: boolean;
  answers: OperationAnswer[];
}

/** `revision` is the newest as the operation left it. */
export type OperationAnswer =
  | { type: "put"; revision: number; previous: Entry | undefined }
  | { type: "delete"; revision: number; count: number; previous: Entry[] }
  | { type: "range"; revision: number; answer: RangeAnswer; keysOnly: boolean }
  | { type: "txn"; answer: TxnAnswer };
