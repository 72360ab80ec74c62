// The OpenAPI documents, as kubectl fetches them.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type TestServer } from "./support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

describe("OpenAPI v3", () => {
  test("is found by its index, and kept for ever by its hash", async () => {
    const { json: index } = await server.ask({ path: "/openapi/v3" });
    const { serverRelativeURL } = index.paths["apis/apps/v1"];
    expect(serverRelativeURL).toMatch(/^\/openapi\/v3\/apis\/apps\/v1\?hash=[0-9A-F]+$/);
    const { json, headers } = await server.ask({ path: serverRelativeURL });
    expect(headers["cache-control"]).toBe("public, immutable");
    expect(json.components.schemas["io.k8s.api.apps.v1.Deployment"]).toBeDefined();
    const path = "/apis/apps/v1/namespaces/{namespace}/deployments/{name}";
    const parameters = json.paths[path].patch.parameters.map((one: any) => one.name);
    expect(parameters).toContain("fieldValidation");
  });

  test("of an old hash leads to the new one", async () => {
    const { code, headers } = await server.ask({ path: "/openapi/v3/api/v1?hash=OLD" });
    expect(code).toBe(301);
    expect(headers.location).toMatch(/^\/openapi\/v3\/api\/v1\?hash=[0-9A-F]+$/);
  });

  test.each(["/openapi", "/openapi/v4", "/openapi/v3/apis/none/v1"])(
    "is not at %s",
    async (path) => {
      expect((await server.ask({ path })).code).toBe(404);
    },
  );
});

describe("OpenAPI v2", () => {
  test("comes as JSON", async () => {
    const { json, headers } = await server.ask({ path: "/openapi/v2" });
    expect(json.swagger).toBe("2.0");
    const again = { "if-none-match": String(headers["etag"]) };
    expect((await server.ask({ path: "/openapi/v2", headers: again })).code).toBe(304);
  });

  test("comes as protobuf to those who read nothing else", async () => {
    const accept = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    const { headers } = await server.ask({ path: "/openapi/v2", headers: { accept } });
    expect(headers["content-type"]).toBe(
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
    );
  });

  test("comes in no other form", async () => {
    const answer = await server.ask({ path: "/openapi/v2", headers: { accept: "text/html" } });
    expect(answer.code).toBe(406);
  });
});
