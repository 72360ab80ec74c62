// Who is who, and what the strangers hear.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthority } from "../../../test/support/certificates.ts";
import { startServer, type TestServer } from "./support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  await server.ask({
    method: "POST",
    path: "/api/v1/namespaces",
    body: { metadata: { name: "work" } },
  });
});
afterAll(() => server.stop());

const PODS = "/api/v1/namespaces/work/pods";
const withToken = (token: string) => ({
  as: null,
  path: PODS,
  headers: { authorization: `Bearer ${token}` },
});

describe("authentication", () => {
  test("without anything the user is anonymous", async () => {
    const { code, json } = await server.ask({ as: null, path: PODS });
    expect([code, json.message]).toEqual([
      403,
      'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "work"',
    ]);
    expect((await server.ask({ as: null, path: "/healthz" })).text).toBe("ok");
  });

  test("a static token is its user", async () => {
    const { json } = await server.ask(withToken("joes-token"));
    expect(json.message).toContain('User "joe" cannot list');
  });

  test.each(["wrong", "a.b.c"])("the token %s is refused", async (token) => {
    const { code, json } = await server.ask(withToken(token));
    expect([code, json.message, json.reason]).toEqual([401, "Unauthorized", "Unauthorized"]);
  });

  test("a certificate's names are user and groups", async () => {
    const as = await server.authority.issue("system:kube-scheduler");
    expect((await server.ask({ as, path: "/api/v1/pods" })).code).toBe(200);
    const { json } = await server.ask({
      as,
      path: "/api/v1/namespaces/work/secrets",
      method: "POST",
      body: {},
    });
    expect(json.message).toContain('User "system:kube-scheduler" cannot create resource "secrets"');
  });

  test("a certificate of somebody else's authority is refused", async () => {
    const as = await (await createAuthority()).issue("admin", ["system:masters"]);
    expect((await server.ask({ as, path: PODS })).code).toBe(401);
  });
});

describe("impersonation", () => {
  test("is for those who may", async () => {
    const headers = { "impersonate-user": "jane", "impersonate-group": "devs" };
    const { json } = await server.ask({ path: PODS, headers });
    expect(json.message).toContain('User "jane" cannot list');
    const refused = await server.ask({
      ...withToken("joes-token"),
      headers: { authorization: "Bearer joes-token", ...headers },
    });
    expect(refused.json.message).toBe(
      'users "jane" is forbidden: User "joe" cannot impersonate resource "users" in API group "" at the cluster scope',
    );
  });
});

describe("service account tokens", () => {
  const accounts = "/api/v1/namespaces/work/serviceaccounts";
  const tokenOf = async (name: string, spec = {}) => {
    const path = `${accounts}/${name}/token`;
    return (await server.ask({ method: "POST", path, body: { spec } })).json.status?.token;
  };

  test("speak for the account as long as it exists", async () => {
    await server.ask({ method: "POST", path: accounts, body: { metadata: { name: "robot" } } });
    const token = await tokenOf("robot");
    const { json } = await server.ask(withToken(token));
    expect(json.message).toContain('User "system:serviceaccount:work:robot" cannot list');
    const other = await tokenOf("robot", { audiences: ["elsewhere"] });
    expect((await server.ask(withToken(other))).code).toBe(401);
    const fresh = await tokenOf("robot");
    await server.ask({ method: "DELETE", path: `${accounts}/robot` });
    expect((await server.ask(withToken(fresh))).code).toBe(401);
  });

  test("can be verified by anybody", async () => {
    const { json } = await server.ask({ path: "/openid/v1/jwks" });
    expect(json.keys[0]).toMatchObject({ kty: "EC", alg: "ES256", use: "sig" });
    expect(json.keys[0].d).toBeUndefined();
  });
});
