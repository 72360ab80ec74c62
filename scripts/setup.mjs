// What every command does first, with Node alone: install dependencies when the lock file changed,
// build when sources changed. Quick when nothing did.

import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { distFolder, root } from "./paths.mjs";

const installMark = join(root, "node_modules", ".kubonsai-lock-hash");
const buildMark = join(distFolder, ".sources-hash");
const oldestNode = [20, 19];

/** Makes the checkout ready to run. @returns what had to be done, for whoever tells the user */
export async function setUp() {
  requireNode();
  const done = [];
  if (!isInstalled()) {
    process.stderr.write("installing dependencies (npm ci)…\n");
    install();
    done.push("installed");
  }
  const sources = sourcesHash();
  if (readMark(buildMark) !== sources) {
    process.stderr.write("building…\n");
    // it needs what was just installed
    const { build } = await import("./build.mjs");
    await build();
    writeMark(buildMark, sources);
    done.push("built");
  }
  return done;
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const isTooOld = major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]);
  if (!isTooOld) return;
  console.error(`kubonsai needs Node ${oldestNode.join(".")} or newer; this is ${process.version}`);
  process.exit(1);
}

const lockHash = () => hashOf(readFileSync(join(root, "package-lock.json")));
const isInstalled = () => readMark(installMark) === lockHash();

function install() {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const result = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
  writeMark(installMark, lockHash());
}

/** Names, sizes and change times of all that the build reads. */
function sourcesHash() {
  const hash = createHash("sha256");
  const packages = join(root, "packages");
  for (const name of readdirSync(packages).sort()) addTree(hash, join(packages, name, "src"));
  for (const file of ["package-lock.json", "scripts/build.mjs"]) addFile(hash, join(root, file));
  return hash.digest("hex");
}

function addTree(hash, folder) {
  if (!existsSync(folder)) return;
  const entries = readdirSync(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) addTree(hash, path);
    else addFile(hash, path);
  }
}

function addFile(hash, path) {
  const { size, mtimeMs } = statSync(path);
  hash.update(`${relative(root, path)} ${size} ${mtimeMs}\n`);
}

const hashOf = (bytes) => createHash("sha256").update(bytes).digest("hex");
const readMark = (path) => (existsSync(path) ? readFileSync(path, "utf8") : "");

function writeMark(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setUp();
