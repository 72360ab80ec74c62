// The gateway's answers in the contract's words.

import {
  StoreError,
  type KeyValue,
  type RangeResult,
  type StoreEvent,
  type TxnResult,
} from "../contract.ts";
import type { Header, WireEvent, WireKeyValue, WireRange, WireTxn } from "./wire.ts";

const EMPTY = Buffer.alloc(0);

export const number = (text: string | undefined): number => (text === undefined ? 0 : Number(text));

export const revisionOf = ({ header }: { header?: Header }): number => number(header?.revision);

/** Takes `prefix` from every key. */
export class Decoder {
  readonly #prefixBytes: number;

  constructor(prefix: string) {
    this.#prefixBytes = Buffer.byteLength(prefix);
  }

  range(wire: WireRange): RangeResult {
    return {
      revision: revisionOf(wire),
      kvs: this.#keyValues(wire),
      more: wire.more ?? false,
      count: number(wire.count),
    };
  }

  txn(wire: WireTxn): TxnResult {
    return {
      succeeded: wire.succeeded ?? false,
      revision: revisionOf(wire),
      responses: (wire.responses ?? []).map((one) => ({
        kvs: this.#keyValues(one.response_range),
      })),
    };
  }

  event(wire: WireEvent): StoreEvent {
    const type = wire.type === "DELETE" ? "delete" : "put";
    const kv = this.#keyValue(wire.kv);
    return wire.prev_kv ? { type, kv, previous: this.#keyValue(wire.prev_kv) } : { type, kv };
  }

  #keyValues(wire: WireRange | undefined): KeyValue[] {
    return (wire?.kvs ?? []).map((one) => this.#keyValue(one));
  }

  #keyValue(wire: WireKeyValue): KeyValue {
    return {
      key: Buffer.from(wire.key, "base64").toString("utf8", this.#prefixBytes),
      value: wire.value === undefined ? EMPTY : Buffer.from(wire.value, "base64"),
      createRevision: number(wire.create_revision),
      modRevision: number(wire.mod_revision),
      version: number(wire.version),
    };
  }
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
