// The client's requests as bodies for etcd's gateway.

import type { Operation, RangeRequest, TxnRequest, WatchRequest } from "../contract.ts";

/** Puts `prefix` before every key. */
export class Encoder {
  readonly #prefix: string;

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  range(request: RangeRequest): string {
    const { key, rangeEnd, limit, revision, keysOnly, countOnly } = request;
    const bounds = `"key":"${this.#key(key)}"${this.#end(rangeEnd)}`;
    const limits =
      (limit ? `,"limit":"${limit}"` : "") + (revision ? `,"revision":"${revision}"` : "");
    const parts = (keysOnly ? ',"keys_only":true' : "") + (countOnly ? ',"count_only":true' : "");
    return `{${bounds}${limits}${parts}}`;
  }

  txn({ compare, success, failure = [] }: TxnRequest): string {
    const comparisons = compare.map(
      ({ key, modRevision }) =>
        `{"key":"${this.#key(key)}","target":"MOD","result":"EQUAL","mod_revision":"${modRevision}"}`,
    );
    const lists = [success, failure].map((list) =>
      list.map((one) => this.#operation(one)).join(","),
    );
    return `{"compare":[${comparisons.join(",")}],"success":[${lists[0]}],"failure":[${lists[1]}]}`;
  }

  /** @param startRevision 0: from now on */
  createWatch(id: number, request: WatchRequest, startRevision: number): string {
    const { key, rangeEnd, withPrevious } = request;
    const start = startRevision ? `,"start_revision":"${startRevision}"` : "";
    const bounds = `"key":"${this.#key(key)}"${this.#end(rangeEnd)}${start}`;
    const wishes = `"progress_notify":true${withPrevious ? ',"prev_kv":true' : ""}`;
    return `{"create_request":{${bounds},${wishes},"watch_id":"${id}"}}`;
  }

  #key(key: string): string {
    return Buffer.from(this.#prefix + key).toString("base64");
  }

  #end(rangeEnd: string | undefined): string {
    return rangeEnd === undefined ? "" : `,"range_end":"${this.#key(rangeEnd)}"`;
  }

  #operation(one: Operation): string {
    if ("range" in one) return `{"request_range":${this.range(one.range)}}`;
    if ("delete" in one) {
      const { key, rangeEnd } = one.delete;
      return `{"request_delete_range":{"key":"${this.#key(key)}"${this.#end(rangeEnd)}}}`;
    }
    const { key, value } = one.put;
    return `{"request_put":{"key":"${this.#key(key)}","value":"${value.toString("base64")}"}}`;
  }
}

export const cancelWatchMessage = (id: number): string => `{"cancel_request":{"watch_id":"${id}"}}`;
export const PROGRESS_MESSAGE = '{"progress_request":{}}';
