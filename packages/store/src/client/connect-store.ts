// The store's client: the contract over etcd's gateway, ours or a real etcd's.

import type { Clock } from "@kubonsai/clock";
import type { StoreClient } from "../contract.ts";
import {
  number,
  rangeResult,
  revisionOf,
  txnResult,
  type WireRange,
  type WireStatus,
  type WireTxn,
} from "./decode.ts";
import { rangeBody, txnBody } from "./encode.ts";
import { GatewayCalls } from "./gateway-calls.ts";
import { WatchConnection } from "./watch-connection.ts";

export interface StoreClientOptions {
  /** `unix:/path/to/socket` or `http://host:port` */
  address: string;
  clock: Clock;
}

/** Connects when first used; nothing is tried again but watches. */
export function connectStore({ address, clock }: StoreClientOptions): StoreClient {
  const calls = new GatewayCalls(address, clock);
  const watches = new WatchConnection(address, clock);
  return {
    async range(request) {
      return rangeResult(await calls.call<WireRange>("/v3/kv/range", rangeBody(request)));
    },
    async txn(request) {
      return txnResult(await calls.call<WireTxn>("/v3/kv/txn", txnBody(request)));
    },
    watch: (request, listener, signal) => watches.add(request, listener, signal),
    async compact(revision) {
      await calls.call("/v3/kv/compaction", `{"revision":"${revision}"}`);
    },
    async status() {
      const wire = await calls.call<WireStatus>("/v3/maintenance/status", "{}");
      const sizeBytes = number(wire.dbSize);
      return { revision: revisionOf(wire), sizeBytes, version: wire.version ?? "" };
    },
    async close() {
      watches.close();
      calls.close();
    },
  };
}
