// How manifests come in through kubectl, the oldest and the newest: what is taken, what is refused,
// in which words.

import { deploymentKind, serviceKind, type Deployment, type Service } from "@kubonsai/api";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { freeNodePort } from "../support/page.ts";
import { asksForPage, deployment, probing, service, together } from "./manifests.ts";

const NODE_PORT = await freeNodePort();
const probes = ["readinessProbe:", `livenessProbe: ${asksForPage}`];
const shop = together(deployment({ probes }), service(NODE_PORT));

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.stop());

const versions = ["1.36", "1.32"] as const;
const feed = (command: string, stdin: string, version: "1.36" | "1.32" = "1.36") =>
  cluster.kubectl(`${command} -f -`, { stdin, version, stepMs: 0, exitCode: "any" });
const stored = () => cluster.client.resource<Deployment>(deploymentKind).get("shop", "shop");
const clear = (version: "1.36" | "1.32") =>
  cluster.kubectl("delete -n shop --ignore-not-found deployment/shop service/shop-door", {
    version,
  });

describe.each(versions)("with kubectl %s", (version) => {
  it.each(["apply", "create"])("%s names the missing namespace for every object", async (verb) => {
    const missing =
      'Error from server (NotFound): error when creating "STDIN": namespaces "shop" not found\n';
    expect(await feed(verb, shop, version)).toEqual({
      stdout: "",
      stderr: missing + missing,
      exitCode: 1,
    });
    const { stdout } = await cluster.kubectl("get deployments,services -A -o name", { stepMs: 0 });
    expect(stdout).toBe("service/kubernetes\n");
  });
});

