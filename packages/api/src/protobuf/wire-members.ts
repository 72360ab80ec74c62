// How a message lies on the protobuf wire: which number carries which member, embedded structs included.

import type { Embedded, Message, Schema } from "../schema/schema.ts";

export interface WireMember {
  readonly number: number;
  readonly name: string;
  readonly schema: Schema;
}

/** A struct that Go embeds: nested on the wire, its members lie in the object itself. */
export interface WireGroup {
  readonly number: number;
  readonly members: WireTable;
}

export interface WireTable {
  /** By number, ascending. */
  readonly members: readonly (WireMember | WireGroup)[];
  readonly byNumber: ReadonlyMap<number, WireMember | WireGroup>;
}

const tables = new WeakMap<Message, WireTable>();

export function wireTableOf(message: Message): WireTable {
  const known = tables.get(message);
  if (known !== undefined) return known;
  const table = buildTable(message);
  tables.set(message, table);
  return table;
}

function buildTable(message: Message): WireTable {
  const embedded = new Set(message.embedded.flatMap(namesWithin));
  const own = Object.keys(message.fields).filter((name) => !embedded.has(name));
  return tableFrom([
    ...membersNamed(message, own),
    ...message.embedded.map((group) => groupOf(message, group)),
  ]);
}

function groupOf(message: Message, { number, fields, embedded = [] }: Embedded): WireGroup {
  const inner = embedded.map((group) => groupOf(message, group));
  return { number, members: tableFrom([...membersNamed(message, fields), ...inner]) };
}

const namesWithin = ({ fields, embedded = [] }: Embedded): string[] => [
  ...fields,
  ...embedded.flatMap(namesWithin),
];

// Members with the number 0 (kind, apiVersion) travel in the envelope.
const membersNamed = (message: Message, names: readonly string[]): WireMember[] =>
  names
    .map((name) => ({
      number: message.fields[name]!.number,
      name,
      schema: message.fields[name]!.schema,
    }))
    .filter(({ number }) => number > 0);

function tableFrom(unordered: readonly (WireMember | WireGroup)[]): WireTable {
  const members = [...unordered].sort((a, b) => a.number - b.number);
  return { members, byNumber: new Map(members.map((member) => [member.number, member])) };
}
