// A range of 5,000 keys, as fast as one client can ask for it.

const KEYS = 5_000;
const ASKS = 3;
const b64 = (text) => Buffer.from(text).toString("base64");
const value = Buffer.alloc(2048, "v").toString("base64");
const filled = new WeakSet();

export async function measureRange(server) {
  if (!filled.has(server)) await fill(server);
  filled.add(server);
  const body = JSON.stringify({ key: b64("/range/"), range_end: b64("/range0") });
  const took = [];
  for (let n = 0; n < ASKS; n++) {
    const began = performance.now();
    const bytes = (await (await post(server, "/v3/kv/range", body)).arrayBuffer()).byteLength;
    if (bytes < KEYS * value.length) throw new Error("not all keys came");
    took.push(performance.now() - began);
  }
  const ms = took.sort((a, b) => a - b)[1];
  return { perSecond: 1000 / ms, ms };
}

async function fill(server) {
  for (let first = 0; first < KEYS; first += 100) {
    const success = Array.from({ length: 100 }, (_, n) => ({
      request_put: { key: b64(`/range/${first + n}`), value },
    }));
    await (await post(server, "/v3/kv/txn", JSON.stringify({ success }))).text();
  }
}

const post = (server, path, body) => fetch(server.address + path, { method: "POST", body });
