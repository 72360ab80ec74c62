// Who reads an answer with their own eyes.
// @see kubernetes apiserver/pkg/endpoints/handlers/negotiation/negotiate.go isPrettyPrint

import type { Call } from "../call.ts";

/** People at a terminal or a browser get line breaks. */
export function wantsPretty({ query, request }: Call): boolean {
  const asked = query.get("pretty");
  if (asked) return /^(1|t|true)$/i.test(asked);
  return /^(curl|Wget|Mozilla\/5\.0)/.test(request.headers["user-agent"] ?? "");
}

/** An object's JSON: laid out where somebody reads it, else a line. */
export function objectText(call: Call, json: Buffer): Buffer {
  return wantsPretty(call) ? laidOut(call, json) : Buffer.concat([json, LINE_END]);
}

const LINE_END = Buffer.from("\n");

/** The same JSON, laid out where somebody reads it. */
export function laidOut(call: Call, json: Buffer): Buffer {
  if (!wantsPretty(call)) return json;
  return Buffer.from(JSON.stringify(JSON.parse(json.toString()), null, 2));
}
