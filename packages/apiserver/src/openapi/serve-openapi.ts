// /openapi/v2 and /openapi/v3: what kubectl explains, validates and merges by.
// @see kubernetes k8s.io/kube-openapi/pkg/handler/handler.go, pkg/handler3/handler.go

import { notAcceptable } from "@kubonsai/api";
import { laidOut } from "../answer/pretty.ts";
import { send, sendText } from "../answer/send.ts";
import type { Call } from "../call.ts";
import type { Document } from "../discovery/discovery.ts";
import { parseAccept, takes } from "../request/media-type.ts";

const JSON_TYPE = "application/json";

/** The name with `@` is the older one; the answer bears the newer. */
const PROTOBUF_TYPES = [
  "application/com.github.proto-openapi.spec.v2.v1.0+protobuf",
  "application/com.github.proto-openapi.spec.v2@v1.0+protobuf",
];

const V3 = "/openapi/v3";

export async function serveOpenApi(call: Call, path: string): Promise<void> {
  const { openApi } = call.rooms;
  if (path === "/openapi/v2") return serveV2(call);
  const document = path === V3 ? openApi.v3Index() : openApi.v3(path.slice(V3.length + 1));
  if (!path.startsWith(V3) || !document) return sendText(call, 404, "404 page not found\n");
  chosenType(call, [JSON_TYPE]);
  const hash = call.query.get("hash");
  if (hash === null || path === V3) return sendSpec(call, document, JSON_TYPE);
  if (`"${hash}"` === document.etag) return sendSpec(call, document, JSON_TYPE, FOREVER);
  return redirect(call, `${path}?hash=${document.etag.slice(1, -1)}`);
}

/** An address with the right hash never shows anything else. */
const FOREVER = { "Cache-Control": "public, immutable", Expires: "Fri, 31 Dec 2100 23:59:59 GMT" };

function serveV2(call: Call): Promise<void> {
  const { openApi } = call.rooms;
  const type = chosenType(call, [JSON_TYPE, ...PROTOBUF_TYPES]);
  if (type === JSON_TYPE) return sendSpec(call, openApi.v2(), type);
  return sendSpec(call, openApi.v2Protobuf(), PROTOBUF_TYPES[0]!);
}

/** @throws NotAcceptable */
function chosenType({ request }: Call, offered: readonly string[]): string {
  for (const clause of parseAccept(request.headers.accept ?? "*/*")) {
    const type = offered.find((one) => takes(clause, one));
    if (type !== undefined) return type;
  }
  throw notAcceptable(`only the following media types are accepted: ${offered.join(", ")}`);
}

async function sendSpec(
  call: Call,
  { body, etag }: Document,
  type: string,
  caching: { readonly [header: string]: string } = {},
): Promise<void> {
  const headers = { ETag: etag, Vary: "Accept", ...caching };
  if (call.request.headers["if-none-match"] === etag) {
    return send(call, { code: 304, type, body: Buffer.alloc(0), headers });
  }
  const shown = type === JSON_TYPE ? laidOut(call, body) : body;
  await send(call, { code: 200, type, body: shown, headers });
}

function redirect(call: Call, location: string): Promise<void> {
  const headers = { Location: location };
  return send(call, { code: 301, type: "text/plain", body: Buffer.alloc(0), headers });
}
