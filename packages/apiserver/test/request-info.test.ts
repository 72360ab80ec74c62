// What a path asks for, one line a case: method path → verb, group/version, namespace, resource …

import { describe, expect, test } from "vitest";
import { requestInfoOf } from "../src/request/request-info.ts";

/** `list v1 default/pods`, `update apps/v1 default/deployments/web/scale`, `get /version` */
function shown(request: string): string {
  const [method = "", url = ""] = request.split(" ");
  const [path = "", query = ""] = url.split("?");
  const info = requestInfoOf(method, path, new URLSearchParams(query));
  if (!info.isResource) return `${info.verb} ${info.path}`;
  const version = info.group === "" ? info.version : `${info.group}/${info.version}`;
  const place = [info.namespace, info.resource, info.name, info.subresource].filter(Boolean);
  return `${info.verb} ${version} ${place.join("/")}${info.rest === "" ? "" : ` then ${info.rest}`}`;
}

describe("request info", () => {
  test.each([
    ["GET /api/v1/namespaces/default/pods", "list v1 default/pods"],
    ["GET /api/v1/pods", "list v1 pods"],
    ["GET /api/v1/pods?watch=true", "watch v1 pods"],
    ["GET /api/v1/pods?watch", "watch v1 pods"],
    ["GET /api/v1/pods?watch=0", "list v1 pods"],
    ["GET /api/v1/watch/namespaces/default/pods/web", "watch v1 default/pods/web"],
    ["GET /api/v1/namespaces/default/pods/web", "get v1 default/pods/web"],
    ["HEAD /api/v1/namespaces/default/pods/web", "get v1 default/pods/web"],
    ["GET /api/v1/pods?fieldSelector=metadata.name%3Dweb", "list v1 pods/web"],
    ["POST /api/v1/namespaces/default/pods", "create v1 default/pods"],
    ["POST /api/v1/namespaces/default/pods/web/binding", "create v1 default/pods/web/binding"],
    [
      "PUT /apis/apps/v1/namespaces/a/deployments/web/scale",
      "update apps/v1 a/deployments/web/scale",
    ],
    ["PATCH /apis/apps/v1/namespaces/a/deployments/web", "patch apps/v1 a/deployments/web"],
    ["DELETE /api/v1/namespaces/a/pods/web", "delete v1 a/pods/web"],
    ["DELETE /api/v1/namespaces/a/pods", "deletecollection v1 a/pods"],
    ["GET /api/v1/namespaces", "list v1 namespaces"],
    ["GET /api/v1/namespaces/a", "get v1 a/namespaces/a"],
    ["PUT /api/v1/namespaces/a/finalize", "update v1 a/namespaces/a/finalize"],
    ["GET /api/v1/nodes/n1/proxy/stats/summary", "get v1 nodes/n1/proxy then /stats/summary"],
    ["GET /api/v1/nodes/n1/proxy/", "get v1 nodes/n1/proxy then /"],
    ["GET /apis/apps/v1", "get /apis/apps/v1"],
    ["GET /api/v1", "get /api/v1"],
    ["GET /version", "get /version"],
    ["OPTIONS /", "options /"],
  ])("%s", (request, expected) => {
    expect(shown(request)).toBe(expected);
  });

  test("a path that is not well encoded is a bad request", () => {
    expect(() => requestInfoOf("GET", "/api/v1/%zz", new URLSearchParams())).toThrow(
      'invalid URL escape in path "/api/v1/%zz"',
    );
  });
});