describe.each(versions)("in its namespace, with kubectl %s", (version) => {
  beforeAll(async () => {
    const namespace = "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}";
    const { stdout } = await feed("apply", namespace, version);
    expect(stdout).toMatch(/^namespace\/shop (created|unchanged)\n$/);
  });

  afterEach(async () => void (await clear(version)));

  it.each([
    ["create", "created"],
    ["create --validate=strict", "created"],
    ["apply", "created"],
    ["apply --validate=strict", "created"],
    ["apply --server-side", "serverside-applied"],
    ["apply --server-side --validate=strict", "serverside-applied"],
  ])("%s takes a probe that is null and stores none", async (command, done) => {
    expect(await feed(command, shop, version)).toEqual({
      stdout: `deployment.apps/shop ${done}\nservice/shop-door ${done}\n`,
      stderr: "",
      exitCode: 0,
    });
    const { metadata, spec } = await stored();
    const [container] = spec!.template.spec!.containers;
    expect(container).not.toHaveProperty("readinessProbe");
    expect(container!.livenessProbe).toEqual({
      httpGet: { path: "/index.html", port: 80, scheme: "HTTP" },
      initialDelaySeconds: 5,
      periodSeconds: 3,
      timeoutSeconds: 1,
      successThreshold: 1,
      failureThreshold: 3,
    });
    const applied = metadata.annotations?.["kubectl.kubernetes.io/last-applied-configuration"];
    if (command.startsWith("apply") && !command.includes("--server-side"))
      expect(applied).toContain('"readinessProbe":null');
    else expect(applied).toBeUndefined();
  });

  it("leaves everything as it is when applied again", async () => {
    const plain = together(deployment(), service(NODE_PORT));
    await feed("apply", plain, version);
    const { stdout } = await feed("apply", plain, version);
    expect(stdout).toBe("deployment.apps/shop unchanged\nservice/shop-door unchanged\n");
    await cluster.kubectl("rollout status -n shop deployment/shop", { version });
    await cluster.clock.advance(3_000);
    const { metadata } = await stored();
    // kubectl itself sends a null that the manifest names, and calls that configured
    await feed("apply", shop, version);
    await cluster.kubectl("rollout status -n shop deployment/shop", { version });
    await cluster.clock.advance(3_000);
    const changed = await stored();
    await feed("apply", shop, version);
    expect((await stored()).metadata).toEqual(changed.metadata);
    expect(changed.metadata.generation).toBe(metadata.generation! + 1);
  });

  it("puts one kind of probe in the place of another, and refuses both at once", async () => {
    await feed("apply", shop, version);
    const overTcp = probing("tcpSocket: {port: 80}");
    const other = together(
      deployment({ probes: [`livenessProbe: ${overTcp}`] }),
      service(NODE_PORT),
    );
    expect((await feed("apply", other, version)).stdout).toBe(
      "deployment.apps/shop configured\nservice/shop-door unchanged\n",
    );
    const { livenessProbe } = (await stored()).spec!.template.spec!.containers[0]!;
    expect(livenessProbe).toMatchObject({ tcpSocket: { port: 80 }, periodSeconds: 3 });
    expect(livenessProbe).not.toHaveProperty("httpGet");
    const both = probing("tcpSocket: {port: 80}, httpGet: {port: 80}");
    const refused = await feed(
      "apply",
      deployment({ probes: [`livenessProbe: ${both}`] }),
      version,
    );
    expect(refused.stderr).toBe(
      'The Deployment "shop" is invalid: spec.template.spec.containers[0].livenessProbe.tcpSocket: ' +
        "Forbidden: may not specify more than 1 handler type\n",
    );
  });

  it("keeps no blank of the file, and says so when an object is there", async () => {
    await feed("create", shop, version);
    const { metadata, spec } = await stored();
    expect([metadata.namespace, spec!.template.metadata!.labels]).toEqual([
      "shop",
      { app: "shop-web" },
    ]);
    expect(spec!.template.spec!.containers[0]!.image).toBe("nginx:1.20.2");
    const again = await feed("create", shop, version);
    expect(again.stderr).toBe(
      'Error from server (AlreadyExists): error when creating "STDIN": deployments.apps "shop" already exists\n' +
        // a port is claimed before a name is, so this object is told of the port
        'Error from server (Invalid): error when creating "STDIN": Service "shop-door" is invalid: ' +
        `spec.ports[0].nodePort: Invalid value: ${NODE_PORT}: provided port is already allocated\n`,
    );
  });

  it("gives the service its addresses and defaults", async () => {
    await feed("apply", service(NODE_PORT), version);
    const { spec } = await cluster.client.resource<Service>(serviceKind).get("shop", "shop-door");
    expect(spec).toMatchObject({
      clusterIP: expect.stringMatching(/^10\.96\.\d+\.\d+$/),
      clusterIPs: [spec!.clusterIP],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      internalTrafficPolicy: "Cluster",
      externalTrafficPolicy: "Cluster",
      sessionAffinity: "None",
      ports: [{ name: "http", port: 81, targetPort: 80, nodePort: NODE_PORT, protocol: "TCP" }],
    });
  });
});

describe("node ports", () => {
  it("belong to one service in all namespaces", async () => {
    await feed("apply", service(NODE_PORT));
    await cluster.kubectl("create namespace rival", { stepMs: 0 });
    const { stderr } = await feed("apply", service(NODE_PORT, "rival"));
    expect(stderr).toBe(
      `The Service "shop-door" is invalid: spec.ports[0].nodePort: Invalid value: ${NODE_PORT}: ` +
        "provided port is already allocated\n",
    );
  });

  it("outside the range are refused by naming it, and the rest of the file is taken", async () => {
    const narrow = await startTestCluster({
      nodes: 1,
      serviceNodePortRange: { first: 30_000, last: 32_767 },
    });
    try {
      await narrow.kubectl("create namespace shop", { stepMs: 0 });
      const result = await narrow.kubectl("apply -f -", {
        stdin: shop,
        stepMs: 0,
        exitCode: 1,
      });
      expect(result).toEqual({
        stdout: "deployment.apps/shop created\n",
        stderr:
          `The Service "shop-door" is invalid: spec.ports[0].nodePort: Invalid value: ${NODE_PORT}: ` +
          "provided port is not in the valid range. The range of valid ports is 30000-32767\n",
        exitCode: 1,
      });
    } finally {
      await narrow.stop();
    }
  }, 60_000);
});
