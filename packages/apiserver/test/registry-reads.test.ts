// Lists and watches: what they show, from which moment, and what they are told.

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { KubernetesObject } from "@kubonsai/api";
import {
  configMap,
  deleting,
  makeNamespace,
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
  await makeNamespace(fixture, "other");
});
afterEach(() => fixture.close());

const key = (name: string) => ({ namespace: "default", name });
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

async function make(name: string, tier = "x", namespace = "default"): Promise<string> {
  const object = { ...configMap(name), metadata: { name, labels: { tier } } };
  const stored = await fixture.of("configmaps").create(namespace, object, fixture.write);
  return stored.resourceVersion;
}

const relabel = (tier: string) => (current: KubernetesObject | undefined) => {
  current!.metadata.labels = { tier };
  return current!;
};

describe("list", () => {
  const names = async (namespace: string, options = {}) => {
    const { items } = await fixture.of("configmaps").list(namespace, options);
    return items.map(({ object }) => object.metadata.name);
  };

  test("is in the order of names, in one namespace or in all", async () => {
    await Promise.all([make("b"), make("a"), make("c", "x", "other")]);
    expect(await names("default")).toEqual(["a", "b"]);
    expect(await names("")).toEqual(["a", "b", "c"]);
  });

  test("selects by labels and fields", async () => {
    await Promise.all([make("a", "x"), make("b", "y"), make("c", "z")]);
    expect(await names("default", { labelSelector: "tier in (x,z)" })).toEqual(["a", "c"]);
    expect(await names("default", { fieldSelector: "metadata.name=b" })).toEqual(["b"]);
    expect(
      await names("", { fieldSelector: "metadata.name!=b,metadata.namespace=default" }),
    ).toEqual(["a", "c"]);
    await expect(names("default", { fieldSelector: "spec.x=1" })).rejects.toMatchObject({
      code: 400,
    });
    await expect(names("default", { labelSelector: "a=(" })).rejects.toMatchObject({ code: 400 });
  });

  test("finds pods by node", async () => {
    const { of, write } = fixture;
    await of("pods").create("default", pod("a", { nodeName: "one" }), write);
    await of("pods").create("default", pod("b", { nodeName: "two" }), write);
    await of("pods").create("other", pod("c", { nodeName: "one" }), write);
    const { items } = await of("pods").list("", { fieldSelector: "spec.nodeName=one" });
    expect(items.map(({ object }) => object.metadata.name)).toEqual(["a", "c"]);
  });

  test("in pages shows one moment, whatever happens between", async () => {
    for (const name of ["a", "b", "c", "d"]) await make(name);
    const { of } = fixture;
    const first = await of("configmaps").list("default", { limit: 2 });
    expect(first).toMatchObject({ remainingItemCount: 2 });
    await of("configmaps").delete(key("c"), deleting(fixture));
    await make("aa");
    const second = await of("configmaps").list("default", { limit: 2, continue: first.continue });
    expect(second.resourceVersion).toBe(first.resourceVersion);
    expect(second.continue).toBeUndefined();
    const shown = [...first.items, ...second.items].map(({ object }) => object.metadata.name);
    expect(shown).toEqual(["a", "b", "c", "d"]);
  });

  test("in pages with a selector does not count the rest", async () => {
    for (const name of ["a", "b", "c"]) await make(name, name === "b" ? "y" : "x");
    const { of } = fixture;
    const options = { limit: 1, labelSelector: "tier=x" };
    const first = await of("configmaps").list("default", options);
    expect(first.remainingItemCount).toBeUndefined();
    const second = await of("configmaps").list("default", { ...options, continue: first.continue });
    expect(second.items.map(({ object }) => object.metadata.name)).toEqual(["c"]);
  });

  test("of an exact version is of that version", async () => {
    const version = await make("a");
    await make("b");
    const options = { resourceVersion: version, resourceVersionMatch: "Exact" };
    expect(await names("default", options)).toEqual(["a"]);
  });

  test("refuses tokens that are none, and options that contradict each other", async () => {
    await expect(names("default", { continue: "x" })).rejects.toMatchObject({ code: 400 });
    await expect(names("default", { resourceVersionMatch: "Exact" })).rejects.toThrow(
      "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless " +
        "resourceVersion is provided",
    );
    await expect(names("default", { resourceVersion: "x" })).rejects.toMatchObject({ code: 400 });
  });

  test("of a version that is yet to come waits, then gives up", async () => {
    const waiting = expect(names("default", { resourceVersion: "1000000" })).rejects.toMatchObject({
      code: 504,
      message: expect.stringMatching(
        /^Timeout: Too large resource version: 1000000, current: \d+$/,
      ),
    });
    await fixture.clock.advance(3_000);
    await waiting;
  });

  test("in pages whose moment was forgotten says how to go on", async () => {
    for (const name of ["a", "b", "c"]) await make(name);
    const { of, store } = fixture;
    const first = await of("configmaps").list("default", { limit: 1 });
    await make("bb");
    await store.compact((await store.status()).revision);
    const options = { limit: 5, continue: first.continue };
    const error = await of("configmaps")
      .list("default", options)
      .catch((failure) => failure);
    expect(error).toMatchObject({ code: 410, reason: "Expired" });
    const rest = { limit: 5, continue: error.status.metadata.continue };
    const { items } = await of("configmaps").list("default", rest);
    expect(items.map(({ object }) => object.metadata.name)).toEqual(["b", "bb", "c"]);
  });
});

