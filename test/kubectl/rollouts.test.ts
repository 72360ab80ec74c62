// A deployment's life at the prompt: scaled, changed, watched, held, put back.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});

afterAll(() => cluster?.stop());

describe("kubectl", () => {
  const namespace = "myserver";
  let terminal: Terminal;
  const run = (command: string) => terminal.run(`${command} -n ${namespace}`);
  const rolledOut = async () => {
    const told = await terminal.wait(`rollout status deployment/web -n ${namespace}`);
    expect(told).toMatch(/(^|\n)deployment "web" successfully rolled out\n$/);
    return told;
  };
  const field = (path: string) =>
    terminal.run(["get", "deployment", "web", "-n", namespace, "-o", `jsonpath={${path}}`]);

  beforeAll(async () => {
    terminal = openTerminal(cluster);
    await terminal.run(`create namespace ${namespace}`);
    await run("create deployment web --image=nginx:1.20.0");
    await rolledOut();
  });

  it("scales up and down", async () => {
    expect(await run("scale deployment web --replicas=3")).toBe("deployment.apps/web scaled\n");
    await rolledOut();
    expect((await run("get pods -o name")).trim().split("\n")).toHaveLength(3);
    expect(await run("scale deployment/web --replicas=2 --current-replicas=3")).toBe(
      "deployment.apps/web scaled\n",
    );
    expect(
      await terminal.refused(
        `scale deployment/web --replicas=1 --current-replicas=7 -n ${namespace}`,
      ),
    ).toBe("error: Expected replicas to be 7, was 2\n");
    await rolledOut();
    await cluster.clock.advance(3000);
    expect((await run("get pods -o name")).trim().split("\n")).toHaveLength(2);
  });

  it("tells how a rollout goes on", async () => {
    expect(await run("set image deployment/web nginx=nginx:1.21.0")).toBe(
      "deployment.apps/web image updated\n",
    );
    const told = (await rolledOut()).trim().split("\n");
    expect(told.length).toBeGreaterThan(2);
    for (const line of told.slice(0, -1)) {
      expect(line).toMatch(
        /^Waiting for deployment "web" rollout to finish: (\d out of 2 new replicas have been updated|1 old replicas are pending termination)\.\.\.$|^Waiting for deployment spec update to be observed\.\.\.$/,
      );
    }
    expect(await run("get pods -o jsonpath={.items[*].spec.containers[0].image}")).toMatch(
      /^(nginx:1\.21\.0 ?)+$/,
    );
  });

  it("remembers revisions and their causes", async () => {
    await run("annotate deployment web kubernetes.io/change-cause=newer");
    await cluster.clock.advance(1000);
    expect(await run("rollout history deployment/web")).toBe(
      "deployment.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         newer\n\n",
    );
    const second = await run("rollout history deployment/web --revision=2");
    expect(second).toMatch(/^deployment.apps\/web with revision #2\nPod Template:\n/);
    expect(second).toContain("    Image:\tnginx:1.21.0\n");
  });

  it("goes back", async () => {
    expect(await run("rollout undo deployment/web")).toBe("deployment.apps/web rolled back\n");
    await rolledOut();
    expect(await field(".spec.template.spec.containers[0].image")).toBe("nginx:1.20.0");
    expect(await run("rollout history deployment/web")).toMatch(/\n2 +newer\n3 +<none>\n\n$/);
    expect(await run("rollout undo deployment/web --to-revision=2")).toBe(
      "deployment.apps/web rolled back\n",
    );
    await rolledOut();
    expect(await field(".spec.template.spec.containers[0].image")).toBe("nginx:1.21.0");
    expect(
      await terminal.refused(`rollout undo deployment/web --to-revision=99 -n ${namespace}`),
    ).toBe("error: unable to find specified revision 99 in history\n");
  });

  it("restarts all pods", async () => {
    const before = await run("get pods -o name");
    expect(await run("rollout restart deployment/web")).toBe("deployment.apps/web restarted\n");
    await rolledOut();
    await cluster.clock.advance(3000);
    const after = (await run("get pods -o name")).trim().split("\n");
    expect(after).toHaveLength(2);
    for (const name of after) expect(before).not.toContain(name);
  });

  it("holds changes while paused", async () => {
    expect(await run("rollout pause deployment/web")).toBe("deployment.apps/web paused\n");
    expect(await terminal.refused(`rollout pause deployment/web -n ${namespace}`)).toBe(
      'error: deployments.apps "web" is already paused\n',
    );
    await run("set env deployment/web COLOR=blue");
    await run("set resources deployment/web --requests=cpu=10m");
    await cluster.clock.advance(3000);
    expect(await field(".status.updatedReplicas")).toBe("");
    expect(await field(".status.conditions[?(@.type=='Progressing')].reason")).toBe(
      "DeploymentPaused",
    );
    expect(await run("rollout resume deployment/web")).toBe("deployment.apps/web resumed\n");
    await rolledOut();
    expect(await field(".spec.template.spec.containers[0].env[0].value")).toBe("blue");
  });

  it("keeps serving while a rollout cannot go on", async () => {
    await run("set image deployment/web nginx=nginx:no.such.tag");
    await cluster.clock.advance(30_000);
    expect(await run("get deployment web --no-headers")).toMatch(/^web +2\/2 +1 +2 +\S+\n$/);
    const pods = await run("get pods --no-headers");
    expect(pods).toMatch(/ 0\/1 +(ErrImagePull|ImagePullBackOff) +0 /);
    await run("rollout undo deployment/web");
    await rolledOut();
  });
});
