// Objects are made, read, changed and removed.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KubernetesObject } from "@kubonsai/api";
import {
  configMap,
  deleting,
  makeNamespace,
  named,
  startFixture,
  updating,
  type Fixture,
} from "./registry-fixture.ts";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
  await makeNamespace(fixture, "default");
});
afterEach(() => fixture.close());

const key = (name: string) => ({ namespace: "default", name });
const withData = (value: string) => (current: KubernetesObject | undefined) =>
  ({ ...current!, data: { value } }) as KubernetesObject;

describe("create", () => {
  test("gives the object what is the server's to give", async () => {
    const { of, write } = fixture;
    const stored = await of("configmaps").create("default", configMap("a", { k: "v" }), write);
    expect(stored.object).toMatchObject({
      kind: "ConfigMap",
      apiVersion: "v1",
      data: { k: "v" },
      metadata: {
        name: "a",
        namespace: "default",
        creationTimestamp: "2026-01-01T00:00:00Z",
        resourceVersion: stored.resourceVersion,
      },
    });
    expect(stored.object.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(stored.bytes.toString())).toEqual(stored.object);
  });

  test("is read back at once, by get and by list", async () => {
    const { of, write } = fixture;
    const stored = await of("configmaps").create("default", configMap("a"), write);
    expect((await of("configmaps").get(key("a"), {})).bytes).toEqual(stored.bytes);
    const list = await of("configmaps").list("", {});
    expect(list.items.map(({ object }) => object)).toEqual([stored.object]);
  });

  test("refuses a name that is taken", async () => {
    const { of, write } = fixture;
    await of("configmaps").create("default", configMap("a"), write);
    await expect(of("configmaps").create("default", configMap("a"), write)).rejects.toMatchObject({
      code: 409,
      reason: "AlreadyExists",
      message: 'configmaps "a" already exists',
    });
  });

  test("makes a name from generateName", async () => {
    const { of, write } = fixture;
    const object = { ...configMap(""), metadata: { generateName: "web-" } };
    const stored = await of("configmaps").create("default", object, write);
    expect(stored.object.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  test("refuses a namespace that is not there, and one that is another", async () => {
    const { of, write } = fixture;
    await expect(of("configmaps").create("nope", configMap("a"), write)).rejects.toThrow(
      'namespaces "nope" not found',
    );
    const elsewhere = { ...configMap("a"), metadata: { name: "a", namespace: "x" } };
    await expect(of("configmaps").create("default", elsewhere, write)).rejects.toThrow(
      "the namespace of the provided object does not match the namespace sent on the request",
    );
  });

  test("refuses a resourceVersion", async () => {
    const { of, write } = fixture;
    const object = { ...configMap("a"), metadata: { name: "a", resourceVersion: "7" } };
    await expect(of("configmaps").create("default", object, write)).rejects.toThrow(
      "resourceVersion should not be set on objects to be created",
    );
  });

  test("as a dry run writes nothing", async () => {
    const { of, write } = fixture;
    const stored = await of("configmaps").create("default", configMap("a"), {
      ...write,
      dryRun: true,
    });
    expect(stored.object.metadata.uid).toBeDefined();
    await expect(of("configmaps").get(key("a"), {})).rejects.toThrow('configmaps "a" not found');
  });

  test("keeps a member named __proto__ a member", async () => {
    const { of, write } = fixture;
    const object = JSON.parse(
      '{"metadata":{"name":"a","labels":{"x":"y"}},"data":{"__proto__":"v"}}',
    ) as KubernetesObject;
    const stored = await of("configmaps").create("default", object, write);
    expect(stored.bytes.toString()).toContain('"__proto__":"v"');
    expect(({} as { v?: string }).v).toBeUndefined();
  });
});

describe("update", () => {
  test("writes a change and counts the version on", async () => {
    const { of, write } = fixture;
    const created = await of("configmaps").create("default", configMap("a"), write);
    const {
      stored,
      created: isNew,
      unchanged,
    } = await of("configmaps").update(key("a"), withData("1"), updating(fixture));
    expect({ isNew, unchanged }).toEqual({ isNew: false, unchanged: false });
    expect(Number(stored.resourceVersion)).toBeGreaterThan(Number(created.resourceVersion));
    expect(stored.object).toMatchObject({ data: { value: "1" } });
    expect(stored.object.metadata.uid).toBe(created.object.metadata.uid);
  });

  test("that changes nothing writes nothing", async () => {
    const { of, write } = fixture;
    const created = await of("configmaps").create("default", configMap("a"), write);
    const same = await of("configmaps").update(key("a"), (now) => now!, updating(fixture));
    expect(same.unchanged).toBe(true);
    expect(same.stored.resourceVersion).toBe(created.resourceVersion);
  });

  test("made from an older version is refused", async () => {
    const { of, write } = fixture;
    const { object } = await of("configmaps").create("default", configMap("a"), write);
    await of("configmaps").update(key("a"), withData("1"), updating(fixture));
    const stale = () => withData("2")(structuredClone(object));
    await expect(of("configmaps").update(key("a"), stale, updating(fixture))).rejects.toMatchObject(
      {
        code: 409,
        message:
          'Operation cannot be fulfilled on configmaps "a": the object has been modified; ' +
          "please apply your changes to the latest version and try again",
      },
    );
  });

  test("loses no race: each of many writers counts", async () => {
    const { of, write } = fixture;
    await of("configmaps").create("default", configMap("a", { value: "0" }), write);
    const increment = (current: KubernetesObject | undefined) => {
      const { data } = current as KubernetesObject & { data: { value: string } };
      const counted = withData(String(Number(data.value) + 1))(current);
      delete counted.metadata.resourceVersion;
      return counted;
    };
    const writers = Array.from({ length: 20 }, () =>
      of("configmaps").update(key("a"), increment, updating(fixture)),
    );
    await Promise.all(writers);
    const { object } = await of("configmaps").get(key("a"), {});
    expect(object).toMatchObject({ data: { value: "20" } });
  });

  test("of what is not there is refused, or makes it where that is allowed", async () => {
    const { of } = fixture;
    const wanted = () => configMap("a");
    await expect(of("configmaps").update(key("a"), wanted, updating(fixture))).rejects.toThrow(
      'configmaps "a" not found',
    );
    const options = updating(fixture, { allowCreate: true });
    expect((await of("configmaps").update(key("a"), wanted, options)).created).toBe(true);
  });

  test("meant for another object of that name is refused", async () => {
    const { of, write } = fixture;
    const { object } = await of("configmaps").create("default", configMap("a"), write);
    const options = updating(fixture, { preconditions: { uid: "other" } });
    await expect(of("configmaps").update(key("a"), withData("1"), options)).rejects.toThrow(
      'Operation cannot be fulfilled on configmaps "a": StorageError: invalid object, Code: 4, ' +
        "Key: /registry/configmaps/default/a, ResourceVersion: 0, AdditionalErrorMsg: " +
        "Precondition failed: UID in precondition: other, UID in object meta: " +
        object.metadata.uid,
    );
  });
});

describe("delete", () => {
  test("removes, once", async () => {
    const { of, write } = fixture;
    await of("configmaps").create("default", configMap("a"), write);
    const { gone, stored } = await of("configmaps").delete(key("a"), deleting(fixture));
    expect(gone).toBe(true);
    expect(stored.object.metadata.name).toBe("a");
    await expect(of("configmaps").delete(key("a"), deleting(fixture))).rejects.toThrow(
      'configmaps "a" not found',
    );
  });

  test("waits for finalizers, and the last one to go takes the object along", async () => {
    const { of, write } = fixture;
    const object = { ...configMap("a"), metadata: { name: "a", finalizers: ["example.com/x"] } };
    await of("configmaps").create("default", object, write);
    const { gone, stored } = await of("configmaps").delete(key("a"), deleting(fixture));
    expect(gone).toBe(false);
    expect(stored.object.metadata).toMatchObject({
      deletionTimestamp: "2026-01-01T00:00:00Z",
      deletionGracePeriodSeconds: 0,
    });
    const release = (current: KubernetesObject | undefined) => {
      current!.metadata.finalizers = [];
      return current!;
    };
    await of("configmaps").update(key("a"), release, updating(fixture));
    await expect(of("configmaps").get(key("a"), {})).rejects.toThrow("not found");
  });

  test.each([
    ["Orphan", ["orphan"]],
    ["Foreground", ["foregroundDeletion"]],
  ] as const)("with %s leaves the rest to the garbage collector", async (policy, finalizers) => {
    const { of, write } = fixture;
    await of("configmaps").create("default", configMap("a"), write);
    const options = deleting(fixture, { propagationPolicy: policy });
    const { gone, stored } = await of("configmaps").delete(key("a"), options);
    expect(gone).toBe(false);
    expect(stored.object.metadata.finalizers).toEqual(finalizers);
  });

  test.each([
    [
      { uid: "other" },
      /^Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition \(other\) does not match the UID in record \([0-9a-f-]+\)\. The object might have been deleted and then recreated$/,
    ],
    [
      { resourceVersion: "1" },
      /^Operation cannot be fulfilled on ConfigMap "a": the ResourceVersion in the precondition \(1\) does not match the ResourceVersion in record \(\d+\)\. The object might have been modified$/,
    ],
  ])("holds to the precondition %j", async (preconditions, message) => {
    const { of, write } = fixture;
    await of("configmaps").create("default", configMap("a"), write);
    const options = deleting(fixture, { preconditions });
    await expect(of("configmaps").delete(key("a"), options)).rejects.toThrow(message);
  });

  test("of a collection takes what the selector names", async () => {
    const { of, write } = fixture;
    for (const [name, tier] of [
      ["a", "x"],
      ["b", "y"],
      ["c", "x"],
    ]) {
      const object = { ...configMap(name!), metadata: { name: name!, labels: { tier: tier! } } };
      await of("configmaps").create("default", object, write);
    }
    const selected = { labelSelector: "tier=x" };
    await of("configmaps").deleteCollection("default", selected, deleting(fixture));
    const left = await of("configmaps").list("default", {});
    expect(left.items.map(({ object }) => object.metadata.name)).toEqual(["b"]);
  });
});

test("a Lease must say which state of it was seen", async () => {
  const { of, write } = fixture;
  const lease = named("coordination.k8s.io/v1", "Lease", "a");
  await of("leases", "coordination.k8s.io").create("default", lease, write);
  const blind = () => structuredClone(lease);
  await expect(
    of("leases", "coordination.k8s.io").update(key("a"), blind, updating(fixture)),
  ).rejects.toThrow(
    'leases.coordination.k8s.io "a" is invalid: metadata.resourceVersion: Invalid value: 0: ' +
      "must be specified for an update",
  );
});

test("counts what there is, per resource", async () => {
  const { of, write, registry } = fixture;
  await of("configmaps").create("default", configMap("a"), write);
  await of("configmaps").get(key("a"), {});
  expect(registry.counts()).toMatchObject({ configmaps: 1, namespaces: 1, pods: 0 });
});

describe("managedFields", () => {
  const managers = async () => {
    const { object } = await fixture.of("configmaps").get(key("a"), {});
    return object.metadata.managedFields!.map(({ manager, fieldsV1, time }) => ({
      manager,
      time,
      fields: JSON.stringify(fieldsV1),
    }));
  };

  test("say who set what, and pass to who changed it", async () => {
    const { of, write } = fixture;
    await of("configmaps").create("default", configMap("a", { x: "1", y: "1" }), write);
    const setX = (current: KubernetesObject | undefined) =>
      ({ ...current!, data: { x: "2", y: "1" } }) as KubernetesObject;
    await of("configmaps").update(key("a"), setX, updating(fixture, { fieldManager: "other" }));
    expect(await managers()).toEqual([
      { manager: "other", time: "2026-01-01T00:00:00Z", fields: '{"f:data":{"f:x":{}}}' },
      { manager: "test", time: "2026-01-01T00:00:00Z", fields: '{"f:data":{".":{},"f:y":{}}}' },
    ]);
  });

  test("alone are not worth a write when only the time would change", async () => {
    const { of, write, clock } = fixture;
    const created = await of("configmaps").create("default", configMap("a", { x: "1" }), write);
    await clock.advance(60_000);
    const again = () => configMap("a", { x: "1" });
    const { unchanged, stored } = await of("configmaps").update(key("a"), again, updating(fixture));
    expect(unchanged).toBe(true);
    expect(stored.resourceVersion).toBe(created.resourceVersion);
  });
});
