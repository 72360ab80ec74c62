// Commands that go on by themselves and tell what happens: get -w, logs -f, events --watch.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { pod, webDeployment } from "./manifests.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});

afterAll(() => cluster?.stop());

describe.each(["1.36", "1.32"] as const)("kubectl %s", (version) => {
  const namespace = `of-${version.replace(".", "-")}`;
  let terminal: Terminal;
  const run = (command: string, stdin?: string) =>
    terminal.run(`-n ${namespace} ${command}`, stdin === undefined ? {} : { stdin });
  const wait = (command: string) => terminal.wait(`-n ${namespace} ${command}`);
  const follow = (command: string) => terminal.follow(`-n ${namespace} ${command}`);

  beforeAll(async () => {
    terminal = openTerminal(cluster, version);
    await terminal.run(`create namespace ${namespace}`);
  });

  it("shows a pod's whole life with get -w", async () => {
    const watch = follow("get pods -w");
    // time stands still until kubectl is there to see
    await run("run sleeper --image=busybox --restart=Never -- sleep 4");
    await watch.until(/Pending/, { stepMs: 0 });
    await watch.until(/Completed/);
    await run("delete pod sleeper");
    const lines = (await watch.stop()).trim().split("\n");
    expect(lines[0]).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE$/);
    const states = lines.slice(1).map((line) => line.split(/ +/).slice(1, 3).join(" "));
    const changes = states.filter((state, index) => state !== states[index - 1]);
    expect(changes.join(", ")).toBe(
      "0/1 Pending, 0/1 ContainerCreating, 1/1 Running, 0/1 Completed",
    );
  });

  it("tells what happened to objects with --output-watch-events", async () => {
    await run("create configmap told");
    const watch = follow("get configmap told -w --output-watch-events");
    await watch.until(/^ADDED +told +0 /m, { stepMs: 0 });
    await run('patch configmap told --type=merge -p \'{"data":{"a":"b"}}\'');
    await watch.until(/^MODIFIED +told +1 /m, { stepMs: 0 });
    await run("delete configmap told");
    await watch.until(/^DELETED +told +1 /m, { stepMs: 0 });
    expect(await watch.stop()).toMatch(/^EVENT +NAME +DATA +AGE\n/);
  });

  it("sees a deployment become available with -w -o wide", async () => {
    // an image that no node has yet, so that there is something to see
    const image = version === "1.36" ? "nginx:1.22.0" : "nginx:1.23.0";
    await run("apply -f -", webDeployment({ replicas: 2, image }));
    const watch = follow("get deployment web -w -o wide");
    await watch.until(/ 0\/2 /, { stepMs: 0 });
    await watch.until(/ 2\/2 /);
    expect(await watch.stop()).toMatch(/\nweb +0\/2 .*\n(.*\n)*web +2\/2 +2 +2 /);
  });

  it("watches events as they come", async () => {
    const watch = follow("events --watch");
    await watch.until(/Scheduled/, { stepMs: 0 });
    await run("apply -f -", pod("late"));
    const text = await watch.until(/Started +Pod\/late/);
    expect(text).toContain(`Successfully assigned ${namespace}/late to node-`);
    await watch.stop();
  });

  it("follows a log to its end", async () => {
    await wait("wait --for=condition=Ready pod/late");
    const log = follow("logs -f late --tail=1");
    await log.until(/start worker process/, { stepMs: 0 });
    await run("delete pod late --wait=false");
    await log.until(/exit\n$/);
    expect(await log.stop()).toMatch(/signal 3 \(SIGQUIT\)/);
  });

  it("waits for what does not come, and gives up", async () => {
    await run("apply -f -", pod("never").replace("nginx:1.20.0", "nginx:no.such.tag"));
    const { stderr } = await cluster.kubectl(
      `-n ${namespace} wait --for=condition=Ready pod/never --timeout=1s`,
      { version, exitCode: 1 },
    );
    expect(stderr).toBe("error: timed out waiting for the condition on pods/never\n");
    expect(await wait("wait --for=create pod/never")).toBe("pod/never condition met\n");
  });
});
