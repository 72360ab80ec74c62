// Every kind, through its whole life over HTTP: create, read, watch, change in each way, and go.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  apiVersionOf,
  decodeProtobuf,
  encodeProtobuf,
  kinds,
  readEnvelope,
  type Kind,
} from "@kubonsai/api";
import { askServer, type Answer, type Asker } from "../support/ask.ts";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { minimalObjects, specialNames } from "./minimal-objects.ts";

const NAMESPACE = "conformance";
const keyOf = (kind: Kind) => `${apiVersionOf(kind)} ${kind.resource}`;
const stored = kinds.filter(({ verbs }) => verbs.includes("list") && verbs.includes("create"));
const named = stored.map((kind) => [keyOf(kind), kind] as const);

let cluster: TestCluster;
let ask: Asker;

beforeAll(async () => {
  cluster = await startTestCluster({ nodes: 0 });
  ask = askServer(cluster.kubeconfig);
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: NAMESPACE } };
  expect((await ask("POST", "/api/v1/namespaces", { body })).code).toBe(201);
}, 60_000);

afterAll(async () => {
  ask?.close();
  await cluster?.stop();
});

function pathOf(kind: Kind, name = ""): string {
  const base = kind.group === "" ? `/api/${kind.version}` : `/apis/${apiVersionOf(kind)}`;
  const scope = kind.namespaced ? `/namespaces/${NAMESPACE}` : "";
  return `${base}${scope}/${kind.resource}${name === "" ? "" : `/${name}`}`;
}

const patchTypes = {
  json: "application/json-patch+json",
  merge: "application/merge-patch+json",
  strategic: "application/strategic-merge-patch+json",
  apply: "application/apply-patch+yaml",
} as const;

const patch = (path: string, type: keyof typeof patchTypes, body: unknown) =>
  ask("PATCH", path, { body, headers: { "Content-Type": patchTypes[type] } });

const tableForm = "application/json;as=Table;v=v1;g=meta.k8s.io";
const protobufForm = "application/vnd.kubernetes.protobuf";

test("every kind that is stored has an object here", () => {
  expect(Object.keys(minimalObjects).sort()).toEqual(stored.map(keyOf).sort());
});

