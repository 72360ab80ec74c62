// What is no resource: discovery, OpenAPI, health, version, keys, and the list of all these paths.

import { StatusError } from "@kubonsai/api";
import { objectText } from "./answer/pretty.ts";
import { send, sendText } from "./answer/send.ts";
import type { Call } from "./call.ts";
import { aggregatedForm } from "./discovery/aggregated-form.ts";
import { documentOf, type Document } from "./discovery/discovery.ts";
import { groupsOf } from "./discovery/groups.ts";
import { HEALTH_PATHS, serveHealth } from "./health/health.ts";
import { VERSION } from "./health/version.ts";
import { serveOpenApi } from "./openapi/serve-openapi.ts";
import { ISSUER } from "./tokens/token-issuer.ts";

const SETTLED_PATHS = [
  "/.well-known/openid-configuration",
  "/healthz",
  "/livez",
  "/metrics",
  "/openapi/v2",
  "/openapi/v3",
  "/openid/v1/jwks",
  "/readyz",
  "/version",
];

export async function serveDocument(call: Call): Promise<void> {
  const path = call.info.path.replace(/\/+$/, "") || "/";
  const [first = ""] = path.split("/").slice(1);
  if (HEALTH_PATHS.has(first)) return serveHealth(call, path);
  const { verb } = call.info;
  if (verb !== "get" && verb !== "head") throw notAllowed();
  if (first === "api" || first === "apis") return serveDiscovery(call, path);
  if (first === "openapi") return serveOpenApi(call, path);
  const value = await valueAt(call, path);
  if (value === undefined) return sendText(call, 404, "404 page not found\n");
  return typeof value === "string" ? sendText(call, 200, value) : sendJson(call, value);
}

async function valueAt(call: Call, path: string): Promise<object | string | undefined> {
  const { registry, tokens } = call.rooms;
  switch (path) {
    case "/":
      return { paths: pathsOf(call) };
    case "/version":
      return VERSION;
    case "/openid/v1/jwks":
      return tokens.publicKeys();
    case "/.well-known/openid-configuration":
      return openIdConfiguration();
    case "/metrics":
      return metricsText(registry.counts());
    default:
      return undefined;
  }
}

function serveDiscovery(call: Call, path: string): Promise<void> {
  const { discovery } = call.rooms;
  if (path === "/api" || path === "/apis") {
    const form = aggregatedForm(call.request.headers.accept);
    if (form) {
      return sendDocument(call, discovery.aggregated(path, form.version), {
        type: form.contentType,
        withETag: true,
      });
    }
  }
  const document = discovery.document(path);
  if (!document) return sendText(call, 404, "404 page not found\n");
  return sendDocument(call, document, { type: "application/json", withETag: false });
}

/** A client that has the document already gets 304 and nothing else. */
function sendDocument(
  call: Call,
  { body, etag }: Document,
  { type, withETag }: { type: string; withETag: boolean },
): Promise<void> {
  const headers: { [name: string]: string } = withETag ? { ETag: etag, Vary: "Accept" } : {};
  if (withETag && call.request.headers["if-none-match"] === etag) {
    return send(call, { code: 304, type, body: Buffer.alloc(0), headers });
  }
  return send(call, { code: 200, type, body: objectText(call, body), headers });
}

const sendJson = (call: Call, value: object) =>
  sendDocument(call, documentOf(value), { type: "application/json", withETag: false });

function pathsOf({ rooms }: Call): string[] {
  const served = groupsOf(rooms.registry.kinds()).flatMap(({ name, versions }) =>
    name === ""
      ? ["/api", "/api/v1"]
      : [`/apis/${name}`, ...versions.map((version) => `/apis/${name}/${version}`)],
  );
  return ["/apis", ...served, ...SETTLED_PATHS].sort();
}

const openIdConfiguration = () => ({
  issuer: ISSUER,
  jwks_uri: `${ISSUER}/openid/v1/jwks`,
  response_types_supported: ["id_token"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256", "ES256"],
});

function metricsText(counts: { [resource: string]: number }): string {
  const lines = Object.entries(counts).map(
    ([resource, count]) =>
      `apiserver_storage_objects{resource=${JSON.stringify(resource)}} ${count}`,
  );
  return ["# TYPE apiserver_storage_objects gauge", ...lines, ""].join("\n");
}

const notAllowed = () =>
  new StatusError(
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
    {},
  );
