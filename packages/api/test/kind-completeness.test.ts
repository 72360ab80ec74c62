// A kind that lacks something fails here: names, verbs, columns, schema, list names, and a wire form.

import { describe, expect, test } from "vitest";
import { apiVersionOf, kinds, listMessageOf, type Kind } from "../src/index.ts";
import type { Message, Schema } from "../src/schema/schema.ts";

const named = kinds.map((kind) => [`${apiVersionOf(kind)} ${kind.resource}`, kind] as const);
const isStored = ({ verbs }: Kind) => verbs.includes("list");

/** Every message that a kind's schema is made of. */
function messagesOf(message: Message, seen = new Set<Message>()): Set<Message> {
  if (seen.has(message)) return seen;
  seen.add(message);
  for (const { schema } of Object.values(message.fields)) {
    const inner = messageWithin(schema);
    if (inner) messagesOf(inner, seen);
  }
  return seen;
}

function messageWithin(schema: Schema): Message | undefined {
  if (schema.type === "list") return messageWithin(schema.items);
  if (schema.type === "map") return messageWithin(schema.values);
  return schema.type === "message" ? schema.message() : undefined;
}

const embeddedNames = (groups: Message["embedded"]): string[] =>
  groups.flatMap(({ fields, embedded = [] }) => [...fields, ...embeddedNames(embedded)]);

test("no two kinds or resources share an address", () => {
  const addresses = kinds.map((kind) => `${apiVersionOf(kind)}/${kind.resource}`);
  expect(new Set(addresses).size).toBe(kinds.length);
  const gvks = kinds.map((kind) => `${apiVersionOf(kind)}/${kind.kind}`);
  expect(new Set(gvks).size).toBe(kinds.length);
});

test("messages of one name are one message", () => {
  const byName = new Map<string, Message>();
  for (const kind of kinds) {
    for (const message of messagesOf(kind.schema)) {
      expect(byName.get(message.name) ?? message).toBe(message);
      byName.set(message.name, message);
    }
  }
});

test("short names mean one resource each", () => {
  const owners = new Map<string, string>();
  for (const { shortNames, resource } of kinds) {
    for (const name of shortNames) {
      expect(owners.get(name) ?? resource).toBe(resource);
      owners.set(name, resource);
    }
  }
});

describe.each(named)("%s", (_, kind) => {
  test("has names of the usual form", () => {
    expect(kind.kind).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(kind.singular).toBe(kind.kind.toLowerCase());
    expect(kind.resource).toMatch(/^[a-z]+s$|^endpoints$/);
    expect(kind.listKind).toBe(`${kind.kind}List`);
    expect(kind.version).toMatch(/^v[12]$/);
  });

  test("has verbs that belong together", () => {
    const { verbs } = kind;
    expect(new Set(verbs).size).toBe(verbs.length);
    expect(verbs.includes("list")).toBe(verbs.includes("get"));
    if (!isStored(kind)) expect(verbs).toEqual(["create"]);
    else expect(verbs).toEqual(expect.arrayContaining(["create", "delete", "patch", "watch"]));
  });

  test("has a table that begins with the name", () => {
    const names = kind.columns.map(({ name }) => name);
    expect(names).toContain("Name");
    expect(new Set(names).size).toBe(names.length);
    for (const { description, type, priority } of kind.columns) {
      expect(description).not.toBe("");
      expect(["string", "integer", "boolean", "date"]).toContain(type);
      expect([0, 1]).toContain(priority);
    }
  });

  test("has a schema with type and metadata, and lists of it", () => {
    const { fields, name } = kind.schema;
    expect(Object.keys(fields).slice(0, 3)).toEqual(["kind", "apiVersion", "metadata"]);
    expect(name.endsWith(`.${kind.version}.${kind.kind}`)).toBe(true);
    expect(listMessageOf(kind.schema).name).toBe(`${name}List`);
  });

  test("knows every member's number on the wire", () => {
    for (const { name, fields, embedded, protoName } of messagesOf(kind.schema)) {
      expect(protoName, name).toBe(name.replace(/^io\.k8s\./, "k8s.io."));
      const nested = new Set(embeddedNames(embedded));
      const own = Object.entries(fields).filter(([member]) => !nested.has(member));
      const inEnvelope = own.filter(([, { number }]) => number === 0).map(([member]) => member);
      expect(["", "kind,apiVersion"], name).toContain(inEnvelope.join());
      const numbers = own.map(([, { number }]) => number).filter((number) => number > 0);
      expect(new Set(numbers).size, name).toBe(numbers.length);
      for (const member of nested) expect(fields[member], `${name}.${member}`).toBeDefined();
    }
  });

  test("says how its lists merge", () => {
    for (const { name, fields } of messagesOf(kind.schema)) {
      for (const [member, { schema, traits }] of Object.entries(fields)) {
        if (schema.type !== "list") continue;
        const { listType, listMapKeys = [] } = traits;
        expect(listType === "map", `${name}.${member}`).toBe(listMapKeys.length > 0);
        const items = messageWithin(schema);
        for (const key of listMapKeys) expect(items?.fields[key], `${name}.${key}`).toBeDefined();
      }
    }
  });

  test("writes its status apart where it has one to write", () => {
    const status = kind.subresources.find(({ name }) => name === "status");
    if (!status) return;
    expect(status).toMatchObject({ group: kind.group, version: kind.version, kind: kind.kind });
    expect(kind.schema.fields["status"]).toBeDefined();
    expect(kind.prepareForUpdate).toBeDefined();
    expect(kind.prepareForStatusUpdate).toBeDefined();
  });
});
