// Namespaces come and go; what every server makes at its start; scale; tokens.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Deployment, KubernetesObject, Namespace, Scale } from "@kubonsai/api";
import { bootstrap } from "../src/bootstrap/bootstrap.ts";
import { firstClusterIp } from "../src/bootstrap/kubernetes-service.ts";
import {
  configMap,
  deleting,
  makeNamespace,
  named,
  pod,
  startFixture,
  updating,
  type Fixture,
} from "./registry-fixture.ts";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
  await makeNamespace(fixture, "here");
});
afterEach(() => fixture.close());

const here = { namespace: "", name: "here" };

describe("a namespace", () => {
  const remove = () => fixture.of("namespaces").delete(here, deleting(fixture));
  const finalize = () =>
    fixture.of("namespaces").update(
      here,
      (current) => {
        (current as Namespace).spec = { finalizers: [] };
        return current!;
      },
      updating(fixture, { subresource: "finalize" }),
    );

  test("lives on as Terminating until it is finalized", async () => {
    const { gone, stored } = await remove();
    expect(gone).toBe(false);
    expect(stored.object).toMatchObject({
      metadata: { deletionTimestamp: "2026-01-01T00:00:00Z" },
      spec: { finalizers: ["kubernetes"] },
      status: { phase: "Terminating" },
    });
    expect((await remove()).gone).toBe(false);
    await finalize();
    await expect(fixture.of("namespaces").get(here, {})).rejects.toThrow(
      'namespaces "here" not found',
    );
  });

  test("that is going takes nothing new", async () => {
    await remove();
    const { of, write } = fixture;
    const error = await of("configmaps")
      .create("here", configMap("a"), write)
      .catch((failure) => failure);
    expect(error).toMatchObject({
      code: 403,
      message:
        'configmaps "a" is forbidden: unable to create new content in namespace here because it ' +
        "is being terminated",
    });
    expect(error.status.details.causes).toEqual([
      {
        reason: "NamespaceTerminating",
        message: "namespace here is being terminated",
        field: "metadata.namespace",
      },
    ]);
  });

  test("that is still full can be emptied while it goes", async () => {
    const { of, write } = fixture;
    await of("configmaps").create("here", configMap("a"), write);
    await remove();
    const key = { namespace: "here", name: "a" };
    expect((await of("configmaps").delete(key, deleting(fixture))).gone).toBe(true);
  });
});

describe("bootstrap", () => {
  const options = { advertiseAddress: "10.0.0.1", port: 6443, clusterIp: "10.96.0.1" };

  test("makes the system's namespaces and the Service of the server, once", async () => {
    const { of, registry } = fixture;
    await bootstrap(registry, options);
    const { items } = await of("namespaces").list("", {});
    const names = items.map(({ object }) => object.metadata.name);
    expect(names).toEqual(["default", "here", "kube-node-lease", "kube-public", "kube-system"]);
    const key = { namespace: "default", name: "kubernetes" };
    const service = await of("services").get(key, {});
    expect(service.object).toMatchObject({
      metadata: { labels: { component: "apiserver", provider: "kubernetes" } },
      spec: { clusterIP: "10.96.0.1", ports: [{ name: "https", port: 443, targetPort: 6443 }] },
    });
    await bootstrap(registry, options);
    expect((await of("services").get(key, {})).resourceVersion).toBe(service.resourceVersion);
  });

  test("follows the server to another port", async () => {
    const { of, registry } = fixture;
    await bootstrap(registry, options);
    await bootstrap(registry, { ...options, port: 7443 });
    const key = { namespace: "default", name: "kubernetes" };
    expect((await of("services").get(key, {})).object).toMatchObject({
      spec: { ports: [{ targetPort: 7443 }] },
    });
    expect((await of("endpoints").get(key, {})).object).toMatchObject({
      subsets: [{ addresses: [{ ip: "10.0.0.1" }], ports: [{ port: 7443 }] }],
    });
    expect((await of("endpointslices", "discovery.k8s.io").get(key, {})).object).toMatchObject({
      endpoints: [{ addresses: ["10.0.0.1"] }],
      ports: [{ port: 7443 }],
    });
  });

  test("leaves namespaces that may not be deleted", async () => {
    await bootstrap(fixture.registry, options);
    const key = { namespace: "", name: "kube-system" };
    await expect(fixture.of("namespaces").delete(key, deleting(fixture))).rejects.toThrow(
      'namespaces "kube-system" is forbidden: this namespace may not be deleted',
    );
  });

  test("takes the first address of the range", () => {
    expect(firstClusterIp("10.96.0.0/12")).toBe("10.96.0.1");
  });
});

