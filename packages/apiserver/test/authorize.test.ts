// Who may do what before any policy object exists, and how a refusal reads.

import { describe, expect, test } from "vitest";
import { authorize } from "../src/authorization/authorize.ts";
import { bootstrapPolicy } from "../src/authorization/bootstrap-policy.ts";
import { superuser } from "../src/authorization/superuser.ts";
import { requestInfoOf } from "../src/request/request-info.ts";

/** "" when it is allowed, else the refusal's text. */
async function refusal(who: string, request: string): Promise<string> {
  const [name = "", ...groups] = who.split(" ");
  const [method = "", path = ""] = request.split(" ");
  const info = requestInfoOf(method, path, new URLSearchParams());
  try {
    await authorize({ ...info, user: { name, groups } }, [superuser, bootstrapPolicy]);
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("authorization", () => {
  test.each([
    ["admin system:masters", "DELETE /api/v1/namespaces/a/pods/web"],
    ["admin system:masters", "GET /whatever"],
    ["joe system:authenticated", "GET /apis/apps/v1"],
    ["joe system:authenticated", "GET /openapi/v3/api/v1"],
    ["system:anonymous system:unauthenticated", "GET /version"],
    ["system:anonymous system:unauthenticated", "GET /readyz"],
    ["system:kube-scheduler system:authenticated", "POST /api/v1/namespaces/a/pods/web/binding"],
    ["system:kube-scheduler system:authenticated", "GET /api/v1/pods"],
    ["system:kube-controller-manager", "DELETE /apis/apps/v1/namespaces/a/replicasets/web"],
    ["system:node:n1 system:nodes", "PATCH /api/v1/namespaces/a/pods/web/status"],
    ["system:node:n1 system:nodes", "PUT /apis/coordination.k8s.io/v1/namespaces/a/leases/n1"],
    ["system:node:n1 system:nodes", "POST /api/v1/namespaces/a/events"],
  ])("%s may %s", async (who, request) => {
    expect(await refusal(who, request)).toBe("");
  });

  test.each([
    [
      "joe",
      "GET /api/v1/namespaces/default/pods",
      'pods is forbidden: User "joe" cannot list resource "pods" in API group "" in the namespace "default"',
    ],
    [
      "joe",
      "GET /api/v1/nodes/n1",
      'nodes "n1" is forbidden: User "joe" cannot get resource "nodes" in API group "" at the cluster scope',
    ],
    [
      "joe",
      "PATCH /apis/apps/v1/namespaces/a/deployments/web/scale",
      'deployments.apps "web" is forbidden: User "joe" cannot patch resource "deployments/scale" in API group "apps" in the namespace "a"',
    ],
    [
      "system:anonymous system:unauthenticated",
      "GET /",
      'forbidden: User "system:anonymous" cannot get path "/"',
    ],
    ["<b>", "GET /x", 'forbidden: User "&lt;b&gt;" cannot get path "/x"'],
    [
      "system:node:n1 system:nodes",
      "DELETE /api/v1/namespaces/a/secrets/x",
      'secrets "x" is forbidden: User "system:node:n1" cannot delete resource "secrets" in API group "" in the namespace "a"',
    ],
  ])("%s may not %s", async (who, request, expected) => {
    expect(await refusal(who, request)).toBe(expected);
  });
});
