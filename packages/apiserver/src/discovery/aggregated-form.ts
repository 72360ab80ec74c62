// Whether a client wants discovery in one answer, and in which version.

import { parseAccept } from "../request/media-type.ts";
import type { AggregatedVersion } from "./aggregated.ts";

/** Undefined: the lists of groups and versions, as before. */
export function aggregatedForm(
  accept: string | undefined,
): { version: AggregatedVersion; contentType: string } | undefined {
  for (const { type, parameters } of parseAccept(accept ?? "")) {
    if (type !== "application/json" && type !== "*/*" && type !== "application/*") continue;
    const version = parameters.get("v");
    if (!parameters.has("as")) return undefined;
    const isAggregated =
      parameters.get("as") === "APIGroupDiscoveryList" &&
      parameters.get("g") === "apidiscovery.k8s.io";
    if (isAggregated && (version === "v2" || version === "v2beta1")) {
      const contentType = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
      return { version, contentType };
    }
  }
  return undefined;
}
