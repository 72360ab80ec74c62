// The verbs over HTTPS, on the real registry and store.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventsOf, startServer, type TestServer } from "./support/server.ts";

let server: TestServer;
const CONFIG_MAPS = "/api/v1/namespaces/work/configmaps";

beforeAll(async () => {
  server = await startServer();
  const body = { metadata: { name: "work" } };
  const made = await server.ask({ method: "POST", path: "/api/v1/namespaces", body });
  expect(made.code).toBe(201);
});

afterAll(() => server.stop());

const post = (body: unknown, query = "", headers = {}) =>
  server.ask({ method: "POST", path: `${CONFIG_MAPS}${query}`, body, headers });

const patch = (name: string, type: string, body: unknown, query = "") =>
  server.ask({
    method: "PATCH",
    path: `${CONFIG_MAPS}/${name}${query}`,
    body,
    headers: { "content-type": `application/${type}` },
  });

describe("objects", () => {
  test("are created, read, replaced and deleted", async () => {
    const created = await post({ metadata: { name: "one" }, data: { a: "1" } });
    expect(created.code).toBe(201);
    expect(created.json).toMatchObject({
      kind: "ConfigMap",
      apiVersion: "v1",
      metadata: { name: "one", namespace: "work" },
      data: { a: "1" },
    });
    const path = `${CONFIG_MAPS}/one`;
    const replaced = await server.ask({
      method: "PUT",
      path,
      body: { ...created.json, data: { a: "2" } },
    });
    expect([replaced.code, replaced.json.data]).toEqual([200, { a: "2" }]);
    expect((await server.ask({ path })).json.data).toEqual({ a: "2" });
    const deleted = await server.ask({ method: "DELETE", path });
    expect(deleted.json).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Success",
      details: { name: "one", kind: "configmaps", uid: created.json.metadata.uid },
    });
    expect((await server.ask({ path })).json.message).toBe('configmaps "one" not found');
  });

  test("are written in YAML and answered in YAML", async () => {
    const made = await post("metadata: {name: yaml}\ndata: {a: 'yes', b: '010'}\n", "", {
      "content-type": "application/yaml",
      accept: "application/yaml",
    });
    expect(made.headers["content-type"]).toBe("application/yaml");
    expect(made.text).toContain('a: "yes"');
  });

  test("of a dry run are answered and not kept", async () => {
    expect((await post({ metadata: { name: "dry" } }, "?dryRun=All")).code).toBe(201);
    expect((await server.ask({ path: `${CONFIG_MAPS}/dry` })).code).toBe(404);
  });

  test("keep a member named __proto__ without harm", async () => {
    const made = await post('{"metadata":{"name":"proto"},"data":{"__proto__":"x"}}');
    expect(made.text).toContain('"__proto__":"x"');
    expect(({} as { x?: string }).x).toBeUndefined();
  });

  test("change by every kind of patch", async () => {
    await post({ metadata: { name: "patched", labels: { keep: "me" } }, data: { a: "1" } });
    const json = await patch("patched", "json-patch+json", [
      { op: "add", path: "/data/b", value: "2" },
    ]);
    expect(json.json.data).toEqual({ a: "1", b: "2" });
    const merge = await patch("patched", "merge-patch+json", { data: { a: null, c: "3" } });
    expect(merge.json.data).toEqual({ b: "2", c: "3" });
    const strategic = await patch("patched", "strategic-merge-patch+json", {
      metadata: { labels: { more: "too" } },
    });
    expect(strategic.json.metadata.labels).toEqual({ keep: "me", more: "too" });
  });

  test("are applied, made where they are missing, and defended by their managers", async () => {
    const configuration = (value: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: applied}\ndata: {a: ${value}}\n`;
    const apply = (value: string, query: string) =>
      patch("applied", "apply-patch+yaml", configuration(value), query);
    const made = await apply("one", "?fieldManager=me");
    expect([made.code, made.json.data]).toEqual([201, { a: "one" }]);
    expect(made.json.metadata.managedFields[0]).toMatchObject({
      manager: "me",
      operation: "Apply",
      fieldsV1: { "f:data": { "f:a": {} } },
    });
    const refused = await apply("two", "?fieldManager=you");
    expect([refused.code, refused.json.message]).toEqual([
      409,
      'Apply failed with 1 conflict: conflict with "me": .data.a',
    ]);
    const forced = await apply("two", "?fieldManager=you&force=true");
    expect([forced.code, forced.json.data]).toEqual([200, { a: "two" }]);
    const nameless = await apply("two", "");
    expect(nameless.json.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  });

  test("go together by a selection", async () => {
    await post({ metadata: { name: "gone-1", labels: { set: "go" } } });
    await post({ metadata: { name: "gone-2", labels: { set: "go" } } });
    const gone = await server.ask({
      method: "DELETE",
      path: `${CONFIG_MAPS}?labelSelector=set%3Dgo`,
    });
    expect(gone.json.items.map((one: any) => one.metadata.name)).toEqual(["gone-1", "gone-2"]);
    const left = await server.ask({ path: `${CONFIG_MAPS}?labelSelector=set%3Dgo` });
    expect(left.json.items).toEqual([]);
  });
});

describe("field validation", () => {
  const body = '{"metadata":{"name":"strict","name":"strict"},"dada":{}}';

  test("Strict refuses unknown and doubled fields", async () => {
    const refused = await post(body, "?fieldValidation=Strict");
    expect([refused.code, refused.json.message]).toEqual([
      400,
      'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: ' +
        'duplicate field "metadata.name", unknown field "dada"',
    ]);
  });

  test("Warn tells them", async () => {
    const warned = await post(body, "?fieldValidation=Warn&dryRun=All");
    expect(warned.code).toBe(201);
    expect(warned.headers["warning"]).toBe(
      '299 - "duplicate field \\"metadata.name\\"", 299 - "unknown field \\"dada\\""',
    );
  });

  test("Ignore is silent", async () => {
    const ignored = await post(body, "?fieldValidation=Ignore&dryRun=All");
    expect([ignored.code, ignored.headers["warning"]]).toEqual([201, undefined]);
  });
});

describe("lists", () => {
  test("do not repeat the type of their items", async () => {
    await post({ metadata: { name: "listed", labels: { in: "list" } } });
    const list = (await server.ask({ path: `${CONFIG_MAPS}?labelSelector=in%3Dlist` })).json;
    expect([list.kind, list.apiVersion]).toEqual(["ConfigMapList", "v1"]);
    expect(Number(list.metadata.resourceVersion)).toBeGreaterThan(0);
    expect(Object.keys(list.items[0])).toEqual(["metadata"]);
  });

  test("come as tables", async () => {
    await post({ metadata: { name: "tabled" }, data: { a: "1", b: "2" } });
    const accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    const path = `${CONFIG_MAPS}?fieldSelector=metadata.name%3Dtabled`;
    const table = (await server.ask({ path, headers: { accept } })).json;
    expect([table.kind, table.apiVersion]).toEqual(["Table", "meta.k8s.io/v1"]);
    expect(table.columnDefinitions.map((one: any) => one.name)).toEqual(["Name", "Data", "Age"]);
    expect(table.rows[0].cells.slice(0, 2)).toEqual(["tabled", 2]);
    expect(table.rows[0].object.kind).toBe("PartialObjectMetadata");
    const whole = await server.ask({ path: `${path}&includeObject=Object`, headers: { accept } });
    expect(whole.json.rows[0].object.data).toEqual({ a: "1", b: "2" });
  });

  test("come as metadata alone", async () => {
    await post({ metadata: { name: "partial" }, data: { a: "1" } });
    const accept = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";
    const list = (await server.ask({ path: CONFIG_MAPS, headers: { accept } })).json;
    expect(list.kind).toBe("PartialObjectMetadataList");
    expect(list.items.every((one: any) => one.data === undefined)).toBe(true);
  });
});

describe("watches", () => {
  test("tell what happens, in order", async () => {
    const selector = "labelSelector=in%3Dwatch";
    const start = (await server.ask({ path: CONFIG_MAPS })).json.metadata.resourceVersion;
    const path = `${CONFIG_MAPS}?watch=1&${selector}&resourceVersion=${start}`;
    const events = eventsOf(await server.open({ path }));
    await post({ metadata: { name: "seen", labels: { in: "watch" } } });
    await patch("seen", "merge-patch+json", { data: { a: "1" } });
    await server.ask({ method: "DELETE", path: `${CONFIG_MAPS}/seen` });
    const types: string[] = [];
    for await (const event of events) {
      types.push(`${event.type} ${event.object.kind}`);
      if (event.type === "DELETED") break;
    }
    expect(types).toEqual(["ADDED ConfigMap", "MODIFIED ConfigMap", "DELETED ConfigMap"]);
  });

  test("may begin with what there is, up to a bookmark", async () => {
    await post({ metadata: { name: "there", labels: { in: "initial" } } });
    const query =
      "watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true";
    const path = `${CONFIG_MAPS}?${query}&labelSelector=in%3Dinitial`;
    const events = eventsOf(await server.open({ path }));
    const first = (await events.next()).value;
    expect([first.type, first.object.metadata.name]).toEqual(["ADDED", "there"]);
    const second = (await events.next()).value;
    expect([second.type, second.object.metadata.annotations]).toEqual([
      "BOOKMARK",
      { "k8s.io/initial-events-end": "true" },
    ]);
    await events.return(undefined);
  });
});
