// The end of a namespace with everything in it: what it says meanwhile, and that nothing is left in
// the store below it.

import { join } from "node:path";
import { namespaceKind, podKind, type Namespace, type Pod } from "@kubonsai/api";
import { connectStore } from "@kubonsai/store";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type History } from "../support/history.ts";
import { freeNodePort } from "../support/page.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { deployment, pod, service, together } from "./manifests.ts";

let cluster: TestCluster;
let terminal: Terminal;
let pods: History<Pod>;
let neighbour: string[];
beforeAll(async () => {
  cluster = await startTestCluster();
  terminal = openTerminal(cluster, "1.32");
  for (const name of ["shop", "harbour"]) {
    await terminal.run(`create namespace ${name}`);
    const manifest = together(
      deployment({ namespace: name, replicas: 3 }),
      service(await freeNodePort(), name),
    );
    await terminal.run("apply -f -", { stdin: manifest });
    await terminal.run(`create configmap settings -n ${name} --from-literal=colour=green`);
    await terminal.run(`create secret generic key -n ${name} --from-literal=word=open`);
    await terminal.run(`create serviceaccount clerk -n ${name}`);
  }
  const sleeping = ["image: busybox:1.36", "command: [sleep, '1000']"];
  const stubborn = pod("stubborn", {
    spec: ["terminationGracePeriodSeconds: 20"],
    container: sleeping,
  });
  const homeless = pod("homeless", { spec: ["nodeSelector: {disk: tape}"] });
  await terminal.run("apply -f -", { stdin: together(stubborn, homeless) });
  await terminal.wait("wait --for=condition=Ready pod/stubborn -n shop --timeout=60s");
  for (const name of ["shop", "harbour"])
    await terminal.wait(`rollout status deployment/shop -n ${name}`);
  await cluster.clock.advance(5_000);
  pods = await watchHistory<Pod>(cluster, podKind, "shop");
  neighbour = await keysOf("harbour");
});
afterAll(async () => {
  pods.stop();
  await cluster.stop();
});

/** Keys of the store that name a namespace. */
async function keysOf(namespace: string): Promise<string[]> {
  const address = `unix:${join(cluster.dataDir, "run", "store.sock")}`;
  const store = connectStore({ address, clock: cluster.clock });
  const { kvs } = await store.range({ key: "/", rangeEnd: "0", keysOnly: true });
  await store.close();
  const keys = kvs.map(({ key }) => key);
  return keys.filter(
    (key) => key.includes(`/${namespace}/`) || key === `/registry/namespaces/${namespace}`,
  );
}
const conditions = async () => {
  const { status } = await cluster.client.resource<Namespace>(namespaceKind).get("", "shop");
  const found = status?.conditions?.filter((condition) => condition.status === "True") ?? [];
  return found.map(({ type, reason, message }) => ({ type, reason, message }));
};

it("holds objects of many kinds", async () => {
  const resources = new Set((await keysOf("shop")).map((key) => key.split("/")[2]));
  for (const resource of ["pods", "configmaps", "secrets", "serviceaccounts", "deployments"])
    expect(resources).toContain(resource);
  for (const resource of ["replicasets", "endpointslices", "events", "namespaces"])
    expect(resources).toContain(resource);
});

it("takes nothing new while it ends, and waits for its pods first", async () => {
  expect(await terminal.run("delete namespace shop --wait=false")).toBe(
    'namespace "shop" deleted\n',
  );
  expect(await terminal.run("get namespace shop --no-headers")).toMatch(
    /^shop +Terminating +\d+s\n$/,
  );
  const refusal = await terminal.refused("create configmap late -n shop");
  expect(refusal).toBe(
    'error: failed to create configmap: configmaps "late" is forbidden: unable to create new ' +
      "content in namespace shop because it is being terminated\n",
  );
  await cluster.clock.advance(12_000);
  expect(await terminal.run("get pods -n shop --no-headers")).toMatch(
    /^stubborn +1\/1 +Terminating +0 +\d+s\n$/,
  );
  // while pods are left nothing else is looked at, so that nothing is known of it
  expect(await conditions()).toEqual([]);
});

it("gives its pods their grace and ends with the last of them", async () => {
  await terminal.wait("wait --for=delete namespace/shop --timeout=60s");
  const gone = pods.changes.find(
    ({ type, object }) => type === "DELETED" && object.metadata.name === "stubborn",
  )!;
  const marked = pods.of("stubborn").find(({ object }) => object.metadata.deletionTimestamp)!;
  expect((gone.atMs - marked.atMs) / 1_000).toBeCloseTo(20, 0);
});

it("leaves nothing in the store below it, and its neighbour alone", async () => {
  await cluster.clock.advance(60_000);
  expect(await keysOf("shop")).toEqual([]);
  const left = (await keysOf("harbour")).filter((key) => !key.includes("/events/"));
  expect(left).toEqual(neighbour.filter((key) => !key.includes("/events/")));
  expect(await terminal.run("get pods -n harbour --no-headers")).toMatch(
    /^(shop-\S+ +1\/1 +Running .*\n){3}$/,
  );
  expect(await terminal.refused("get namespace shop")).toBe(
    'Error from server (NotFound): namespaces "shop" not found\n',
  );
});

it("waits for finalizers and tells whose", async () => {
  await terminal.run("create namespace shop");
  const kept =
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept, namespace: shop, finalizers: [example.com/keep]}";
  await terminal.run("apply -f -", { stdin: kept });
  await terminal.run("delete namespace shop --wait=false");
  await cluster.clock.advance(20_000);
  expect(await conditions()).toEqual([
    {
      type: "NamespaceContentRemaining",
      reason: "SomeResourcesRemain",
      message: "Some resources are remaining: configmaps. has 1 resource instances",
    },
    {
      type: "NamespaceFinalizersRemaining",
      reason: "SomeFinalizersRemain",
      message:
        "Some content in the namespace has finalizers remaining: example.com/keep in 1 resource instances",
    },
  ]);
  const free = ["--type=json", '-p=[{"op":"remove","path":"/metadata/finalizers"}]'];
  await terminal.run(["patch", "configmap", "kept", "-n", "shop", ...free]);
  await terminal.wait("wait --for=delete namespace/shop --timeout=60s");
  expect(await keysOf("shop")).toEqual([]);
});

it("keeps kubectl waiting until it is gone", async () => {
  expect(await terminal.wait("delete namespace harbour")).toBe('namespace "harbour" deleted\n');
  expect(await keysOf("harbour")).toEqual([]);
});
