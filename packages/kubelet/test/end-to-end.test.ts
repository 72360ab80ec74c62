// The kubelet before the real API server: nodes register, a bound pod runs and goes.

import {
  configMapKind,
  endpointSliceKind,
  eventKind,
  leaseKind,
  nodeKind,
  podKind,
  serviceAccountKind,
  serviceKind,
  summarisePod,
  type Event,
  type Node,
  type Pod,
} from "@kubonsai/api";
import { get } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startCluster, type TestCluster } from "./support/cluster.ts";

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startCluster(2);
});
afterAll(() => cluster.stop());

const pods = () => cluster.client.resource<Pod>(podKind);

function webPod(name: string): Pod {
  return {
    metadata: { name, namespace: "default" },
    spec: {
      nodeName: "node-1",
      automountServiceAccountToken: false,
      containers: [{ name: "web", image: "nginx:1.20.2" }],
    },
  };
}

async function create(pod: Pod): Promise<void> {
  await ensureAccount();
  await pods().create(pod);
}

/** What the controller-manager would have made. */
async function ensureAccount(): Promise<void> {
  const accounts = cluster.client.resource(serviceAccountKind);
  const metadata = { name: "default", namespace: "default" };
  await accounts.create({ metadata }).catch(() => undefined);
  const data = { "ca.crt": "certificate" };
  const root = { metadata: { name: "kube-root-ca.crt", namespace: "default" }, data };
  await cluster.client
    .resource(configMapKind)
    .create(root)
    .catch(() => undefined);
}

const untilPhase = (name: string, phase: string) =>
  cluster.clock.advanceUntil(
    async () => (await pods().get("default", name)).status?.phase === phase,
  );

async function eventsOf(name: string): Promise<string[]> {
  const { items } = await cluster.client.resource<Event>(eventKind).list("default");
  return items
    .filter(({ involvedObject }) => involvedObject.name === name)
    .map(({ type, reason, message }) => `${type} ${reason} ${message}`);
}

describe("nodes", () => {
  it("are registered and Ready, with their lease and their events", async () => {
    const nodes = await cluster.client.resource<Node>(nodeKind).list("");
    expect(nodes.items.map(({ metadata }) => metadata.name)).toEqual(["node-1", "node-2"]);
    const [first] = nodes.items;
    expect(first?.spec?.podCIDR).toBe("10.244.1.0/24");
    expect(first?.status?.conditions?.map(({ type, status }) => `${type}=${status}`)).toEqual([
      "MemoryPressure=False",
      "DiskPressure=False",
      "PIDPressure=False",
      "Ready=True",
    ]);
    expect(first?.status?.daemonEndpoints?.kubeletEndpoint?.Port).toBe(cluster.port);
    const lease = await cluster.client.resource(leaseKind).get("kube-node-lease", "node-2");
    expect(lease.spec?.holderIdentity).toBe("node-2");
    await cluster.clock.settle();
    expect(await eventsOf("node-1")).toEqual([
      "Normal Starting Starting kubelet.",
      "Normal NodeHasSufficientMemory Node node-1 status is now: NodeHasSufficientMemory",
      "Normal NodeHasNoDiskPressure Node node-1 status is now: NodeHasNoDiskPressure",
      "Normal NodeHasSufficientPID Node node-1 status is now: NodeHasSufficientPID",
      "Normal NodeReady Node node-1 status is now: NodeReady",
    ]);
  });
});

describe("a node's report", () => {
  const nodes = () => cluster.client.resource<Node>(nodeKind);

  it("tells when it is cordoned and opened again", async () => {
    for (const unschedulable of [true, false]) {
      await nodes().patch("", "node-2", { type: "merge", body: { spec: { unschedulable } } });
      await cluster.clock.settle();
    }
    expect((await eventsOf("node-2")).slice(-2)).toEqual([
      "Normal NodeNotSchedulable Node node-2 status is now: NodeNotSchedulable",
      "Normal NodeSchedulable Node node-2 status is now: NodeSchedulable",
    ]);
  });

  it("comes again when somebody called the node lost", async () => {
    const ready = { type: "Ready", status: "Unknown", reason: "NodeStatusUnknown" };
    const body = { status: { conditions: [ready] } };
    await nodes().patch("", "node-2", { type: "strategic", body }, { subresource: "status" });
    await cluster.clock.advance(10_000);
    const { status } = await nodes().get("", "node-2");
    expect(status?.conditions?.at(-1)).toMatchObject({ type: "Ready", status: "True" });
  });
});

describe("a pod", () => {
  it("runs, and is gone after its deletion", async () => {
    await create(webPod("a"));
    await untilPhase("a", "Running");
    const running = await pods().get("default", "a");
    expect(running.status).toMatchObject({
      podIP: expect.stringMatching(/^10\.244\.1\./),
      containerStatuses: [{ ready: true, started: true, image: "docker.io/library/nginx:1.20.2" }],
    });
    const reasons = (await eventsOf("a")).map((line) => line.split(" ").slice(0, 2).join(" "));
    expect(reasons).toEqual([
      "Normal Pulling",
      "Normal Pulled",
      "Normal Created",
      "Normal Started",
    ]);
    await pods().delete("default", "a");
    await cluster.clock.advanceUntil(async () => (await pods().list("default")).items.length === 0);
    expect(await eventsOf("a")).toContain("Normal Killing Stopping container web");
  });

  it("is killed although it was forced out of the API", async () => {
    await create(webPod("b"));
    await untilPhase("b", "Running");
    await pods().delete("default", "b", { gracePeriodSeconds: 0 });
    await cluster.clock.advance(3000);
    expect(await eventsOf("b")).toContain("Normal Killing Stopping container web");
  });

  it("comes back after its kubelet did", async () => {
    await create(webPod("c"));
    await untilPhase("c", "Running");
    await cluster.restartKubelet();
    await cluster.clock.advanceUntil(
      async () =>
        (await pods().get("default", "c")).status?.containerStatuses?.[0]?.restartCount === 1,
    );
    const { status } = await pods().get("default", "c");
    expect(status?.containerStatuses?.[0]?.lastState?.terminated).toMatchObject({
      exitCode: 255,
      reason: "Unknown",
    });
    await pods().delete("default", "c");
    await cluster.clock.advanceUntil(async () => (await pods().list("default")).items.length === 0);
  });
});

