// A page that is made before the web server starts: two init containers, a folder and a file of the
// node that all three share, and what is left for the next pod.

import { podKind, type Pod } from "@kubonsai/api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type History } from "../support/history.ts";
import { freeNodePort, page } from "../support/page.ts";
import { openTerminal, type Followed, type Terminal } from "../support/terminal.ts";

const NODE_PORT = await freeNodePort();
const FILE = "/usr/share/nginx/html/diary/index.html";
let cluster: TestCluster;
let terminal: Terminal;
let pods: History<Pod>;
let rows: Followed;
beforeAll(async () => {
  cluster = await startTestCluster({ nodes: 1 });
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
});
afterAll(async () => {
  pods.stop();
  await cluster.stop();
});

/** Init containers written after the container, a folder that is not there yet, a file over a file. */
const MANIFEST = `kind: Deployment
apiVersion: apps/v1
metadata:
  name: diary
  namespace: shop
spec:
  selector:
    matchLabels: {app: diary}
  template:
    metadata:
      labels:
        app: diary 
    spec:
      containers:
      - name: web
        image: nginx:1.20.0 
        volumeMounts:
        - {mountPath: /usr/share/nginx/html/diary, name: pages}
        - {mountPath: /etc/localtime, name: zone}
      initContainers:
      - name: writer
        image: centos:7.9.2009
        command: ['/bin/bash','-c',"for n in \`seq 1 10\`;do echo '<p>'$n day of the diary $(date +%Y%m%d%H%M%S) '<p>' >> /srv/pages/index.html;sleep 1;done"]
        volumeMounts:
        - {mountPath: /srv/pages, name: pages}
        - {mountPath: /etc/localtime, name: zone}
      - name: opener
        image: busybox:1.28
        command: ['/bin/sh','-c',"/bin/chmod 644 /srv/pages/* -R"]
        volumeMounts:
        - {mountPath: /srv/pages, name: pages}
        - {mountPath: /etc/localtime, name: zone}
      volumes:
      - name: pages
        hostPath: {path: /tmp/diary/html}
      - name: zone
        hostPath:
          path: /etc/localtime 
---
apiVersion: v1
kind: Service
metadata: {name: diary, namespace: shop}
spec:
  type: NodePort
  selector: {app: diary}
  ports:
  - {port: 80, targetPort: 80, nodePort: ${NODE_PORT}}
`;

const asked = (path: string) => page(cluster.clock, `http://127.0.0.1:${NODE_PORT}${path}`);
const lines = async () => (await asked("/diary/index.html")).body.split("\n").slice(0, -1);
const nameOf = async () =>
  (await terminal.run("get pods -n shop -l app=diary -o name")).trim().slice("pod/".length);
const ready = () => terminal.wait("rollout status deployment/diary -n shop");

