// The gateway's answers in the contract's words. Members with zero values are absent on the wire.

import {
  StoreError,
  type KeyValue,
  type RangeResult,
  type StoreEvent,
  type TxnResult,
} from "../contract.ts";

interface Header {
  revision?: string;
}

export interface WireKeyValue {
  key: string;
  value?: string;
  create_revision?: string;
  mod_revision?: string;
  version?: string;
}

export interface WireRange {
  header?: Header;
  kvs?: WireKeyValue[];
  more?: boolean;
  count?: string;
}

export interface WireTxn {
  header?: Header;
  succeeded?: boolean;
  responses?: { response_range?: WireRange }[];
}

export interface WireStatus {
  header?: Header;
  version?: string;
  dbSize?: string;
}

export interface WireEvent {
  type?: string;
  kv: WireKeyValue;
  prev_kv?: WireKeyValue;
}

export interface WireWatchResult {
  header?: Header;
  watch_id?: string;
  created?: boolean;
  canceled?: boolean;
  cancel_reason?: string;
  compact_revision?: string;
  events?: WireEvent[];
}

const EMPTY = Buffer.alloc(0);

export const number = (text: string | undefined): number => (text === undefined ? 0 : Number(text));

export const revisionOf = ({ header }: { header?: Header }): number => number(header?.revision);

export function keyValue(wire: WireKeyValue): KeyValue {
  return {
    key: Buffer.from(wire.key, "base64").toString(),
    value: wire.value === undefined ? EMPTY : Buffer.from(wire.value, "base64"),
    createRevision: number(wire.create_revision),
    modRevision: number(wire.mod_revision),
    version: number(wire.version),
  };
}

const keyValues = (wire: WireRange | undefined): KeyValue[] => (wire?.kvs ?? []).map(keyValue);

export function rangeResult(wire: WireRange): RangeResult {
  return {
    revision: revisionOf(wire),
    kvs: keyValues(wire),
    more: wire.more ?? false,
    count: number(wire.count),
  };
}

export function txnResult(wire: WireTxn): TxnResult {
  return {
    succeeded: wire.succeeded ?? false,
    revision: revisionOf(wire),
    responses: (wire.responses ?? []).map((one) => ({ kvs: keyValues(one.response_range) })),
  };
}

export function storeEvent(wire: WireEvent): StoreEvent {
  const type = wire.type === "DELETE" ? "delete" : "put";
  const kv = keyValue(wire.kv);
  return wire.prev_kv ? { type, kv, previous: keyValue(wire.prev_kv) } : { type, kv };
}

/** @param body as the gateway wrote it; perhaps not JSON, when something stands between */
export function storeError(status: number, body: string): StoreError {
  const message = messageOf(body) ?? `the store answered with status ${status}`;
  if (message.includes("has been compacted")) return new StoreError("compacted", message);
  if (message.includes("future revision")) return new StoreError("future", message);
  return new StoreError(status >= 400 && status < 429 ? "invalid" : "unavailable", message);
}

function messageOf(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === "string" ? message : undefined;
  } catch {
    return undefined;
  }
}
