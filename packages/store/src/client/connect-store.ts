// The store's client: the contract over etcd's gateway, ours or a real etcd's.

import type { Clock } from "@kubonsai/clock";
import type { StoreClient } from "../contract.ts";
import { addressesIn } from "./address.ts";
import { Decoder, number, revisionOf } from "./decode.ts";
import type { WireRange, WireStatus, WireTxn } from "./wire.ts";
import { Encoder } from "./encode.ts";
import { Endpoints, type ClientTls } from "./endpoints.ts";
import { GatewayCalls } from "./gateway-calls.ts";
import { WatchConnection } from "./watch-connection.ts";

export interface StoreClientOptions {
  /** `unix:/path/to/socket`, or one or several of `https://host:port`, with commas between. */
  address: string;
  /** For `https`. */
  tls?: ClientTls;
  /** Stands before every key in the store, and before none here: `/team-a` */
  prefix?: string;
  clock: Clock;
}

/** Connects when first used; what may have happened is tried again by nobody, watches go on. */
export function connectStore(options: StoreClientOptions): StoreClient {
  const { address, tls, prefix = "", clock } = options;
  const endpoints = new Endpoints(addressesIn(address), tls);
  const calls = new GatewayCalls(endpoints, clock);
  const encoder = new Encoder(prefix);
  const decoder = new Decoder(prefix);
  const watches = new WatchConnection({ endpoints, clock, encoder, decoder });
  return {
    async range(request) {
      const wire = await calls.call<WireRange>("/v3/kv/range", encoder.range(request));
      return decoder.range(wire);
    },
    async txn(request) {
      return decoder.txn(await calls.call<WireTxn>("/v3/kv/txn", encoder.txn(request)));
    },
    watch: (request, listener, signal) => watches.add(request, listener, signal),
    requestProgress: () => watches.requestProgress(),
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
