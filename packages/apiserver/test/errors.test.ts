// What the server says to bad requests, in Kubernetes' words: request → code and message.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type Ask, type TestServer } from "./support/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
  const body = { metadata: { name: "work" } };
  await server.ask({ method: "POST", path: "/api/v1/namespaces", body });
});
afterAll(() => server.stop());

const PODS = "/api/v1/namespaces/work/pods";
const MEDIA_TYPES = "application/json, application/yaml, application/vnd.kubernetes.protobuf";
const NOT_FOUND = "the server could not find the requested resource";
const NOT_ALLOWED = "the server does not allow this method on the requested resource";

const post = (body: unknown, headers = {}): Ask => ({ method: "POST", path: PODS, body, headers });

const cases: [string, Ask, number, string][] = [
  ["an unknown resource of a served group", { path: "/apis/apps/v1/foos" }, 404, NOT_FOUND],
  ["a pod outside a namespace", { path: "/api/v1/pods/web" }, 404, NOT_FOUND],
  ["a node inside a namespace", { path: "/api/v1/namespaces/work/nodes/n" }, 404, NOT_FOUND],
  ["an unknown subresource", { path: `${PODS}/web/foo` }, 404, NOT_FOUND],
  [
    "a create outside a namespace",
    { method: "POST", path: "/api/v1/pods", body: {} },
    405,
    NOT_ALLOWED,
  ],
  ["an update without a name", { method: "PUT", path: PODS, body: {} }, 405, NOT_ALLOWED],
  ["an unknown method", { method: "OPTIONS", path: PODS }, 405, NOT_ALLOWED],
  [
    "a body of an unknown type",
    post("x", { "content-type": "text/plain" }),
    415,
    `the body of the request was in an unknown format - accepted media types include: ${MEDIA_TYPES}`,
  ],
  [
    "an answer that we do not speak",
    { path: PODS, headers: { accept: "text/html" } },
    406,
    `only the following media types are accepted: ${MEDIA_TYPES}`,
  ],
  [
    "a body that is no JSON",
    post("hello"),
    400,
    "the object provided is unrecognized (must be of type Pod): couldn't get version/kind; " +
      "json parse error: invalid character 'h' looking for beginning of value (68656c6c6f)",
  ],
  [
    "no body at all",
    post(""),
    400,
    "the object provided is unrecognized (must be of type Pod): couldn't get version/kind; " +
      "json parse error: unexpected end of JSON input (<empty>)",
  ],
  [
    "another kind",
    post({ kind: "Service", apiVersion: "v1" }),
    400,
    'Service in version "v1" cannot be handled as a Pod: converting (v1.Service) to (core.Pod): unknown conversion',
  ],
  [
    "another version",
    post({ kind: "Pod", apiVersion: "v2" }),
    400,
    "the API version in the data (v2) does not match the expected API version (v1)",
  ],
  [
    "another namespace",
    post({ metadata: { name: "x", namespace: "play" } }),
    400,
    "the namespace of the provided object does not match the namespace sent on the request",
  ],
  [
    "a member of the wrong type",
    post({ metadata: { name: 5 } }),
    400,
    'Pod in version "v1" cannot be handled as a Pod: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string',
  ],
  [
    "another name than the path's",
    { method: "PUT", path: `${PODS}/x`, body: { metadata: { name: "y" } } },
    400,
    "the name of the object (y) does not match the name on the URL (x)",
  ],
  [
    "an unknown kind of patch",
    { method: "PATCH", path: `${PODS}/x`, body: {} },
    415,
    "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, " +
      "application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml",
  ],
  [
    "a dry run of a strange kind",
    { ...post({ metadata: { name: "x" } }), path: `${PODS}?dryRun=Some` },
    422,
    'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Some"]: supported values: "All"',
  ],
  [
    "a limit that is no number",
    { path: `${PODS}?limit=x` },
    400,
    'strconv.ParseInt: parsing "x": invalid syntax',
  ],
  [
    "too large a body",
    post(Buffer.alloc(3 * 1024 * 1024 + 1, 0x20)),
    413,
    "Request entity too large: limit is 3145728",
  ],
  [
    "very deep nesting",
    {
      method: "POST",
      path: "/api/v1/namespaces",
      body: `{"metadata":${'{"a":'.repeat(200_000)}1${"}".repeat(200_000)}}`,
    },
    422,
    'Namespace "" is invalid',
  ],
  ["a path that is not well encoded", { path: "/api/%zz" }, 400, "invalid URL escape in path"],
];

describe("a bad request", () => {
  test.each(cases)("%s", async (_what, ask, code, message) => {
    const answer = await server.ask(ask);
    expect([answer.code, answer.json.code, answer.json.kind]).toEqual([code, code, "Status"]);
    expect(answer.json.message.slice(0, message.length)).toBe(message);
  });

  test("for a group that nobody knows is answered as a web server would", async () => {
    const { code, text } = await server.ask({ path: "/apis/unknown.dev/v1/foos" });
    expect([code, text]).toEqual([404, "404 page not found\n"]);
  });
});
