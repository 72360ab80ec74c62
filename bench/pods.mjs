// How many pods a second go from create to Running, and from delete to gone, through the real API
// server, store, scheduler and kubelet: npm run bench:pods [-- 1 100 1000]

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { distFolder, root } from "../scripts/paths.mjs";
import { setUp } from "../scripts/setup.mjs";

const PODS_PER_NODE = 100;
/** Requests under way at once, as a busy controller has. */
const IN_FLIGHT = 32;

await setUp();
const asked = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [1, 100, 1000, 5000];
const rows = [];
for (const pods of sizes) rows.push(await measure(pods));

const result = {
  command: `npm run bench:pods -- ${sizes.join(" ")}`,
  date: new Date().toISOString(),
  node: process.version,
  machine: `${cpus().length} x ${cpus()[0].model}`,
  rows,
};
mkdirSync(join(root, "bench", "results"), { recursive: true });
writeFileSync(join(root, "bench", "results", "pods.json"), `${JSON.stringify(result, null, 2)}\n`);
console.table(rows);
const rates = rows.map(({ pods, createdPerSecond }) => `${pods}=${createdPerSecond}`);
console.log(`pods/s create to Running: ${rates.join(" ")}`);

/** A fresh cluster for every size, so that none pays for another's history. */
async function measure(pods) {
  const folder = mkdtempSync(join(tmpdir(), "kubonsai-bench-"));
  const nodes = Math.max(3, Math.ceil(pods / PODS_PER_NODE));
  const cluster = await startCluster(folder, nodes);
  try {
    const api = connect(folder, cluster.server);
    await waitForServiceAccount(api);
    const watch = watchPods(api);
    const names = Array.from({ length: pods }, (_, index) => `pod-${index}`);
    const createSeconds = await timed(async () => {
      await each(names, (name) => api.call("POST", "/api/v1/namespaces/default/pods", pod(name)));
      await watch.until(({ running }) => running === pods);
    });
    const memory = memoryMegabytes(cluster.child.pid);
    const deleteSeconds = await timed(async () => {
      await each(names, (name) => api.call("DELETE", `/api/v1/namespaces/default/pods/${name}`));
      await watch.until(({ present }) => present === 0);
    });
    watch.end();
    api.close();
    const perSecond = (seconds) => Number((pods / seconds).toFixed(1));
    return {
      pods,
      nodes,
      createSeconds: Number(createSeconds.toFixed(2)),
      createdPerSecond: perSecond(createSeconds),
      deletedPerSecond: perSecond(deleteSeconds),
      ...memory,
    };
  } finally {
    cluster.child.kill("SIGTERM");
    await new Promise((resolve) => cluster.child.once("exit", resolve));
    rmSync(folder, { recursive: true, force: true });
  }
}

function pod(name) {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels: { app: "bench" } },
    spec: {
      terminationGracePeriodSeconds: 30,
      containers: [
        {
          name: "web",
          image: "nginx:1.27",
          readinessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 10 },
        },
      ],
    },
  };
}

async function startCluster(folder, nodes) {
  const flags = ["--data-dir", folder, "--port", "0", "--nodes", `${nodes}`];
  const child = spawn(process.execPath, [join(distFolder, "kubonsai.js"), "up", ...flags]);
  await new Promise((resolve, reject) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (output.includes("ready in")) resolve();
    });
    child.once("exit", () => reject(new Error(output)));
  });
  const [, server] = /server: (\S+)/.exec(readFileSync(join(folder, "kubeconfig"), "utf8"));
  return { child, server };
}

function connect(folder, server) {
  const read = (name) => readFileSync(join(folder, "pki", name));
  const agent = new Agent({
    keepAlive: true,
    maxSockets: IN_FLIGHT + 1,
    ca: read("ca.crt"),
    cert: read("admin.crt"),
    key: read("admin.key"),
  });
  const open = (method, path, body, answered) => {
    const headers = body ? { "content-type": "application/json" } : {};
    const sent = request(server + path, { method, agent, headers }, answered);
    sent.end(body && JSON.stringify(body));
    return sent;
  };
  const call = (method, path, body) =>
    new Promise((resolve, reject) => {
      const sent = open(method, path, body, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk) => (text += chunk));
        answer.on("end", () =>
          answer.statusCode < 300 ? resolve(JSON.parse(text)) : reject(new Error(text)),
        );
      });
      sent.on("error", reject);
    });
  return { open, call, close: () => agent.destroy() };
}

/** Pods need their account, which a controller makes. */
async function waitForServiceAccount(api) {
  for (;;) {
    const path = "/api/v1/namespaces/default/serviceaccounts/default";
    const isThere = await api.call("GET", path).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
}

function watchPods(api) {
  const phases = new Map();
  let check = () => {};
  const counts = () => {
    let running = 0;
    for (const phase of phases.values()) if (phase === "Running") running++;
    return { running, present: phases.size };
  };
  let rest = "";
  const sent = api.open("GET", "/api/v1/namespaces/default/pods?watch=1", undefined, (answer) => {
    answer.setEncoding("utf8").on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop();
      for (const line of lines) take(JSON.parse(line));
      check();
    });
  });
  sent.on("error", () => {});
  const take = ({ type, object }) => {
    const { name } = object.metadata;
    if (type === "DELETED") phases.delete(name);
    else phases.set(name, object.status.phase);
  };
  return {
    until: (isEnough) =>
      new Promise((resolve) => {
        check = () => isEnough(counts()) && resolve();
        check();
      }),
    end: () => sent.destroy(),
  };
}

async function each(items, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

async function timed(work) {
  const begin = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

/** Resident memory of each component, from /proc where there is one. */
function memoryMegabytes(parent) {
  const sizes = {};
  try {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8");
    for (const pid of children.trim().split(" ")) {
      const [, name] = /([a-z-]+)\.js/.exec(readFileSync(`/proc/${pid}/cmdline`, "utf8"));
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
      sizes[`${name} MB`] = Math.round(Number(kilobytes) / 1024);
    }
  } catch {
    return {};
  }
  return sizes;
}