describe("scale", () => {
  const key = { namespace: "here", name: "web" };
  const scale = () => fixture.of("deployments", "apps").subresource("scale")!;

  beforeEach(async () => {
    const labels = { app: "web" };
    const template = {
      metadata: { labels },
      spec: { containers: [{ name: "a", image: "nginx" }] },
    };
    const spec = { replicas: 2, selector: { matchLabels: labels }, template };
    const deployment = { ...named("apps/v1", "Deployment", "web"), spec } as KubernetesObject;
    await fixture.of("deployments", "apps").create("here", deployment, fixture.write);
  });

  const resize = (replicas: number) => (current: KubernetesObject) =>
    ({ ...current, spec: { replicas } }) as KubernetesObject;

  test("shows the size and the selector", async () => {
    expect(await scale().get!(key, {})).toMatchObject({
      kind: "Scale",
      apiVersion: "autoscaling/v1",
      metadata: { name: "web", namespace: "here" },
      spec: { replicas: 2 },
      status: { replicas: 0, selector: "app=web" },
    });
  });

  test("changes the size of the Deployment", async () => {
    const scaled = (await scale().update!(key, resize(5), fixture.write)) as Scale;
    expect(scaled.spec.replicas).toBe(5);
    const { object } = await fixture.of("deployments", "apps").get(key, {});
    expect((object as Deployment).spec.replicas).toBe(5);
    expect(object.metadata.resourceVersion).toBe(scaled.metadata.resourceVersion);
  });

  test("refuses less than nothing", async () => {
    await expect(scale().update!(key, resize(-1), fixture.write)).rejects.toMatchObject({
      code: 422,
      message:
        'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater ' +
        "than or equal to 0",
    });
  });
});

describe("token", () => {
  const key = { namespace: "here", name: "default" };

  async function ask(spec: object): Promise<{ grant: object; spec: object }> {
    const { of, write } = fixture;
    const request = { ...named("authentication.k8s.io/v1", "TokenRequest", "default"), spec };
    const call = of("serviceaccounts").subresource("token")!.create!;
    const answer = (await call(key, request as KubernetesObject, write)) as KubernetesObject & {
      spec: object;
      status: { token: string };
    };
    return { grant: JSON.parse(answer.status.token) as object, spec: answer.spec };
  }

  test("is for the account, an hour, and the server", async () => {
    const { of } = fixture;
    const { uid } = (await of("serviceaccounts").get(key, {})).object.metadata;
    const { grant, spec } = await ask({});
    expect(grant).toEqual({
      namespace: "here",
      serviceAccount: { name: "default", uid },
      audiences: [],
      expirationSeconds: 3600,
    });
    expect(spec).toEqual({ audiences: ["kubernetes"], expirationSeconds: 3600 });
  });

  test("may be bound to a pod of that account", async () => {
    const { of, write } = fixture;
    const { object } = await of("pods").create("here", pod("web", { nodeName: "one" }), write);
    const boundObjectRef = { kind: "Pod", apiVersion: "v1", name: "web" };
    const { grant } = await ask({ boundObjectRef });
    expect(grant).toMatchObject({
      boundObject: { kind: "Pod", name: "web", uid: object.metadata.uid },
      node: { name: "one" },
    });
    await expect(
      ask({ boundObjectRef: { ...boundObjectRef, uid: "other" } }),
    ).rejects.toMatchObject({ code: 409 });
  });

  test.each([
    [{ expirationSeconds: 5 }, "may not specify a duration less than 10 minutes"],
    [
      { boundObjectRef: { kind: "Job", apiVersion: "batch/v1", name: "a" } },
      "cannot bind token to",
    ],
    [{ boundObjectRef: { kind: "Pod", apiVersion: "v1", name: "nope" } }, 'pods "nope" not found'],
  ])("is refused for %j", async (spec, message) => {
    await expect(ask(spec)).rejects.toThrow(message);
  });
});

test("an Event of one group is an Event of the other", async () => {
  const { of, write } = fixture;
  const event = {
    ...named("events.k8s.io/v1", "Event", "a"),
    eventTime: "2026-01-01T00:00:00.000000Z",
    reportingController: "x",
    reportingInstance: "x-1",
    action: "Binding",
    reason: "Scheduled",
    type: "Normal",
    note: "said",
    regarding: { kind: "Pod", namespace: "here", name: "web" },
  };
  const created = await of("events", "events.k8s.io").create("here", event as never, write);
  const core = await of("events").list("here", { fieldSelector: "involvedObject.name=web" });
  expect(core.items.map(({ object }) => object)).toMatchObject([
    { apiVersion: "v1", message: "said", involvedObject: { name: "web" } },
  ]);
  const own = await of("events", "events.k8s.io").list("", { fieldSelector: "regarding.name=web" });
  expect(own.items[0]!.object).toMatchObject({ apiVersion: "events.k8s.io/v1", note: "said" });
  expect(own.items[0]!.resourceVersion).toBe(created.resourceVersion);
});

test("events are forgotten an hour after they were last written", async () => {
  const { of, write, clock } = fixture;
  const involvedObject = { kind: "Pod", namespace: "here", name: "web" };
  const event = {
    ...named("v1", "Event", "a"),
    involvedObject,
    lastTimestamp: "2026-01-01T00:00:00Z",
  };
  await of("events").create("here", event as KubernetesObject, write);
  await clock.advance(59 * 60_000);
  expect((await of("events").list("here", {})).items).toHaveLength(1);
  await clock.advance(3 * 60_000);
  expect((await of("events").list("here", {})).items).toHaveLength(0);
});
