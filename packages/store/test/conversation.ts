// Requests to etcd's gateway as its users send them, good and bad, in an order that matters: the same
// conversation is held with a real etcd and with our store. Keys and values are written as plain
// text in `key`, `range_end` and `value` of objects, and as they are on the wire in strings.

type Request = [path: string, body: object | string];

const b64 = (text: string) => Buffer.from(text).toString("base64");
const BYTES = new Set(["key", "range_end", "value"]);

/** The body on the wire. */
export function wire(body: object | string): string {
  if (typeof body === "string") return body;
  return JSON.stringify(body, (name, value: unknown) =>
    BYTES.has(name) && typeof value === "string" ? b64(value) : value,
  );
}

const range = (body: object | string): Request => ["/v3/kv/range", body];
const put = (body: object | string): Request => ["/v3/kv/put", body];
const remove = (body: object | string): Request => ["/v3/kv/deleterange", body];
const txn = (body: object | string): Request => ["/v3/kv/txn", body];
const compact = (body: object | string): Request => ["/v3/kv/compaction", body];
const lease = (verb: string, body: object | string): Request => [`/v3/lease/${verb}`, body];
const all = { key: "\0", range_end: "\0" };

const KEYS: Request[] = [
  range(all),
  put({ key: "a", value: "1" }),
  put({ key: "a", value: "2", prev_kv: true }),
  put({ key: "a" }),
  put({ key: "b", value: "x", prevKv: true }),
  put({ key: "b", ignore_value: true, prev_kv: true }),
  put({ key: "b", ignore_value: true, value: "y" }),
  put({ key: "none", ignore_value: true }),
  put({ key: "none", ignore_lease: true, value: "1" }),
  put({ key: "c/1", value: "3" }),
  put({ key: "c/2", value: "1" }),
  put({ key: "c/3", value: "2" }),
  ...[
    all,
    { key: "a" },
    { key: "c/", range_end: "c0" },
    { key: "c/", range_end: "c0", limit: 2 },
    { key: "c/", range_end: "c0", limit: "1", count_only: true },
    { key: "c/", range_end: "c0", keys_only: true },
    { key: "c/", range_end: "c0", sort_order: "DESCEND", sort_target: "KEY" },
    { key: "c/", range_end: "c0", sort_order: "ASCEND", sort_target: "VALUE" },
    { key: "c/", range_end: "c0", sort_order: 2, sort_target: 3, limit: "2" },
    { key: "c/", range_end: "c0", sort_target: "VALUE" },
    { ...all, min_mod_revision: "8" },
    { ...all, max_mod_revision: 8, limit: 1 },
    { ...all, min_create_revision: "5", max_create_revision: "8" },
    { ...all, revision: "3" },
    { ...all, revision: "1" },
    { key: "c/", range_end: "c0", revision: "8", limit: "1" },
    { key: "b", range_end: "a" },
    { key: "a", range_end: "a" },
    { key: "a", limit: "-1" },
    { key: "a", revision: "-1" },
    { key: "a", revision: "1000" },
    { range_end: "a" },
    { key: "a", sort_order: "X" },
    { key: "a", sort_order: 7 },
    { key: "a", sort_order: "1" },
    { key: "a", sort_order: true },
    { key: "a", serializable: true },
  ].map(range),
  remove({ key: "none" }),
  remove({}),
  remove({ key: "b", range_end: "a" }),
  remove({ key: "c/1" }),
  remove({ key: "c/", range_end: "c0", prev_kv: true }),
  put({ key: "c/1", value: "again" }),
  range({ key: "c/", range_end: "c0" }),
];

const TXNS: Request[] = [
  {},
  { compare: {} },
  { compare: [{}] },
  { success: [1] },
  { success: [{}] },
  { success: [{ request_put: null }] },
  { compare: [{ key: "a", target: "X" }] },
  { compare: [{ key: "a", result: "X" }] },
  { compare: [{ key: "a", target: "VALUE" }] },
  { compare: [{ key: "a", target: "MOD" }] },
  { compare: [{ key: "a", target: "MOD", version: "0" }] },
  { compare: [{ key: "none", target: "VALUE", result: "NOT_EQUAL", value: "a" }] },
  { compare: [{ key: "none", target: "VALUE", value: "" }] },
  { compare: [{ key: "none", target: "MOD", mod_revision: "0" }] },
  { compare: [{ key: "none", target: "VERSION", result: "LESS", version: "1" }] },
  { compare: [{ key: "none", target: "LEASE" }] },
  { compare: [{ key: "a", target: "LEASE", lease: "0" }] },
  { compare: [{ key: "a", target: "CREATE", result: "GREATER", createRevision: 1 }] },
  { compare: [{ key: "a", range_end: "c", target: "VERSION", result: "GREATER", version: "0" }] },
  { compare: [{ key: "x", range_end: "y", target: "VERSION", result: "GREATER", version: "0" }] },
  { success: [{ request_put: { key: "a" } }, { request_put: { key: "a" } }] },
  { success: [{ request_put: {} }] },
  { success: [{ request_range: {} }] },
  { success: [{ request_delete_range: {} }] },
  { success: [{ request_range: { key: "a", revision: "10000" } }] },
  { failure: [{ request_range: { key: "a", revision: "10000" } }] },
  { success: [{ request_put: { key: "none", ignore_value: true } }] },
  { success: [{ request_put: { key: "a", lease: "42" } }] },
  {
    success: [
      { request_put: { key: "xx", value: "1" } },
      { request_delete_range: { key: "x", range_end: "y" } },
    ],
  },
  {
    success: [
      { request_delete_range: { key: "x", range_end: "y" } },
      { request_delete_range: { key: "x", range_end: "y" } },
    ],
  },
  {
    success: [
      { request_txn: { success: [{ request_put: { key: "xx" } }] } },
      { request_put: { key: "xx" } },
    ],
  },
  {
    compare: [{ key: "a", target: "VERSION", result: "GREATER", version: "0" }],
    success: [
      { request_range: { key: "a" } },
      { request_put: { key: "n", value: "1", prev_kv: true } },
      { request_txn: { compare: [{ key: "none" }], success: [{ request_range: { key: "n" } }] } },
      { request_range: { key: "a", range_end: "z", count_only: true } },
      { request_delete_range: { key: "b", prev_kv: true } },
    ],
  },
  {
    compare: [{ key: "a", target: "VERSION", version: "0" }],
    failure: [{ request_put: { key: "n", value: "2", prev_kv: true } }, { request_range: all }],
  },
  { success: Array.from({ length: 129 }, () => ({ request_range: { key: "a" } })) },
  { compare: Array.from({ length: 129 }, () => ({ key: "a" })) },
].map(txn);

