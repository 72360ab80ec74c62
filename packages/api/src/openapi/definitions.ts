// Every schema that a set of kinds needs, by name: theirs, their lists', and all that these refer to.

import { apiVersionOf, type Kind } from "../kind.ts";
import { deleteOptions } from "../metadata/delete-options.ts";
import { listMessageOf } from "../metadata/list-meta.ts";
import { status } from "../metadata/status.ts";
import type { Message, Schema } from "../schema/schema.ts";
import {
  type GroupVersionKind,
  type OpenApiVersion,
  patchName,
  schemaObject,
  type SchemaObject,
  wellKnownName,
  wellKnownSchemas,
} from "./schema-object.ts";

export function definitionsOf(
  kinds: readonly Kind[],
  version: OpenApiVersion,
): { [name: string]: SchemaObject } {
  const known = kindsByMessage(kinds);
  const definitions: { [name: string]: SchemaObject } = {};
  const { messages, others } = closure([...known.keys()]);
  const wellKnown = wellKnownSchemas(version);
  for (const name of [patchName, ...others]) definitions[name] = wellKnown[name]!;
  for (const message of messages) {
    definitions[message.name] = schemaObject(message, version, known.get(message) ?? []);
  }
  return sortedByName(definitions);
}

/** Which kinds each message is; options and Status belong to every group that uses them. */
function kindsByMessage(kinds: readonly Kind[]): Map<Message, GroupVersionKind[]> {
  const found = new Map<Message, GroupVersionKind[]>();
  const add = (message: Message, { group, version }: GroupVersion, kind: string) => {
    const list = found.get(message) ?? [];
    const isKnown = list.some(
      (one) => one.group === group && one.version === version && one.kind === kind,
    );
    if (!isKnown) list.push({ group, kind, version });
    found.set(message, list);
  };
  for (const kind of kinds) {
    add(kind.schema, kind, kind.kind);
    add(listMessageOf(kind.schema), kind, kind.listKind);
    for (const part of kind.subresources) if (part.schema) add(part.schema, part, part.kind);
  }
  for (const one of groupVersions(kinds)) add(deleteOptions, one, "DeleteOptions");
  add(status, { group: "", version: "v1" }, "Status");
  return found;
}

interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

export function groupVersions(kinds: readonly Kind[]): GroupVersion[] {
  const found = new Map(
    kinds.map((kind) => [apiVersionOf(kind), { group: kind.group, version: kind.version }]),
  );
  return [...found.values()];
}

/** All messages below `roots`, and the names of the types without one. */
function closure(roots: readonly Message[]): { messages: Set<Message>; others: Set<string> } {
  const messages = new Set(roots);
  const others = new Set<string>();
  for (const message of messages) {
    for (const { schema } of Object.values(message.fields)) {
      const innermost = elementOf(schema);
      const name = wellKnownName(innermost);
      if (innermost.type === "message") messages.add(innermost.message());
      else if (name !== undefined) others.add(name);
    }
  }
  return { messages, others };
}

function elementOf(schema: Schema): Schema {
  if (schema.type === "list") return elementOf(schema.items);
  return schema.type === "map" ? elementOf(schema.values) : schema;
}

const sortedByName = <T>(members: { [name: string]: T }): { [name: string]: T } =>
  Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
