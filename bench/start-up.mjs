// How long `kubonsai up` takes: from the first keystroke to the ready line, and until kubectl has its
// first answer. Run on a quiet machine: npm run bench:start

import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { provideKubectl } from "../scripts/kubectl.mjs";
import { root } from "../scripts/paths.mjs";
import { setUp } from "../scripts/setup.mjs";

const ROUNDS = 7;

await setUp();
const { KUBECTL } = provideKubectl();
const rows = [];
for (const processes of ["split", "single"]) {
  for (const data of ["empty", "kept"]) rows.push(await measure(processes, data));
}
const result = {
  command: "npm run bench:start",
  date: new Date().toISOString(),
  node: process.version,
  machine: `${cpus().length} x ${cpus()[0].model}`,
  rounds: ROUNDS,
  medianSeconds: rows,
};
mkdirSync(join(root, "bench", "results"), { recursive: true });
const file = join(root, "bench", "results", "start-up.json");
writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));

/** `npm start`, the bare command, and kubectl's first answer, from the same start. */
async function measure(processes, data) {
  const folder = mkdtempSync(join(tmpdir(), "kubonsai-bench-"));
  const readyAfter = [];
  const answeredAfter = [];
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const dataDir = join(folder, data === "kept" ? "kept" : `${round}`);
      const times = await startOnce(dataDir, processes);
      // the first start on a folder that is kept makes it: it does not count
      if (data === "kept" && round === 0) continue;
      readyAfter.push(times.ready);
      answeredAfter.push(times.answered);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { processes, data, ready: median(readyAfter), kubectlAnswered: median(answeredAfter) };
}

async function startOnce(dataDir, processes) {
  const begin = process.hrtime.bigint();
  const seconds = () => Number(process.hrtime.bigint() - begin) / 1e9;
  const flags = ["--data-dir", dataDir, "--port", "0", "--processes", processes];
  const child = spawn(process.execPath, [join(root, "scripts", "start.mjs"), ...flags]);
  await new Promise((resolve, reject) => {
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (/ready in .*/.test(output)) resolve();
    });
    child.on("exit", (code) => reject(new Error(`exit code ${code}\n${output}`)));
  });
  const ready = seconds();
  const parameters = ["--kubeconfig", join(dataDir, "kubeconfig"), "get", "nodes", "--no-headers"];
  const nodes = spawnSync(KUBECTL, parameters, { encoding: "utf8" });
  const answered = seconds();
  if ((nodes.stdout.match(/ Ready /g) ?? []).length !== 3) throw new Error(nodes.stderr);
  child.removeAllListeners("exit");
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("exit", resolve));
  return { ready, answered };
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number(sorted[Math.floor(sorted.length / 2)].toFixed(3));
}