describe("watch", () => {
  test("begins with what there is, and goes on as it happens", async () => {
    await make("a");
    const seen = await watching(fixture.of("configmaps"), "default");
    await make("b");
    await fixture.of("configmaps").update(key("b"), relabel("y"), updating(fixture));
    await fixture.of("configmaps").delete(key("a"), deleting(fixture));
    await settle();
    expect(seen.lines).toEqual([
      "ADDED default/a",
      "ADDED default/b",
      "MODIFIED default/b",
      "DELETED default/a",
    ]);
    seen.stop();
    await make("c");
    await settle();
    expect(seen.lines).toHaveLength(4);
  });

  test("from a version misses nothing and doubles nothing", async () => {
    const version = await make("a");
    await make("b");
    const seen = await watching(fixture.of("configmaps"), "default", { resourceVersion: version });
    await make("c");
    await settle();
    expect(seen.lines).toEqual(["ADDED default/b", "ADDED default/c"]);
  });

  test("gives the same bytes to every watcher", async () => {
    const one = await watching(fixture.of("configmaps"), "default");
    const other = await watching(fixture.of("configmaps"), "");
    await make("a");
    await settle();
    expect(one.objects[0]!.bytes).toBe(other.objects[0]!.bytes);
  });

  test("of a selection tells of objects that enter and leave it", async () => {
    await make("a", "y");
    const seen = await watching(fixture.of("configmaps"), "default", { labelSelector: "tier=x" });
    const configMaps = fixture.of("configmaps");
    await configMaps.update(key("a"), relabel("x"), updating(fixture));
    const { stored } = await configMaps.update(key("a"), relabel("y"), updating(fixture));
    await configMaps.delete(key("a"), deleting(fixture));
    await settle();
    expect(seen.lines).toEqual(["ADDED default/a", "DELETED default/a"]);
    // the object as it last was in the selection, as of the change that took it out
    expect(seen.objects[1]!.object.metadata).toMatchObject({
      labels: { tier: "x" },
      resourceVersion: stored.resourceVersion,
    });
  });

  test("tells the last state of what is deleted, as of the deletion", async () => {
    const version = await make("a");
    const seen = await watching(fixture.of("configmaps"), "", { resourceVersion: version });
    await fixture.of("configmaps").delete(key("a"), deleting(fixture));
    await settle();
    const { object, bytes } = seen.objects[0]!;
    expect(Number(object.metadata.resourceVersion)).toBeGreaterThan(Number(version));
    expect(JSON.parse(bytes.toString())).toEqual(object);
  });

  test("from before the server's memory is over at once", async () => {
    await make("a");
    await fixture.restart();
    const seen = await watching(fixture.of("configmaps"), "default", { resourceVersion: "1" });
    expect(seen.lines).toEqual([
      expect.stringMatching(/^END too old resource version: 1 \(\d+\)$/),
    ]);
  });

  test("marks the end of the initial list when asked to", async () => {
    await make("a");
    const seen = await watching(fixture.of("configmaps"), "default", {
      sendInitialEvents: true,
      resourceVersionMatch: "NotOlderThan",
      allowBookmarks: true,
    });
    expect(seen.lines).toEqual(["ADDED default/a", "BOOKMARK end"]);
  });

  test("is told once a minute how far the server has come", async () => {
    const seen = await watching(fixture.of("configmaps"), "default", { allowBookmarks: true });
    await fixture.clock.advance(61_000);
    expect(seen.lines).toEqual(["BOOKMARK"]);
  });
});

test("what was written before a restart is there after it", async () => {
  const version = await make("a");
  await fixture.restart();
  const { object } = await fixture.of("configmaps").get(key("a"), {});
  expect(object.metadata).toMatchObject({ name: "a", resourceVersion: version });
});
