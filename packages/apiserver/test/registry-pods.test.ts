// Pods: admitted, bound, given time to end.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KubernetesObject, Pod } from "@kubonsai/api";
import {
  deleting,
  makeNamespace,
  named,
  pod,
  startFixture,
  updating,
  watching,
  type Fixture,
} from "./registry-fixture.ts";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
  await makeNamespace(fixture, "default");
});
afterEach(() => fixture.close());

const key = { namespace: "default", name: "web" };
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

async function make(spec: object = {}): Promise<Pod> {
  const stored = await fixture.of("pods").create("default", pod("web", spec), fixture.write);
  return stored.object as Pod;
}

function bind(node: string, metadata: object = {}): Promise<KubernetesObject> {
  const binding = {
    ...named("v1", "Binding", "web"),
    metadata: { name: "web", ...metadata },
    target: { kind: "Node", name: node },
  };
  const call = fixture.of("pods").subresource("binding")!.create!;
  return call(key, binding as KubernetesObject, fixture.write);
}

describe("admission", () => {
  test("gives a pod an account, its token, tolerations and a priority", async () => {
    const { spec } = await make();
    expect(spec).toMatchObject({
      serviceAccountName: "default",
      serviceAccount: "default",
      priority: 0,
      preemptionPolicy: "PreemptLowerPriority",
    });
    expect(spec.tolerations).toEqual(
      ["not-ready", "unreachable"].map((taint) => ({
        key: `node.kubernetes.io/${taint}`,
        operator: "Exists",
        effect: "NoExecute",
        tolerationSeconds: 300,
      })),
    );
    const [volume] = spec.volumes!;
    expect(volume).toEqual({
      name: expect.stringMatching(/^kube-api-access-[a-z0-9]{5}$/),
      projected: {
        defaultMode: 420,
        sources: [
          { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
          { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
          {
            downwardAPI: {
              items: [
                {
                  path: "namespace",
                  fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" },
                },
              ],
            },
          },
        ],
      },
    });
    expect(spec.containers[0]!.volumeMounts).toEqual([
      {
        name: volume!.name,
        readOnly: true,
        mountPath: "/var/run/secrets/kubernetes.io/serviceaccount",
      },
    ]);
  });

  test("mounts no token where none is wanted", async () => {
    const { spec } = await make({ automountServiceAccountToken: false });
    expect(spec.volumes).toBeUndefined();
  });

  test.each([
    [
      { serviceAccountName: "nope" },
      'pods "web" is forbidden: error looking up service account default/nope: ' +
        'serviceaccount "nope" not found',
    ],
    [
      { priority: 7 },
      'pods "web" is forbidden: the integer value of priority (7) must not be provided in pod ' +
        "spec; priority admission controller computed 0 from the given PriorityClass name",
    ],
    [
      { priorityClassName: "nope" },
      'pods "web" is forbidden: no PriorityClass with name nope was found',
    ],
  ])("refuses %j", async (spec, message) => {
    await expect(make(spec)).rejects.toMatchObject({ code: 403, message });
  });

  test("knows the system's own priorities", async () => {
    const { spec } = await make({ priorityClassName: "system-node-critical" });
    expect(spec.priority).toBe(2_000_001_000);
  });

  test("waits for the default account of a namespace that was made just now", async () => {
    const { of, write } = fixture;
    await of("namespaces").create("", named("v1", "Namespace", "fresh"), write);
    const made = of("pods").create("fresh", pod("web"), write);
    await settle();
    await of("serviceaccounts").create("fresh", named("v1", "ServiceAccount", "default"), write);
    expect((await made).object.metadata.namespace).toBe("fresh");
  });

  test("does not wait for ever", async () => {
    const { of, write, clock } = fixture;
    await of("namespaces").create("", named("v1", "Namespace", "fresh"), write);
    const refused = expect(of("pods").create("fresh", pod("web"), write)).rejects.toThrow(
      'error looking up service account fresh/default: serviceaccount "default" not found',
    );
    await settle();
    await clock.advance(2_000);
    await refused;
  });
});

describe("binding", () => {
  test("assigns the node and says so, in one write", async () => {
    const { of } = fixture;
    const created = await make();
    const { resourceVersion } = created.metadata;
    const seen = await watching(of("pods"), "default", { resourceVersion });
    expect(await bind("one", { annotations: { a: "b" } })).toMatchObject({ status: "Success" });
    const { object } = await of("pods").get(key, {});
    expect(object).toMatchObject({
      metadata: { annotations: { a: "b" } },
      spec: { nodeName: "one" },
      status: {
        conditions: [
          {
            type: "PodScheduled",
            status: "True",
            lastTransitionTime: "2026-01-01T00:00:00Z",
          },
        ],
      },
    });
    await settle();
    expect(seen.lines).toEqual(["MODIFIED default/web"]);
  });

  test("happens once", async () => {
    await make();
    await bind("one");
    await expect(bind("two")).rejects.toMatchObject({
      code: 409,
      reason: "Conflict",
      message:
        'Operation cannot be fulfilled on pods/binding "web": pod web is already assigned to ' +
        'node "one"',
    });
  });

  test("is for pods that may be scheduled", async () => {
    await make({ schedulingGates: [{ name: "example.com/wait" }] });
    await expect(bind("one")).rejects.toThrow("pod web has non-empty .spec.schedulingGates");
  });

  test("is for the pod that was meant", async () => {
    await make();
    await expect(bind("one", { uid: "other" })).rejects.toMatchObject({ code: 409 });
  });

  test("tells the pod where its node stands", async () => {
    const { of, write } = fixture;
    const labels = { "topology.kubernetes.io/zone": "a", unrelated: "x" };
    const node = { ...named("v1", "Node", "one"), metadata: { name: "one", labels } };
    await of("nodes").create("", node, write);
    await make();
    await bind("one");
    const { object } = await of("pods").get(key, {});
    expect(object.metadata.labels).toEqual({ "topology.kubernetes.io/zone": "a" });
  });
});

describe("delete", () => {
  const remove = (options = {}) => fixture.of("pods").delete(key, deleting(fixture, options));

  test("of a pod on no node is at once", async () => {
    await make();
    expect((await remove()).gone).toBe(true);
  });

  test("gives a running pod its time", async () => {
    await make({ terminationGracePeriodSeconds: 60 });
    await bind("one");
    const { gone, stored } = await remove();
    expect(gone).toBe(false);
    expect(stored.object.metadata).toMatchObject({
      deletionTimestamp: "2026-01-01T00:01:00Z",
      deletionGracePeriodSeconds: 60,
    });
  });

  test("may shorten that time, not lengthen it", async () => {
    await make({ terminationGracePeriodSeconds: 60 });
    await bind("one");
    const first = await remove();
    const longer = await remove({ gracePeriodSeconds: 90 });
    expect(longer.stored.resourceVersion).toBe(first.stored.resourceVersion);
    expect((await remove()).stored.resourceVersion).toBe(first.stored.resourceVersion);
    const shorter = await remove({ gracePeriodSeconds: 20 });
    expect(shorter.stored.object.metadata).toMatchObject({
      deletionTimestamp: "2026-01-01T00:00:20Z",
      deletionGracePeriodSeconds: 20,
    });
    await fixture.clock.advance(30_000);
    const late = await remove({ gracePeriodSeconds: 10 });
    expect(late.stored.object.metadata).toMatchObject({
      deletionTimestamp: "2026-01-01T00:00:30Z",
      deletionGracePeriodSeconds: 1,
    });
  });

  test("takes a negative time for one second", async () => {
    await make({ terminationGracePeriodSeconds: 60 });
    await bind("one");
    const { stored } = await remove({ gracePeriodSeconds: -5 });
    expect(stored.object.metadata.deletionGracePeriodSeconds).toBe(1);
  });

  test("without grace shows the pod dying before it is gone", async () => {
    await make({ terminationGracePeriodSeconds: 60 });
    await bind("one");
    const { of } = fixture;
    const { resourceVersion } = await of("pods").get(key, {});
    const seen = await watching(of("pods"), "", { resourceVersion });
    expect((await remove({ gracePeriodSeconds: 0 })).gone).toBe(true);
    await settle();
    expect(seen.lines).toEqual(["MODIFIED default/web", "DELETED default/web"]);
    expect(seen.objects[0]!.object.metadata).toMatchObject({
      deletionTimestamp: "2026-01-01T00:00:00Z",
      deletionGracePeriodSeconds: 0,
    });
  });

  test("of a pod that ended is at once", async () => {
    await make({ terminationGracePeriodSeconds: 60 });
    await bind("one");
    const end = (current: KubernetesObject | undefined) => {
      (current as Pod).status = { ...(current as Pod).status, phase: "Succeeded" };
      return current!;
    };
    await fixture.of("pods").update(key, end, updating(fixture, { subresource: "status" }));
    expect((await remove()).gone).toBe(true);
  });

  test("by eviction says why", async () => {
    await make({ terminationGracePeriodSeconds: 60 });
    await bind("one");
    const { of, write } = fixture;
    const eviction = named("policy/v1", "Eviction", "web");
    await of("pods").subresource("eviction")!.create!(key, eviction, write);
    const { object } = await of("pods").get(key, {});
    expect(object.metadata.deletionGracePeriodSeconds).toBe(60);
    expect((object as Pod).status!.conditions).toContainEqual({
      type: "DisruptionTarget",
      status: "True",
      reason: "EvictionByEvictionAPI",
      message: "Eviction API: evicting",
      lastTransitionTime: "2026-01-01T00:00:00Z",
    });
  });
});

describe("parts", () => {
  const change = (subresource: string, edit: (object: Pod) => void) =>
    fixture.of("pods").update(
      key,
      (current) => {
        edit(current as Pod);
        return current!;
      },
      updating(fixture, { subresource }),
    );

  test("ephemeralcontainers adds containers, and nothing else", async () => {
    await make();
    const debug = { name: "debug", image: "busybox" };
    const { stored } = await change("ephemeralcontainers", (object) => {
      object.spec.ephemeralContainers = [debug];
      object.spec.containers[0]!.image = "other";
    });
    const { spec } = stored.object as Pod;
    expect(spec.ephemeralContainers).toMatchObject([debug]);
    expect(spec.containers[0]!.image).toBe("nginx");
    const removal = change("ephemeralcontainers", (object) => {
      delete object.spec.ephemeralContainers;
    });
    await expect(removal).rejects.toThrow(
      'spec.ephemeralContainers: Forbidden: existing ephemeral containers "debug" may not be removed',
    );
  });

  test("resize changes what a container may use, not how dear it is held", async () => {
    const sized = (cpu: string) => ({ requests: { cpu } });
    await make({ containers: [{ name: "main", image: "nginx", resources: sized("1") }] });
    const { stored } = await change("resize", ({ spec }) => {
      spec.containers[0]!.resources = sized("2");
      spec.containers[0]!.image = "other";
    });
    const { spec, metadata } = stored.object as Pod;
    expect(spec.containers[0]).toMatchObject({ image: "nginx", resources: sized("2") });
    expect(metadata.generation).toBe(2);
    const guaranteed = { cpu: "1", memory: "1Gi" };
    const promote = change("resize", (object) => {
      object.spec.containers[0]!.resources = { requests: guaranteed, limits: guaranteed };
    });
    await expect(promote).rejects.toThrow("Pod QOS Class may not change as a result of resizing");
    const remove = change("resize", (object) => {
      delete object.spec.containers[0]!.resources;
    });
    await expect(remove).rejects.toThrow(
      "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed",
    );
  });
});

test("a new node takes no pods until it was seen ready", async () => {
  const { of, write } = fixture;
  const { object } = await of("nodes").create("", named("v1", "Node", "one"), write);
  expect(object).toMatchObject({
    spec: { taints: [{ key: "node.kubernetes.io/not-ready", effect: "NoSchedule" }] },
  });
});