describe("without the API server", () => {
  it("pods go on, and what became of them is told later", async () => {
    const pod = webPod("f");
    pod.spec.restartPolicy = "Never";
    pod.spec.activeDeadlineSeconds = 30;
    await create(pod);
    await untilPhase("f", "Running");
    await cluster.stopServer();
    await cluster.clock.advance(40_000);
    await cluster.startServer();
    await untilPhase("f", "Failed");
    expect((await pods().get("default", "f")).status?.reason).toBe("DeadlineExceeded");
    await pods().delete("default", "f");
    await cluster.clock.advanceUntil(async () => (await pods().list("default")).items.length === 0);
    await create(webPod("g"));
    await untilPhase("g", "Running");
    await pods().delete("default", "g");
    await cluster.clock.advanceUntil(async () => (await pods().list("default")).items.length === 0);
  });
});

describe("on the wire", () => {
  /** `MODIFIED Running 1/1 SIR`: with the conditions that are True. */
  const line = (type: string, pod: Pod) => {
    const { status, readyContainers, totalContainers } = summarisePod(pod);
    const marks = ["PodReadyToStartContainers", "Initialized", "Ready"].map((name, index) =>
      pod.status?.conditions?.some((one) => one.type === name && one.status === "True")
        ? "SIR"[index]
        : "-",
    );
    return `${type} ${status} ${readyContainers}/${totalContainers} ${marks.join("")}`;
  };

  it("a life is told in the order of the real kubelet", async () => {
    const lines: string[] = [];
    const watching = new AbortController();
    const watch = async () => {
      for await (const event of pods().watch("default", {}, watching.signal)) {
        if (event.type === "BOOKMARK" || event.type === "ERROR") continue;
        if (event.object.metadata.name === "e") lines.push(line(event.type, event.object));
      }
    };
    const watched = watch();
    await cluster.clock.settle();
    const pod = webPod("e");
    // an image that is not on the node yet: without the pull the second status would be left out
    pod.spec.containers[0]!.image = "nginx:1.21.6";
    pod.spec.containers[0]!.readinessProbe = { httpGet: { port: 80 }, periodSeconds: 3 };
    await create(pod);
    await cluster.clock.advance(10_000);
    await pods().delete("default", "e");
    await cluster.clock.advance(10_000);
    watching.abort();
    await watched;
    expect(lines).toEqual([
      "ADDED Pending 0/1 ---",
      "MODIFIED ContainerCreating 0/1 -I-",
      "MODIFIED ContainerCreating 0/1 SI-",
      "MODIFIED Running 0/1 SI-",
      "MODIFIED Running 1/1 SIR",
      "MODIFIED Terminating 1/1 SIR",
      "MODIFIED Terminating 1/1 SIR",
      "MODIFIED Completed 0/1 -I-",
      "MODIFIED Completed 0/1 -I-",
      "DELETED Completed 0/1 -I-",
    ]);
  });
});

describe("a node port", () => {
  it("is open while its service has a ready pod, and leads there", async () => {
    await create(webPod("d"));
    await untilPhase("d", "Running");
    const { podIP = "" } = (await pods().get("default", "d")).status ?? {};
    const port = await makeService(podIP);
    await cluster.clock.settle();
    expect(await visit(port)).toMatch(/^200 nginx\/1\.20\.2 [^]*Welcome to nginx!/);
    const slices = cluster.client.resource(endpointSliceKind);
    await slices.delete("default", "web-1");
    await cluster.clock.settle();
    await expect(visit(port)).rejects.toThrow("ECONNREFUSED");
  });

  /** By a new connection: those that exist outlive the endpoint. */
  function visit(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, agent: false };
      const visited = get(options, (response) => {
        let text = `${response.statusCode} ${response.headers.server} `;
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve(text));
      });
      visited.on("error", reject);
    });
  }

  async function makeService(podIP: string): Promise<number> {
    const metadata = { name: "web", namespace: "default" };
    const service = await cluster.client.resource(serviceKind).create({
      metadata,
      spec: { type: "NodePort", ports: [{ port: 81, targetPort: 80 }] },
    });
    await cluster.client.resource(endpointSliceKind).create({
      metadata: {
        ...metadata,
        name: "web-1",
        labels: { "kubernetes.io/service-name": "web" },
      },
      addressType: "IPv4",
      endpoints: [{ addresses: [podIP], conditions: { ready: true } }],
      ports: [{ name: "", port: 80, protocol: "TCP" }],
    });
    return service.spec.ports![0]!.nodePort!;
  }
});
