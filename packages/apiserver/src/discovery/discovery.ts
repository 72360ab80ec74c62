// Discovery documents as bytes, built when first asked for and again when the kinds change.

import { createHash } from "node:crypto";
import type { Kind } from "@kubonsai/api";
import { groupDiscoveryList, type AggregatedVersion } from "./aggregated.ts";
import { apiGroupList, apiResourceList, apiVersions, namedApiGroup } from "./api-resources.ts";

export interface Document {
  readonly body: Buffer;
  /** With quotes, as the header carries it. */
  readonly etag: string;
}

export interface Discovery {
  /** `/api`, `/apis/apps`, `/apis/apps/v1`; undefined when nothing is served there. */
  document(path: string): Document | undefined;
  aggregated(path: "/api" | "/apis", version: AggregatedVersion): Document;
}

export interface DiscoverySource {
  kinds(): readonly Kind[];
  /** `127.0.0.1:6443` */
  address(): string;
}

/** Unknown paths are not remembered: strangers could ask for any number of them. */
export function createDiscovery({ kinds, address }: DiscoverySource): Discovery {
  let builtFor: readonly Kind[] = [];
  const built = new Map<string, Document>();
  const remembered = (key: string, build: () => object | undefined): Document | undefined => {
    if (builtFor !== kinds()) {
      built.clear();
      builtFor = kinds();
    }
    const known = built.get(key);
    if (known) return known;
    const value = build();
    if (value === undefined) return undefined;
    const document = documentOf(value);
    built.set(key, document);
    return document;
  };
  return {
    document: (path) => remembered(path, () => valueAt(path, kinds(), address())),
    aggregated: (path, version) =>
      remembered(`${path} ${version}`, () =>
        groupDiscoveryList(kinds(), { core: path === "/api", version }),
      )!,
  };
}

function valueAt(path: string, kinds: readonly Kind[], address: string): object | undefined {
  const [prefix, first, second, ...rest] = path.split("/").slice(1);
  if (rest.length > 0) return undefined;
  if (prefix === "api") {
    if (first === undefined) return apiVersions(address);
    return second === undefined ? apiResourceList(kinds, first) : undefined;
  }
  if (prefix !== "apis") return undefined;
  if (first === undefined) return apiGroupList(kinds);
  if (second === undefined) return namedApiGroup(kinds, first);
  return apiResourceList(kinds, `${first}/${second}`);
}

/** @param value bytes as they are, anything else as JSON */
export function documentOf(value: object): Document {
  const body = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
  const digest = createHash("sha512").update(body).digest("hex").toUpperCase();
  return { body, etag: `"${digest}"` };
}
