// `npm run bench:store`: the store beside Debian's etcd, in turn in the same run, 2 KB values, every
// write synced. Prints what it finds, keeps it in bench/results/, and ends with the ratios of puts.

import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";
import { etcdOnPath, howToInstall } from "../scripts/etcd.mjs";
import { setUp } from "../scripts/setup.mjs";
import { measureFanOut, measureWatchLatency } from "./store/measure-watches.mjs";
import { measureOpening } from "./store/measure-opening.mjs";
import { measureRange } from "./store/measure-range.mjs";
import { buildClient, buildStore, root, startEtcd, startStore } from "./store/servers.mjs";

const SECONDS = 0.7;
const ROUNDS = 3;
const CLIENTS = [1, 16, 64];
const VALUE_BYTES = 2048;

await setUp();
const etcd = etcdOnPath();
if (!etcd) {
  console.error(`bench:store needs etcd's program on the PATH. ${howToInstall}`);
  process.exit(1);
}
const [bundle, client] = await Promise.all([buildStore(), buildClient()]);
const load = new URL("store/", import.meta.url).pathname;
const http = fork(join(load, "http-load.mjs"));
const node = fork(join(load, "client-load.mjs"));

const servers = {
  store: await startStore({ bundle }),
  etcd: await startEtcd({ binary: etcd.path }),
};
const results = {
  date: new Date().toISOString(),
  machine: `${cpus().length} x ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
  load: loadavg()[0],
  node: process.version,
  etcd: etcd.version,
  readyMs: each((server) => Math.round(server.readyMs)),
};

// whoever has just started is slower than whoever runs
const warmUp = { clients: 16, kind: "put", seconds: 1, valueBytes: VALUE_BYTES };
for (const server of Object.values(servers)) await ask(http, { ...warmUp, port: server.port });

for (const kind of ["put", "txn"]) {
  for (const clients of CLIENTS) {
    const order = { clients, kind, seconds: SECONDS, valueBytes: VALUE_BYTES };
    await compare(`${kind} ${clients}`, (server) => ask(http, { ...order, port: server.port }));
  }
}
const order = { client, inFlight: 64, seconds: SECONDS, valueBytes: VALUE_BYTES };
await compare("client 64", (server) => ask(node, { ...order, address: server.address }));
await compare("range 5000", (server) => measureRange(server));
const puts = { clients: 16, kind: "put", seconds: SECONDS, valueBytes: VALUE_BYTES };
await compare("watch latency", (server) =>
  measureWatchLatency(server, () => ask(http, { ...puts, port: server.port })),
);
await compare("fan-out 100", (server) =>
  measureFanOut(server, () => ask(http, { ...puts, port: server.port })),
);
for (const one of [http, node]) one.disconnect();
for (const server of Object.values(servers)) await server.stop();
results.opening = await measureOpening({ bundle, client });
console.log("opening", results.opening);

const folder = join(root, "bench", "results");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "store.json"), `${JSON.stringify(results, undefined, 2)}\n`);
const ratio = (name) => results[name].ratio.toFixed(2);
console.log(`store/etcd puts: 1=${ratio("put 1")} 16=${ratio("put 16")} 64=${ratio("put 64")}`);

function each(tell) {
  return Object.fromEntries(Object.entries(servers).map(([name, server]) => [name, tell(server)]));
}

/** Both in turn, so that whatever else the machine does meets both; the median run of each. */
async function compare(name, measure) {
  const runs = { store: [], etcd: [] };
  for (let n = 0; n < ROUNDS; n++) {
    for (const [who, server] of Object.entries(servers)) runs[who].push(await measure(server));
  }
  const [store, rival] = [median(runs.store), median(runs.etcd)];
  const ratio = store.perSecond / rival.perSecond;
  results[name] = { ratio: round(ratio), store: rounded(store), etcd: rounded(rival) };
  console.log(`${name}: ${ratio.toFixed(2)}x`, results[name].store, results[name].etcd);
}

function median(runs) {
  return runs.sort((a, b) => a.perSecond - b.perSecond)[Math.floor(runs.length / 2)];
}

function rounded(figures) {
  return Object.fromEntries(Object.entries(figures).map(([name, number]) => [name, round(number)]));
}

function round(number) {
  return Math.round(number * 100) / 100;
}

async function ask(process, order) {
  process.send(order);
  const [answer] = await once(process, "message");
  if (answer.failures > 0) throw new Error(`${answer.failures} requests failed`);
  return answer;
}
