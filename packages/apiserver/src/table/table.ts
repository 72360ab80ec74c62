// Tables: what `kubectl get` prints. The columns come from the kind, the ages from the clock.
// @see kubernetes apiserver/pkg/endpoints/handlers/response.go asTable

import { badRequest, type Column, type Kind } from "@kubonsai/api";
import { listMeta, type ListMeta } from "../answer/list-bytes.ts";
import type { Call } from "../call.ts";
import type { Stored } from "../registry/registry.ts";
import type { AnswerForm } from "../request/negotiate.ts";
import { partialJson, partialObject, type MetaVersion } from "./partial-metadata.ts";

export interface TableOptions {
  readonly version: MetaVersion;
  readonly includeObject: IncludeObject;
  readonly nowMs: number;
}

/** All that a table needs of a kind. */
type Tabular = Pick<Kind, "columns" | "rowConditions">;

type IncludeObject = "None" | "Metadata" | "Object";

interface TableExtras {
  readonly list: ListMeta;
  /** A watch says the columns once. */
  readonly withoutColumns?: boolean;
}

const INCLUDES: ReadonlySet<string> = new Set(["None", "Metadata", "Object"]);

/** @throws BadRequest for an unknown `includeObject` */
export function tableOptionsOf({ query, rooms }: Call, form: AnswerForm): TableOptions {
  const asked = query.get("includeObject") || "Metadata";
  if (!INCLUDES.has(asked)) {
    throw badRequest(
      `Unable to convert to Table as requested: includeObject: Invalid value: ${JSON.stringify(asked)}: ` +
        "must be 'Metadata', 'Object', 'None', or empty",
    );
  }
  const includeObject = asked as IncludeObject;
  return { version: form.version, includeObject, nowMs: rooms.clock.now() };
}

export function tableOf(
  kind: Tabular,
  items: readonly Stored[],
  options: TableOptions & TableExtras,
): Buffer {
  const rows = items.map((stored) => rowOf(kind, stored, options));
  return tableBytes(kind, rows, options);
}

/** A bookmark's table: a row without content that carries `metadata`, given as JSON. */
export function bookmarkTable(
  kind: Tabular,
  metadata: string,
  options: TableOptions & TableExtras,
): Buffer {
  const cells = kind.columns.map(({ type }) => (type === "integer" ? 0 : ""));
  const row = `{"cells":${JSON.stringify(cells)},"object":${partialJson(metadata, options.version)}}`;
  return tableBytes(kind, [row], options);
}

function tableBytes(
  kind: Tabular,
  rows: readonly string[],
  { version, list, withoutColumns }: TableOptions & TableExtras,
): Buffer {
  const metadata = JSON.stringify(listMeta(list));
  const columns = withoutColumns ? "null" : columnDefinitions(kind);
  return Buffer.from(
    `{"kind":"Table","apiVersion":"meta.k8s.io/${version}","metadata":${metadata},` +
      `"columnDefinitions":${columns},"rows":[${rows.join(",")}]}`,
  );
}

const definitions = new WeakMap<readonly Column[], string>();

function columnDefinitions({ columns }: Tabular): string {
  let json = definitions.get(columns);
  if (json === undefined) {
    json = JSON.stringify(columns.map(definitionOf));
    definitions.set(columns, json);
  }
  return json;
}

const definitionOf = ({ name, type, format, description, priority }: Column) => ({
  name,
  type,
  format: format ?? "",
  description,
  priority,
});

function rowOf(kind: Tabular, stored: Stored, options: TableOptions): string {
  const cells = kind.columns.map((column) => column.cell(stored.object, options.nowMs));
  const conditions = kind.rowConditions?.(stored.object) ?? [];
  const shown = conditions.length === 0 ? "" : `,"conditions":${JSON.stringify(conditions)}`;
  return `{"cells":${JSON.stringify(cells)}${shown},"object":${objectOf(stored, options)}}`;
}

function objectOf(stored: Stored, { includeObject, version }: TableOptions): string {
  if (includeObject === "None") return "null";
  return includeObject === "Object" ? stored.bytes.toString() : partialObject(stored, version);
}
