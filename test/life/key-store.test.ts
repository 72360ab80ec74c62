// A Redis that is asked by a command of its own whether it lives.

import { eventKind, podKind, type Event, type Pod } from "@kubonsai/api";
import { holding } from "@kubonsai/clock";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type History } from "../support/history.ts";
import { freeNodePort } from "../support/page.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";

const NODE_PORT = await freeNodePort();
let cluster: TestCluster;
let terminal: Terminal;
let pods: History<Pod>;
let events: History<Event>;
let name: string;
beforeAll(async () => {
  cluster = await startTestCluster();
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
  events = await watchHistory<Event>(cluster, eventKind, "shop");
});
afterAll(async () => {
  for (const history of [pods, events]) history.stop();
  await cluster.stop();
});

/** The command's first word has a blank behind it, and the line before `---` has nothing but blanks. */
const MANIFEST = `apiVersion: apps/v1
kind: Deployment
metadata: {name: carts, namespace: shop}
spec:
  replicas: 1
  selector:
    matchLabels: {app: carts}
  template:
    metadata:
      labels: {app: carts}
    spec:
      containers:
      - name: store
        image: redis
        ports:
        - containerPort: 6379
        livenessProbe:
        # readinessProbe:
          exec:
            command:
            # - /opt/redis/bin/redis-cli
            - /usr/local/bin/redis-cli 
            - quit
          initialDelaySeconds: 5
          periodSeconds: 3
          timeoutSeconds: 5
          successThreshold: 1
          failureThreshold: 3
      
---
apiVersion: v1
kind: Service
metadata: {name: carts, namespace: shop}
spec:
  type: NodePort
  selector: {app: carts}
  ports:
  - {port: 6379, targetPort: 6379, nodePort: ${NODE_PORT}, protocol: TCP}
`;

/** What a client gets for these bytes, until the server closes. */
const asked = (bytes: string) =>
  holding(
    cluster.clock,
    () =>
      new Promise<string>((resolve, reject) => {
        let answer = "";
        const socket = connect(NODE_PORT, "127.0.0.1", () => socket.end(bytes));
        socket.setEncoding("latin1").on("data", (text: string) => (answer += text));
        socket.on("error", reject).on("end", () => resolve(answer));
      }),
  );
const container = async () => {
  const pod = await cluster.client.resource<Pod>(podKind).get("shop", name);
  return pod.status!.containerStatuses![0]!;
};
const restarted = (count: number) =>
  pods.until(
    ({ object }) =>
      object.metadata.name === name &&
      object.status?.containerStatuses?.[0]?.restartCount === count &&
      object.status.containerStatuses[0].state?.running !== undefined,
  );
const cli = (...words: string[]) =>
  terminal.run(["exec", "-n", "shop", name, "--", "redis-cli", ...words]);
const unhealthy = () =>
  events.changes.filter(({ object }) => object.reason === "Unhealthy").map(({ object }) => object);

describe("redis with a liveness command", () => {
  it("comes up, is pulled each time, and stays", async () => {
    await terminal.run("apply -f -", { stdin: MANIFEST });
    await terminal.wait("rollout status deployment/carts -n shop");
    name = (await terminal.run("get pods -n shop -o name")).trim().slice("pod/".length);
    const policy = "{.spec.containers[0].imagePullPolicy}";
    expect(await terminal.run(`get pod ${name} -n shop -o jsonpath=${policy}`)).toBe("Always");
    const command = "{.spec.containers[0].livenessProbe.exec.command[0]}";
    expect(await terminal.run(`get pod ${name} -n shop -o jsonpath=${command}`)).toBe(
      "/usr/local/bin/redis-cli",
    );
    await cluster.clock.advance(60_000);
    expect(await container()).toMatchObject({ ready: true, restartCount: 0 });
    expect(unhealthy()).toEqual([]);
  });

  it("answers its own client, and says in its log that it is ready", async () => {
    expect(await cli("quit")).toBe("OK\n");
    expect(await cli("set", "cart:7", "3 pears")).toBe("OK\n");
    expect(await cli("get", "cart:7")).toBe("3 pears\n");
    expect(await terminal.run(`logs -n shop ${name}`)).toMatch(/Ready to accept connections/);
  });

  it("speaks its protocol on the node's port", async () => {
    expect(await asked("PING\r\n*2\r\n$3\r\nGET\r\n$6\r\ncart:7\r\nQUIT\r\n")).toBe(
      "+PONG\r\n$7\r\n3 pears\r\n+OK\r\n",
    );
  });

  it("is back without its keys after it was told to end", async () => {
    expect(await cli("shutdown", "nosave")).toBe("");
    const { object } = await restarted(1);
    const { lastState } = object.status!.containerStatuses![0]!;
    expect(lastState!.terminated).toMatchObject({ exitCode: 0, reason: "Completed" });
    expect(await cli("dbsize")).toBe("0\n");
    expect(unhealthy()).toEqual([]);
  });

  it("is restarted when it answers where nobody asks", async () => {
    const elsewhere = MANIFEST.replace(
      "image: redis\n",
      "image: redis\n        args: [--port, '7000']\n",
    );
    await terminal.run("apply -f -", { stdin: elsewhere });
    await terminal.wait("rollout status deployment/carts -n shop");
    const { object } = await pods.until(
      ({ object }) =>
        object.metadata.name !== name && object.status?.containerStatuses?.[0]?.restartCount === 1,
    );
    const told = unhealthy().filter(
      ({ involvedObject }) => involvedObject.name === object.metadata.name,
    );
    expect(told.at(-1)).toMatchObject({
      type: "Warning",
      count: 3,
      message:
        "Liveness probe failed: Could not connect to Redis at 127.0.0.1:6379: Connection refused\n",
    });
  });
});
