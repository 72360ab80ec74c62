// Nodes at the prompt: labelled, cordoned, drained, tainted, chosen.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { pod, webDeployment } from "./manifests.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});

afterAll(() => cluster?.stop());

describe("kubectl", () => {
  const namespace = "myserver";
  let terminal: Terminal;
  const run = (command: string, stdin?: string) =>
    terminal.run(`-n ${namespace} ${command}`, stdin === undefined ? {} : { stdin });
  const wait = (command: string) => terminal.wait(`-n ${namespace} ${command}`);
  const nodesOfPods = () => run("get pods -o jsonpath={.items[*].spec.nodeName}");
  const eventOf = (name: string, reason: string) =>
    run(
      `get events --field-selector involvedObject.name=${name},reason=${reason} -o jsonpath={.items[*].message}`,
    );

  beforeAll(async () => {
    terminal = openTerminal(cluster);
    await terminal.run(`create namespace ${namespace}`);
  });

  it("lists them", async () => {
    const lines = (await run("get nodes")).trim().split("\n");
    expect(lines[0]).toMatch(/^NAME +STATUS +ROLES +AGE +VERSION$/);
    expect(lines.slice(1)).toEqual(
      ["node-1", "node-2", "node-3"].map((name) =>
        expect.stringMatching(new RegExp(`^${name} +Ready +<none> +\\w+ +v1\\.36\\.\\d$`)),
      ),
    );
    await run("label node node-1 node-role.kubernetes.io/worker=");
    expect(await run("get node node-1 --no-headers")).toMatch(/^node-1 +Ready +worker /);
    await run("label node node-1 node-role.kubernetes.io/worker-");
  });

  it("sends pods where their labels say, and says why when there is none", async () => {
    await run("label node node-2 disk=ssd");
    const choosy = (name: string, disk: string) =>
      pod(name).replace("spec:", `spec:\n  nodeSelector: {disk: ${disk}}`);
    await run("apply -f -", choosy("fast", "ssd"));
    await run("apply -f -", choosy("lost", "tape"));
    await wait("wait --for=condition=Ready pod/fast");
    expect(await run("get pod fast -o jsonpath={.spec.nodeName}")).toBe("node-2");
    expect(await run("get pod lost --no-headers")).toMatch(/^lost +0\/1 +Pending +0 /);
    expect(await eventOf("lost", "FailedScheduling")).toBe(
      "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector. " +
        "no new claims to deallocate, preemption: 0/3 nodes are available: " +
        "3 Preemption is not helpful for scheduling.",
    );
    await run("label node node-3 disk=tape");
    expect(await wait("wait --for=condition=Ready pod/lost")).toBe("pod/lost condition met\n");
    await run("label node node-2 node-3 disk-");
    await wait("delete pods --all");
  });

  it("cordons and uncordons", async () => {
    expect(await run("cordon node-1")).toBe("node/node-1 cordoned\n");
    expect(await run("cordon node-1")).toBe("node/node-1 already cordoned\n");
    expect(await run("get node node-1 --no-headers")).toMatch(/^node-1 +Ready,SchedulingDisabled /);
    await cluster.clock.advance(1000);
    const described = await run("describe node node-1");
    expect(described).toContain(
      "Taints:             node.kubernetes.io/unschedulable:NoSchedule\n",
    );
    expect(described).toContain("Unschedulable:      true\n");
    await run("apply -f -", webDeployment({ replicas: 4 }));
    await wait("rollout status deployment web");
    expect(await nodesOfPods()).not.toContain("node-1");
    expect(await run("uncordon node-1")).toBe("node/node-1 uncordoned\n");
    await cluster.clock.advance(1000);
    expect(await run("describe node node-1")).toContain("Taints:             <none>\n");
  });

  it("drains", async () => {
    await run("apply -f -", pod("lone").replace("spec:", "spec:\n  nodeName: node-2"));
    await wait("wait --for=condition=Ready pod/lone");
    const held = await cluster.kubectl("drain node-2", { exitCode: 1 });
    expect(held.stdout).toMatch(/^node\/node-2 cordoned\n/);
    expect(held.stderr).toContain(
      `cannot delete Pods that declare no controller (use --force to override): ${namespace}/lone`,
    );
    const { stdout, stderr } = await cluster.kubectl("drain node-2 --force");
    expect(stdout).toMatch(/^node\/node-2 already cordoned\n/);
    expect(stdout).toContain(`evicting pod ${namespace}/lone\n`);
    expect(stdout).toContain("pod/lone evicted\n");
    expect(stdout).toMatch(/node\/node-2 drained\n$/);
    expect(stderr).toBe(`Warning: deleting Pods that declare no controller: ${namespace}/lone\n`);
    await wait("rollout status deployment web");
    expect(await nodesOfPods()).not.toContain("node-2");
    await run("uncordon node-2");
  });

  it("taints", async () => {
    expect(await run("taint node node-3 for=others:NoSchedule")).toBe("node/node-3 tainted\n");
    expect(await terminal.refused("taint node node-3 for=others:NoSchedule")).toBe(
      "error: node node-3 already has for taint(s) with same effect(s) and --overwrite is false\n",
    );
    await run("cordon node-1");
    await run("cordon node-2");
    await run("apply -f -", pod("waiting"));
    await cluster.clock.advance(1000);
    expect(await eventOf("waiting", "FailedScheduling")).toBe(
      "0/3 nodes are available: 1 node(s) had untolerated taint(s), 2 node(s) were unschedulable. " +
        "no new claims to deallocate, preemption: 0/3 nodes are available: " +
        "3 Preemption is not helpful for scheduling.",
    );
    expect(await run("taint node node-3 for-")).toBe("node/node-3 untainted\n");
    await wait("wait --for=condition=Ready pod/waiting");
    expect(await run("get pod waiting -o jsonpath={.spec.nodeName}")).toBe("node-3");
    await run("uncordon node-1 node-2");
  });

  it("sends those away that do not tolerate it", async () => {
    await run("taint node node-3 go=away:NoExecute");
    await cluster.clock.advance(5000);
    expect(await nodesOfPods()).not.toContain("node-3");
    await run("taint node node-3 go-");
  });
});
