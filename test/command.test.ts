// The command line from the outside: five real processes, on the wall clock.

import { execFile } from "node:child_process";
import { readdirSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { kubonsai, launch, temporaryFolder, type RunningCommand } from "./support/command.ts";

const run = promisify(execFile);
const PROCESSES = ["store", "apiserver", "controller-manager", "scheduler", "kubelet"];

describe("a cluster of five processes", () => {
  const folder = temporaryFolder();
  const dataDir = join(folder.path, "data");
  const kubeconfig = join(dataDir, "kubeconfig");
  let up: RunningCommand;

  const kubectl = async (...words: string[]) =>
    (await run(process.env.KUBECTL!, ["--kubeconfig", kubeconfig, ...words])).stdout;

  /** A question to the cluster until the answer is as wanted: what a person at a prompt does. */
  const eventually = async (wanted: RegExp, ...words: string[]) => {
    let last = "";
    for (let tries = 0; tries < 100; tries++) {
      last = await kubectl(...words).catch((error: Error) => error.message);
      if (wanted.test(last)) return last;
    }
    throw new Error(`no ${wanted} in:\n${last}`);
  };

  beforeAll(async () => {
    up = launch(["up", "--data-dir", dataDir, "--port", "0"]);
    await up.line(/ready in .*KUBECONFIG=/);
  });

  afterAll(async () => {
    up.child.kill("SIGKILL");
    await up.exited;
    folder.remove();
  });

  it("says which component became ready, and how to reach it", () => {
    for (const name of PROCESSES) expect(up.output()).toContain(`${name} is ready`);
    expect(up.output()).toContain(`KUBECONFIG=${kubeconfig}`);
  });

  it("answers kubectl at once, with three nodes Ready", async () => {
    const nodes = await kubectl("get", "nodes", "--no-headers");
    expect(nodes.trim().split("\n")).toHaveLength(3);
    expect(nodes.match(/\bReady\b/g)).toHaveLength(3);
  });

  it("keeps its keys to itself", () => {
    const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
    expect(modeOf(dataDir)).toBe("700");
    expect(modeOf(kubeconfig)).toBe("600");
    for (const file of readdirSync(join(dataDir, "pki"))) {
      expect(modeOf(join(dataDir, "pki", file)), file).toBe("600");
    }
  });

  it("refuses a second cluster on the same data and names the first one's pid", async () => {
    const { exitCode, output } = await kubonsai("up", "--data-dir", dataDir, "--port", "0");
    expect(exitCode).toBe(1);
    expect(output).toContain(`in use by a running cluster (pid ${up.child.pid}`);
  });

  it("tells its processes, version and objects", async () => {
    const { output, exitCode } = await kubonsai("status", "--data-dir", dataDir);
    expect(exitCode).toBe(0);
    for (const name of PROCESSES)
      expect(output).toMatch(new RegExp(`^${name}\\s+ready\\s+\\d+`, "m"));
    expect(output).toMatch(/Kubernetes v1\.36/);
    expect(output).toMatch(/^nodes\s+3$/m);
  });

  it.each(PROCESSES)("survives kill -9 of %s and loses nothing", async (name) => {
    await kubectl("create", "configmap", `before-${name}`, "--from-literal=a=b");
    const { output } = await kubonsai("status", "--data-dir", dataDir);
    const pid = Number(new RegExp(`^${name}\\s+ready\\s+(\\d+)`, "m").exec(output)![1]);
    process.kill(pid, "SIGKILL");
    await up.line(new RegExp(`${name} is back`));
    await eventually(new RegExp(`before-${name}`), "get", "configmaps", "-o", "name");
    const nodes = await eventually(/Ready/, "get", "nodes", "--no-headers");
    expect(nodes.trim().split("\n")).toHaveLength(3);
  });

  it("stops in order within five seconds and resumes with every object", async () => {
    await kubectl("create", "namespace", "kept");
    const begin = process.hrtime.bigint();
    up.child.kill("SIGINT");
    expect(await up.exited).toBe(0);
    expect(Number(process.hrtime.bigint() - begin) / 1e9).toBeLessThan(5);

    up = launch(["up", "--data-dir", dataDir, "--port", "0"]);
    await up.line(/ready in/);
    expect(await kubectl("get", "namespace", "kept", "-o", "name")).toBe("namespace/kept\n");
  });

  it("goes down when asked from another terminal", async () => {
    const { output } = await kubonsai("down", "--data-dir", dataDir);
    expect(output).toBe("stopped\n");
    expect(await up.exited).toBe(0);
    expect((await kubonsai("status", "--data-dir", dataDir)).output).toContain(
      "no cluster is running",
    );
  });

  it("asks before it forgets everything", async () => {
    const asked = await kubonsai("reset", "--data-dir", dataDir);
    expect(asked.exitCode).toBe(1);
    expect(asked.output).toContain("--yes");
    const { output } = await kubonsai("reset", "--data-dir", dataDir, "--yes");
    expect(output).toBe(`removed ${dataDir}\n`);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

describe("what goes wrong at the start", () => {
  it("is told for a port that is taken", async () => {
    const other = net.createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as net.AddressInfo;
    const folder = temporaryFolder();
    const { exitCode, output } = await kubonsai(
      "up",
      "--data-dir",
      folder.path,
      "--port",
      `${port}`,
    );
    expect(exitCode).toBe(1);
    expect(output).toBe(
      `kubonsai: port ${port} is taken by another program: choose another with --port, or --port 0\n`,
    );
    other.close();
    folder.remove();
  });

  it("is told for a certificate that is damaged", async () => {
    const folder = temporaryFolder();
    const first = launch(["up", "--data-dir", folder.path, "--port", "0", "--processes", "single"]);
    await first.line(/ready in/);
    first.child.kill("SIGTERM");
    await first.exited;
    writeFileSync(join(folder.path, "pki", "apiserver.crt"), "no certificate");
    const { exitCode, output } = await kubonsai("up", "--data-dir", folder.path, "--port", "0");
    expect(exitCode).toBe(1);
    expect(output).toMatch(/apiserver\.crt cannot be read .* remove the pki folder/);
    folder.remove();
  });

  it("is told for a data folder that is a file", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder.path, "data"), "");
    const parameters = ["up", "--data-dir", join(folder.path, "data"), "--port", "0"];
    const { exitCode, output } = await kubonsai(...parameters);
    expect(exitCode).toBe(1);
    expect(output).toContain("is not a folder");
    folder.remove();
  });

  it("is told for a flag that makes no sense", async () => {
    const { exitCode, output } = await kubonsai("up", "--port", "70000");
    expect(exitCode).toBe(1);
    expect(output).toContain("whole number from 0 to 65535");
  });
});
