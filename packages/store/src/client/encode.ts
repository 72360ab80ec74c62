// The client's requests as bodies for etcd's gateway.

import type { Operation, RangeRequest, TxnRequest, WatchRequest } from "../contract.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

const endMember = (rangeEnd: string | undefined): string =>
  rangeEnd === undefined ? "" : `,"range_end":"${base64(rangeEnd)}"`;

export function rangeBody(request: RangeRequest): string {
  const { key, rangeEnd, limit, revision, keysOnly, countOnly } = request;
  const bounds = `"key":"${base64(key)}"${endMember(rangeEnd)}`;
  const limits =
    (limit ? `,"limit":"${limit}"` : "") + (revision ? `,"revision":"${revision}"` : "");
  const parts = (keysOnly ? ',"keys_only":true' : "") + (countOnly ? ',"count_only":true' : "");
  return `{${bounds}${limits}${parts}}`;
}

export function txnBody({ compare, success, failure = [] }: TxnRequest): string {
  const comparisons = compare.map(
    ({ key, modRevision }) =>
      `{"key":"${base64(key)}","target":"MOD","result":"EQUAL","mod_revision":"${modRevision}"}`,
  );
  const onSuccess = success.map(operation).join(",");
  const onFailure = failure.map(operation).join(",");
  return `{"compare":[${comparisons.join(",")}],"success":[${onSuccess}],"failure":[${onFailure}]}`;
}

function operation(one: Operation): string {
  if ("range" in one) return `{"request_range":${rangeBody(one.range)}}`;
  if ("delete" in one) {
    const { key, rangeEnd } = one.delete;
    return `{"request_delete_range":{"key":"${base64(key)}"${endMember(rangeEnd)}}}`;
  }
  const { key, value } = one.put;
  return `{"request_put":{"key":"${base64(key)}","value":"${value.toString("base64")}"}}`;
}

/** @param startRevision 0: from now on */
export function createWatchMessage(id: number, request: WatchRequest, startRevision: number) {
  const { key, rangeEnd, withPrevious } = request;
  const start = startRevision ? `,"start_revision":"${startRevision}"` : "";
  const bounds = `"key":"${base64(key)}"${endMember(rangeEnd)}${start}`;
  const wishes = `"progress_notify":true${withPrevious ? ',"prev_kv":true' : ""}`;
  return `{"create_request":{${bounds},${wishes},"watch_id":"${id}"}}`;
}

export const cancelWatchMessage = (id: number): string => `{"cancel_request":{"watch_id":"${id}"}}`;