const LEASES: Request[] = [
  lease("grant", { TTL: "60", ID: "123" }),
  lease("grant", { TTL: "60", ID: "123" }),
  lease("grant", { TTL: "99999999999" }),
  lease("grant", { TTL: "1", ID: "-5" }),
  lease("grant", { ID: "7587869450389651725", TTL: 90 }),
  lease("grant", '{"ID":7587869450389651726,"TTL":600}'),
  put({ key: "leased", value: "1", lease: "123" }),
  put('{"key":"bG9uZw==","lease":7587869450389651726}'),
  put({ key: "leased", value: "1", lease: "77" }),
  put({ key: "leased", value: "2", ignore_lease: true }),
  put({ key: "leased", value: "2", ignore_lease: true, lease: "123" }),
  range({ key: "l", range_end: "m" }),
  txn({ compare: [{ key: "leased", target: "LEASE", lease: "123" }] }),
  txn({ compare: [{ key: "leased", target: "LEASE", result: "GREATER", lease: "123" }] }),
  lease("timetolive", { ID: "7587869450389651726", keys: true }),
  lease("timetolive", { ID: "99" }),
  lease("timetolive", {}),
  lease("leases", {}),
  ["/v3/kv/lease/leases", {}],
  lease("revoke", { ID: "123" }),
  lease("revoke", { ID: "123" }),
  range({ key: "l", range_end: "m" }),
  put({ key: "long", value: "free" }),
  ["/v3/kv/lease/revoke", { ID: "7587869450389651726" }],
  range({ key: "l", range_end: "m" }),
];

const COMPACTIONS: Request[] = [
  compact({}),
  compact({ revision: "0" }),
  compact({ revision: "-1" }),
  compact({ revision: "1000" }),
  compact({ revision: "8" }),
  compact({ revision: "8", physical: true }),
  range({ ...all, revision: "7" }),
  range({ ...all, revision: "8" }),
  txn({ success: [{ request_range: { key: "a", revision: "7" } }] }),
];

const TEXTS = [
  "", " ", "garbage", "nul", "null", "[]", '"x"', "5", "{", '{"key"', '{"key":', '{"key":"YQ=="',
  '{"key":"YQ==",}', "{key:1}", '{"key" 1}', '{"key":"YQ==" "b":1}', '{"key":"YQ=="}x',
  '{"key":"YQ=="} {"key":"Yg=="}', '{"key":5}', '{"key":true}', '{"key":{}}', '{"key":[]}',
  '{"key":"!!"}', '{"key":"YQ="}', '{"key":"YQ"}', '{"key":"YQ=!"}', '{"key":"_-8="}',
  '{"key":"YWI=YWI="}', '{"key":"Y"}', '{"key":"YQ==="}', '{"key":"YW\\nI="}', '{"key":"="}',
  '{"key":"YQ==","lease":"x"}', '{"key":"YQ==","lease":1.5}', '{"key":"YQ==","lease":"1.5"}',
  '{"key":"YQ==","lease":true}', '{"key":"YQ==","lease":9223372036854775807}',
  '{"key":"YQ==","lease":"9223372036854775808"}', '{"key":"YQ==","lease":9223372036854775808}',
  '{"key":"YQ==","prev_kv":"true"}', '{"key":"YQ==","prev_kv":1}', '{"key":"YQ==","value":"a\\qb"}',
  '{"key":"a\nb"}', '{"key":"YQ==","bogus":1}', '{"key":null}', '{"key":"YQ==","value":01}',
  '{"key":"YQ==","value":-}', '{"key":"YQ==","value":tru}', '{"a":{"b":[1,2}}', '{"a":"\\u12g4"}',
  '{"a":1.}', '{"a":1e}', "{'a':1}", '{"é":}', '{"a":[1 2]}', '{"key":"é"}', "-", "truex",
]; // prettier-ignore

export const conversation: Request[] = [
  ...KEYS,
  ...TXNS,
  ...LEASES,
  ...COMPACTIONS,
  ...TEXTS.map(put),
  ["/v3/kv/txn", '{"success":[{"request_put":{"key":5}}]}'],
  ["/v3/nothing", {}],
  ["/v3/kv/range/", {}],
  ["/v3/maintenance/alarm", {}],
  ["/v3/maintenance/defragment", {}],
  ["/v3/lease/keepalive", { ID: "99" }],
  ["/v3/lease/keepalive", '{"ID":"-5"} {"ID":"98"}'],
];