describe.each(named)("%s", (key, kind) => {
  const [one, two] = specialNames[key] ?? [`${kind.singular}-one`, `${kind.singular}-two`];
  const path = pathOf(kind, one);
  const objectNamed = (name: string) => ({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    ...minimalObjects[key],
    metadata: { name, labels: { test: "conformance" } },
  });

  test("is only tried by a dry run", async () => {
    const tried = await ask("POST", `${pathOf(kind)}?dryRun=All`, { body: objectNamed(one) });
    expect([tried.code, tried.json.message]).toEqual([201, undefined]);
    expect((await ask("GET", path)).code).toBe(404);
  });

  test("is created once", async () => {
    const created = await ask("POST", pathOf(kind), { body: objectNamed(one) });
    expect([created.code, created.json.message]).toEqual([201, undefined]);
    expect(created.json).toMatchObject({ kind: kind.kind, apiVersion: apiVersionOf(kind) });
    expect(created.json.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    const again = await ask("POST", pathOf(kind), { body: objectNamed(one) });
    expect([again.code, again.json.reason]).toEqual([409, "AlreadyExists"]);
  });

  test("is read alone, in lists and as a table", async () => {
    const read = (await ask("GET", path)).json;
    expect(read.metadata.name).toBe(one);
    const list = (await ask("GET", `${pathOf(kind)}?labelSelector=test=conformance`)).json;
    expect(list.kind).toBe(kind.listKind);
    expect(list.items.map((item: any) => item.metadata.name)).toContain(one);
    const query = `?fieldSelector=metadata.name=${one}`;
    const headers = { Accept: tableForm };
    const table = (await ask("GET", `${pathOf(kind)}${query}`, { headers })).json;
    expect(table.kind).toBe("Table");
    expect(table.columnDefinitions.map(({ name }: any) => name)).toEqual(
      kind.columns.map(({ name }) => name),
    );
    expect(table.rows).toHaveLength(1);
    expect(table.rows[0].cells).toHaveLength(kind.columns.length);
  });

  test("says the same in protobuf, and takes it", async () => {
    const read = await ask("GET", path, {
      headers: { Accept: `${protobufForm}, application/json` },
    });
    const plain = (await ask("GET", path)).json;
    const isProtobuf = read.headers["content-type"] === protobufForm;
    const object = isProtobuf ? decodeProtobuf(kind.schema, readEnvelope(read.bytes)) : read.json;
    expect((object as { metadata: { uid: string } }).metadata.uid).toBe(plain.metadata.uid);
    const body = Buffer.from(encodeProtobuf(kind.schema, objectNamed(two)));
    const headers = { "Content-Type": protobufForm };
    const created = await ask("POST", `${pathOf(kind)}?dryRun=All`, { body, headers });
    expect([created.code, created.json.message]).toEqual([201, undefined]);
  });

  test("is watched from the list on", async () => {
    const { resourceVersion } = (await ask("GET", pathOf(kind))).json.metadata;
    const body = { metadata: { annotations: { watched: "yes" } } };
    expect((await patch(path, "merge", body)).code).toBe(200);
    const query = `?watch=1&resourceVersion=${resourceVersion}&timeoutSeconds=1`;
    const watching = ask("GET", `${pathOf(kind)}${query}&fieldSelector=metadata.name=${one}`);
    await passTime(watching);
    const events = (await watching).bytes
      .toString()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    const changed = events.find(({ object }) => object.metadata.annotations?.watched === "yes");
    expect(changed).toMatchObject({ type: "MODIFIED", object: { metadata: { name: one } } });
  });

  test("is updated from its newest version only", async () => {
    const old = (await ask("GET", path)).json;
    const updated = await putNewest(path, { put: "1" });
    expect(updated.json.metadata.annotations).toMatchObject({ put: "1" });
    const body = { ...old, metadata: { ...old.metadata, labels: {} } };
    const late = await ask("PUT", path, { body });
    expect([late.code, late.json.reason]).toEqual([409, "Conflict"]);
  });

  test("is patched in three ways", async () => {
    const annotations = async () => (await ask("GET", path)).json.metadata.annotations;
    const add = [{ op: "add", path: "/metadata/annotations/json", value: "1" }];
    expect((await patch(path, "json", add)).code).toBe(200);
    const merged = { metadata: { annotations: { merge: "1", put: null } } };
    expect((await patch(path, "merge", merged)).code).toBe(200);
    const strategic = { metadata: { annotations: { strategic: "1" } } };
    expect((await patch(path, "strategic", strategic)).code).toBe(200);
    const now = await annotations();
    expect(now).toMatchObject({ json: "1", merge: "1", strategic: "1" });
    expect(now).not.toHaveProperty("put");
  });

  test("is applied by two managers, who do not take from each other by accident", async () => {
    const applied = (value: string) => ({
      apiVersion: apiVersionOf(kind),
      kind: kind.kind,
      metadata: { name: one, annotations: { applied: value } },
    });
    const as = (manager: string, force = false) =>
      `${path}?fieldManager=${manager}${force ? "&force=true" : ""}`;
    expect((await patch(as("first"), "apply", applied("1"))).code).toBe(200);
    const refused = await patch(as("second"), "apply", applied("2"));
    expect([refused.code, refused.json.reason]).toEqual([409, "Conflict"]);
    expect(refused.json.message).toContain('conflict with "first"');
    const forced = await patch(as("second", true), "apply", applied("2"));
    expect(forced.json.metadata.annotations).toMatchObject({ applied: "2" });
    const managers = forced.json.metadata.managedFields.map(({ manager }: any) => manager);
    expect(managers).toContain("second");
  });

  test("keeps its status apart", async () => {
    if (!kind.subresources.some(({ name }) => name === "status")) return;
    const before = (await ask("GET", path)).json;
    // without a version to start from, since a controller may have something to say as well
    const metadata = { ...before.metadata, resourceVersion: undefined };
    const body = { ...before, metadata, status: { ...before.status, conditions: undefined } };
    const updated = await ask("PUT", `${path}/status`, { body });
    expect([updated.code, updated.json.message]).toEqual([200, undefined]);
    expect(updated.json.spec).toEqual(before.spec);
  });

  test("refuses what it does not know, when asked to", async () => {
    const body = { ...objectNamed(two), unheardOf: 1 };
    const refused = await ask("POST", `${pathOf(kind)}?dryRun=All&fieldValidation=Strict`, {
      body,
    });
    expect([refused.code, refused.json.reason]).toEqual([400, "BadRequest"]);
    expect(refused.json.message).toContain('unknown field "unheardOf"');
  });

  test("goes alone and with all others", async () => {
    const gone = await ask("DELETE", path);
    expect(gone.code).toBe(200);
    if (kind.resource === "namespaces") return;
    await finish(path);
    expect((await ask("GET", path)).code).toBe(404);
    await ask("POST", pathOf(kind), { body: objectNamed(one) });
    await ask("POST", pathOf(kind), { body: objectNamed(two) });
    const query = "?labelSelector=test=conformance";
    expect((await ask("DELETE", `${pathOf(kind)}${query}`)).code).toBe(200);
    for (const name of [one, two]) await finish(pathOf(kind, name));
    expect((await ask("GET", `${pathOf(kind)}${query}`)).json.items).toEqual([]);
  });
});

/** Controllers write as well, so that the newest version may be another a moment later. */
async function putNewest(path: string, annotations: object): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const read = (await ask("GET", path)).json;
    const body = { ...read, metadata: { ...read.metadata, annotations } };
    const answer = await ask("PUT", path, { body });
    if (answer.code !== 409 || attempt === 5) return answer;
  }
}

/** Takes off what would hold a dying object until a controller has looked at it. */
async function finish(path: string): Promise<void> {
  const read = await ask("GET", path);
  if (read.code === 404) return;
  await patch(path, "merge", { metadata: { finalizers: null } });
}

/** Lets virtual time go on until the answer is there. */
async function passTime(answer: Promise<unknown>): Promise<void> {
  let isOver = false;
  void answer.finally(() => (isOver = true));
  while (!isOver) await cluster.clock.advance(500);
}
