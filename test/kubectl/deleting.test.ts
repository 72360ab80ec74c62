// The ways to be rid of something, and what waits for what.

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
  const from = ` from ${namespace} namespace`;
  let terminal: Terminal;
  const run = (command: string, stdin?: string) =>
    terminal.run(`-n ${namespace} ${command}`, stdin === undefined ? {} : { stdin });
  const wait = (command: string) => terminal.wait(`-n ${namespace} ${command}`);
  const names = async (what: string) => (await run(`get ${what} -o name`)).trim().split("\n");

  const deployed = async () => {
    await run("apply -f -", webDeployment({ replicas: 2 }));
    await wait("rollout status deployment web");
  };
  const running = async (name: string) => {
    await run("apply -f -", pod(name));
    await wait(`wait --for=condition=Ready pod/${name}`);
  };

  beforeAll(async () => {
    terminal = openTerminal(cluster);
    await terminal.run(`create namespace ${namespace}`);
  });

  it("waits until it is gone", async () => {
    await running("gone");
    expect(await wait("delete pod gone")).toBe(`pod "gone" deleted${from}\n`);
    expect(await run("get pods -o name")).toBe("");
  });

  it("does not wait when told so, and waits afterwards", async () => {
    await run("run going --image=busybox -- sleep 3600");
    await wait("wait --for=condition=Ready pod/going");
    expect(await run("delete pod going --wait=false")).toBe(`pod "going" deleted${from}\n`);
    expect(await run("get pod going --no-headers")).toMatch(/^going +1\/1 +Terminating +0 /);
    expect(await run("get pod going -o jsonpath={.metadata.deletionGracePeriodSeconds}")).toBe(
      "30",
    );
    // it says so only when it saw it go
    expect(await wait("wait --for=delete pod/going --timeout=60s")).toMatch(
      /^(pod\/going condition met\n)?$/,
    );
    expect(await terminal.refused(`wait --for=condition=Ready pod/going -n ${namespace}`)).toBe(
      'Error from server (NotFound): pods "going" not found\n',
    );
  });

  it("shortens the grace, or gives none", async () => {
    await run("run stubborn --image=busybox -- sleep 3600");
    await wait("wait --for=condition=Ready pod/stubborn");
    await run("delete pod stubborn --grace-period=7 --wait=false");
    expect(await run("get pod stubborn -o jsonpath={.metadata.deletionGracePeriodSeconds}")).toBe(
      "7",
    );
    await cluster.clock.advance(6000);
    expect(await names("pods")).toEqual(["pod/stubborn"]);
    await cluster.clock.advance(4000);
    expect(await names("pods")).toEqual([""]);

    await running("forced");
    const { stdout, stderr } = await cluster.kubectl(
      `delete pod forced --force --grace-period=0 -n ${namespace}`,
      { stepMs: 0 },
    );
    expect(stdout).toBe(`pod "forced" force deleted${from}\n`);
    expect(stderr).toBe(
      "Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. " +
        "The resource may continue to run on the cluster indefinitely.\n",
    );
    await running("now");
    expect(await wait("delete pod now --now")).toBe(`pod "now" deleted${from}\n`);
  });

  it("replaces a deployment's pod", async () => {
    await deployed();
    const [first] = await names("pods");
    await wait(`delete ${first}`);
    await wait("rollout status deployment web");
    const after = await names("pods");
    expect(after).toHaveLength(2);
    expect(after).not.toContain(first);
  });

  it("takes what belongs to it along: in the background, in the foreground, or not", async () => {
    expect(await run("delete deployment web")).toBe(`deployment.apps "web" deleted${from}\n`);
    await cluster.clock.advance(5000);
    expect(await names("rs,pods")).toEqual([""]);

    await deployed();
    expect(await wait("delete deployment web --cascade=foreground")).toBe(
      `deployment.apps "web" deleted${from}\n`,
    );
    expect(await names("rs,pods")).toEqual([""]);

    await deployed();
    const [before] = await names("rs");
    await wait("delete deployment web --cascade=orphan");
    await cluster.clock.advance(5000);
    expect(await names("rs")).toEqual([before]);
    expect(await names("pods")).toHaveLength(2);
    expect(await run(`get ${before} -o jsonpath={.metadata.ownerReferences}`)).toBe("");
    await deployed();
    expect(await names("rs")).toEqual([before]);
    await wait("delete deployment web --cascade=foreground");
  });

  it("deletes many: by kind, label, file, or all", async () => {
    for (const name of ["a", "b", "c"]) await run(`create configmap ${name}`);
    await run("label configmap a b of=two");
    expect(await run("delete configmaps -l of=two --dry-run=server")).toMatch(
      /^configmap "a" deleted.* \(server dry run\)\nconfigmap "b" deleted.* \(server dry run\)\n$/,
    );
    expect(await run("delete configmaps -l of=two")).toBe(
      `configmap "a" deleted${from}\nconfigmap "b" deleted${from}\n`,
    );
    expect(await run("delete configmap a --ignore-not-found")).toBe("");
    expect(await run("delete configmap/c")).toBe(`configmap "c" deleted${from}\n`);
    await run("apply -f -", pod("filed"));
    expect(await terminal.wait(`delete -f - -n ${namespace}`, { stdin: pod("filed") })).toBe(
      `pod "filed" deleted${from}\n`,
    );
    const nothing = await cluster.kubectl(`delete pods --all -n ${namespace}`);
    expect(nothing.stdout + nothing.stderr).toBe("No resources found\n");
  });

  it("shows a namespace that is going, and lets nothing new in", async () => {
    await run("run stubborn --image=busybox -- sleep 3600");
    await wait("wait --for=condition=Ready pod/stubborn");
    await terminal.run(`delete namespace ${namespace} --wait=false`);
    await cluster.clock.advance(2000);
    expect(await terminal.run(`get namespace ${namespace} --no-headers`)).toMatch(/ Terminating /);
    expect(await terminal.refused(`create configmap late -n ${namespace}`)).toBe(
      'error: failed to create configmap: configmaps "late" is forbidden: unable to create new content in namespace ' +
        `${namespace} because it is being terminated\n`,
    );
    await terminal.wait(`wait --for=delete namespace/${namespace} --timeout=90s`, { stepMs: 1000 });
    expect(await run("get pods,configmaps -o name")).toBe("");
  });
});
