// OpenAPI documents as bytes, built when first asked for and again when the kinds change.

import {
  encodeOpenApiV2,
  openApiV2,
  openApiV3Documents,
  openApiV3Index,
  type Kind,
} from "@kubonsai/api";
import { documentOf, type Document } from "../discovery/discovery.ts";

export interface OpenApi {
  v2(): Document;
  /** For clients that read it as protobuf alone. */
  v2Protobuf(): Document;
  /** The index: where each document is, with its hash. */
  v3Index(): Document;
  /** `apis/apps/v1`; undefined when nothing is served there. */
  v3(path: string): Document | undefined;
}

export function createOpenApi(kinds: () => readonly Kind[]): OpenApi {
  let builtFor: readonly Kind[] = [];
  let built: Partial<Built> = {};
  const once = <K extends keyof Built>(name: K, build: (own: readonly Kind[]) => Built[K]) => {
    if (builtFor !== kinds()) {
      builtFor = kinds();
      built = {};
    }
    return (built[name] ??= build(builtFor) as Partial<Built>[K]) as Built[K];
  };
  const documents = () => once("documents", documentsOf);
  return {
    v2: () => once("v2", (own) => documentOf(openApiV2(own))),
    v2Protobuf: () =>
      once("v2Protobuf", (own) => documentOf(Buffer.from(encodeOpenApiV2(openApiV2(own))))),
    v3Index: () => once("v3Index", () => documentOf(openApiV3Index(hashesOf(documents())))),
    v3: (path) => documents().get(path),
  };
}

interface Built {
  v2: Document;
  v2Protobuf: Document;
  documents: ReadonlyMap<string, Document>;
  v3Index: Document;
}

function documentsOf(kinds: readonly Kind[]): Map<string, Document> {
  const built = [...openApiV3Documents(kinds)];
  return new Map(built.map(([path, value]) => [path, documentOf(value)]));
}

const hashesOf = (documents: ReadonlyMap<string, Document>) =>
  new Map([...documents].map(([path, { etag }]) => [path, etag.slice(1, -1)]));