describe("two init containers before a web server", () => {
  let name: string;

  it("run one after the other, then the server", async () => {
    rows = terminal.follow("get pods -n shop --watch --no-headers");
    await terminal.run("apply -f -", { stdin: MANIFEST });
    await ready();
    name = await nameOf();
    await rows.until(/1\/1 +Running/, { stepMs: 0 });
    const states = (await rows.stop())
      .trim()
      .split("\n")
      .map((row) => row.split(/ +/)[2]);
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual([
      "Pending",
      "Init:0/2",
      "Init:1/2",
      "PodInitializing",
      "Running",
    ]);
  });

  it("keep the pod from being initialized until both are done", () => {
    const reasons = pods.of(name).map(({ object }) => {
      const of = (wanted: string) => object.status?.conditions?.find(({ type }) => type === wanted);
      const initialized = of("Initialized");
      return `${initialized?.status} ${initialized?.reason} ${of("Ready")?.reason}`;
    });
    const seen = reasons.filter((reason, index) => reason !== reasons[index - 1]);
    expect(seen).toEqual([
      "undefined undefined undefined",
      "False ContainersNotInitialized ContainersNotReady",
      "True undefined ContainersNotReady",
      "True undefined undefined",
    ]);
  });

  it("take ten seconds for ten lines, the second starting after the first", async () => {
    const { status } = await cluster.client.resource<Pod>(podKind).get("shop", name);
    const [writer, opener] = status!.initContainerStatuses!.map(({ state }) => state!.terminated!);
    const seconds = (Date.parse(writer!.finishedAt!) - Date.parse(writer!.startedAt!)) / 1000;
    expect(seconds).toBe(10);
    expect(Date.parse(opener!.startedAt!)).toBeGreaterThanOrEqual(Date.parse(writer!.finishedAt!));
    expect([writer, opener].map((one) => `${one!.reason} ${one!.exitCode}`)).toEqual([
      "Completed 0",
      "Completed 0",
    ]);
  });

  it("leave ten lines, a second apart, for the server", async () => {
    const written = await lines();
    expect(written).toHaveLength(10);
    const moments = written.map((line, index) => {
      const found = /^<p>(\d+) day of the diary (\d{14}) <p>$/.exec(line);
      expect(found?.[1]).toBe(String(index + 1));
      return Number(found?.[2]!.slice(-2));
    });
    for (const [index, second] of moments.slice(1).entries()) {
      expect((second - moments[index]! + 60) % 60).toBe(1);
    }
  });

  it.each([
    ["/diary/", 200],
    ["/diary/index.html", 200],
    ["/diary", 301],
    ["/", 200],
  ])("are seen at %s with %i", async (path, status) => {
    expect((await asked(path)).status).toBe(status);
    if (path === "/") expect((await asked(path)).body).toContain("Welcome to nginx!");
  });

  it("are kept as they were written, command substitution included", async () => {
    const path = "{.spec.template.spec.initContainers[0].command[2]}";
    const command = await terminal.run(`get deployment diary -n shop -o jsonpath=${path}`);
    expect(command).toContain("in `seq 1 10`;");
    expect(command).toContain("$(date +%Y%m%d%H%M%S)");
    const image = "{.spec.containers[0].image}";
    expect(await terminal.run(`get pod ${name} -n shop -o jsonpath=${image}`)).toBe("nginx:1.20.0");
  });

  it("gave the file the mode that it has for all", async () => {
    const stat = `exec -n shop ${name} -c web -- stat -c %a ${FILE}`;
    expect(await terminal.run(stat)).toBe("644\n");
    expect(await terminal.run(`logs -n shop ${name} -c writer`)).toBe("");
  });

  it("are described as completed", async () => {
    const described = await terminal.run(`describe pod ${name} -n shop`);
    const section = described.slice(described.indexOf("Init Containers:"));
    const initial = section.slice(0, section.indexOf("\nContainers:"));
    expect(
      initial.match(/State: +Terminated\n +Reason: +Completed\n +Exit Code: +0\n/g),
    ).toHaveLength(2);
    expect(initial).toMatch(/^ {2}writer:$/m);
    expect(initial).toMatch(/^ {2}opener:$/m);
  });

  it("write on what the node kept when the pod is another", async () => {
    await terminal.wait(`delete pod ${name} -n shop`);
    await ready();
    expect(await nameOf()).not.toBe(name);
    expect(await lines()).toHaveLength(20);
  });

  it("write side by side for two pods of one node", async () => {
    await terminal.run("delete deployment diary -n shop");
    await cluster.clock.advance(10_000);
    const two = MANIFEST.replace("spec:\n  selector", "spec:\n  replicas: 2\n  selector");
    await terminal.run("apply -f -", { stdin: two });
    await ready();
    const numbers = (await lines()).slice(20).map((line) => Number(/\d+/.exec(line)![0]));
    expect(numbers).toHaveLength(20);
    expect(numbers.filter((number) => number === 7)).toHaveLength(2);
    expect(numbers.slice(0, 3)).not.toEqual([1, 2, 3]);
  });

  it("do not run again when the server does", async () => {
    await terminal.run("scale deployment/diary -n shop --replicas=1");
    await cluster.clock.advance(10_000);
    const kept = (await lines()).length;
    const left = await nameOf();
    await cluster.kubectl(`exec -n shop ${left} -c web -- nginx -s quit`, { exitCode: "any" });
    await pods.until(
      ({ object }) =>
        object.metadata.name === left &&
        object.status?.containerStatuses?.[0]?.restartCount === 1 &&
        object.status.containerStatuses[0].ready,
    );
    expect((await lines()).length).toBe(kept);
  });
});
