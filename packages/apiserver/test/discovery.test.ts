// What the server says of itself.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { byPriority } from "../src/discovery/groups.ts";
import { startServer, type TestServer } from "./support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

describe("discovery", () => {
  test("in lists", async () => {
    const { json: versions } = await server.ask({ path: "/api" });
    expect(versions.versions).toEqual(["v1"]);
    const { json: groups } = await server.ask({ path: "/apis" });
    expect(groups.groups.find((one: any) => one.name === "apps")).toEqual({
      name: "apps",
      versions: [{ groupVersion: "apps/v1", version: "v1" }],
      preferredVersion: { groupVersion: "apps/v1", version: "v1" },
    });
    const { json: core } = await server.ask({ path: "/api/v1" });
    expect([core.apiVersion, core.groupVersion]).toEqual([undefined, "v1"]);
    const pods = core.resources.find((one: any) => one.name === "pods");
    // recorded: kubernetes v1.36 api/discovery/api__v1.json
    expect(pods).toEqual({
      name: "pods",
      singularName: "pod",
      namespaced: true,
      kind: "Pod",
      verbs: ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"],
      shortNames: ["po"],
      categories: ["all"],
      storageVersionHash: "xPOwRZ+Yhw8=",
    });
    const eviction = core.resources.find((one: any) => one.name === "pods/eviction");
    expect(eviction).toMatchObject({ group: "policy", version: "v1", kind: "Eviction" });
  });

  test("in one answer, sent once", async () => {
    const headers = { accept: `${AGGREGATED},application/json` };
    const first = await server.ask({ path: "/apis", headers });
    expect(first.headers["content-type"]).toBe(AGGREGATED);
    const apps = first.json.items.find((one: any) => one.metadata.name === "apps");
    const deployments = apps.versions[0].resources.find(
      (one: any) => one.resource === "deployments",
    );
    expect(deployments).toMatchObject({
      responseKind: { group: "", version: "", kind: "Deployment" },
      scope: "Namespaced",
      singularResource: "deployment",
      shortNames: ["deploy"],
    });
    expect(deployments.subresources.find((one: any) => one.subresource === "scale")).toMatchObject({
      responseKind: { group: "autoscaling", version: "v1", kind: "Scale" },
    });
    const again = { ...headers, "if-none-match": String(first.headers["etag"]) };
    const second = await server.ask({ path: "/apis", headers: again });
    expect([second.code, second.text]).toEqual([304, ""]);
  });

  test("orders versions by how settled they are", () => {
    const versions = ["v1beta1", "v10", "v1alpha1", "v2", "foo", "v1", "v1beta2", "v2beta1"];
    expect(versions.sort(byPriority)).toEqual([
      "v10",
      "v2",
      "v1",
      "v2beta1",
      "v1beta2",
      "v1beta1",
      "v1alpha1",
      "foo",
    ]);
  });
});

test("the version is Kubernetes'", async () => {
  const { json } = await server.ask({ path: "/version" });
  expect(json).toMatchObject({ major: "1", minor: "36", gitVersion: "v1.36.2" });
});

test("health is told check by check", async () => {
  const { code, text } = await server.ask({ path: "/readyz?verbose" });
  expect(code).toBe(200);
  expect(text.split("\n")).toContain("[+]etcd ok");
  expect(text.endsWith("readyz check passed\n")).toBe(true);
});

test("people get line breaks", async () => {
  const { text } = await server.ask({ path: "/version", headers: { "user-agent": "curl/8.0" } });
  expect(text.split("\n")[1]).toBe('  "major": "1",');
});
