// Protobuf → JSON members of a schema. Unknown numbers are skipped.

import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { DecodeError } from "../schema/decode-error.ts";
import { type Members, setMember } from "../schema/json-value.ts";
import type { Message, Schema } from "../schema/schema.ts";
import { fromUnix } from "../schema/time.ts";
import { type WireMember, wireTableOf, type WireTable } from "./wire-members.ts";

/**
 * The members as they stand on the wire: Go writes zero values too, which JSON decoding drops.
 * @throws DecodeError when the bytes are malformed
 */
export function decodeMembers(message: Message, bytes: Uint8Array): Members {
  const object: Members = {};
  guard(() => {
    const reader = new BinaryReader(bytes);
    readTable(wireTableOf(message), object, { reader, end: bytes.length, depth: 0 });
  });
  return object;
}

/** Runs `read`, and says in our own words what the wire reader found wrong. */
export function guard(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (error instanceof DecodeError) throw error;
    throw new DecodeError(
      error instanceof RangeError ? "unexpected EOF" : `proto: ${String(error)}`,
    );
  }
}

/** Messages may hold themselves. */
const MAX_DEPTH = 100;

interface Span {
  readonly reader: BinaryReader;
  /** Where the message ends in the reader's bytes. */
  readonly end: number;
  readonly depth: number;
}

function readTable(table: WireTable, object: Members, span: Span): void {
  const { reader, end } = span;
  if (span.depth > MAX_DEPTH) throw new DecodeError("proto: nested too deep");
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    const member = table.byNumber.get(number);
    if (member === undefined) reader.skip(wireType, number);
    else if ("members" in member) readTable(member.members, object, enter(span, wireType));
    else readMember(member, object, { span, wireType });
  }
  if (reader.pos !== end) throw new DecodeError("unexpected EOF");
}

/** The span of the length-delimited value that comes next. */
function enter({ reader, end, depth }: Span, wireType: WireType): Span {
  expectType(wireType, WireType.LengthDelimited);
  const inner = reader.uint32() + reader.pos;
  if (inner > end) throw new DecodeError("unexpected EOF");
  return { reader, end: inner, depth: depth + 1 };
}

function expectType(found: WireType, wanted: WireType): void {
  if (found !== wanted) throw new DecodeError(`proto: wrong wireType = ${found}`);
}

interface At {
  readonly span: Span;
  readonly wireType: WireType;
}

function readMember({ name, schema }: WireMember, object: Members, at: At): void {
  switch (schema.type) {
    case "list": {
      const list = (object[name] ??= []) as unknown[];
      readItems(schema.items, list, at);
      break;
    }
    case "map": {
      const map = (object[name] ??= {}) as Members;
      readEntry(schema.values, map, enter(at.span, at.wireType));
      break;
    }
    default:
      object[name] = readValue(schema, at);
  }
}

/** One element, or a packed run of numbers. */
function readItems(items: Schema, list: unknown[], at: At): void {
  const isPacked = at.wireType === WireType.LengthDelimited && isPackable(items);
  if (!isPacked) {
    list.push(readValue(items, at));
    return;
  }
  const span = enter(at.span, at.wireType);
  while (span.reader.pos < span.end) list.push(readNumber(items, span.reader));
}

const isPackable = ({ type }: Schema) =>
  type === "int32" || type === "int64" || type === "boolean" || type === "double";

function readEntry(values: Schema, map: Members, span: Span): void {
  const { reader, end } = span;
  let key = "";
  let value: unknown;
  while (reader.pos < end) {
    const [number, wireType] = reader.tag();
    if (number === 1) key = readText(reader, wireType);
    else if (number === 2) value = readValue(values, { span, wireType });
    else reader.skip(wireType, number);
  }
  setMember(map, key, value ?? emptyOf(values));
}

const emptyOf = ({ type }: Schema): unknown =>
  type === "message" || type === "map"
    ? {}
    : type === "list"
      ? []
      : type === "quantity"
        ? "0"
        : type === "string" || type === "bytes"
          ? ""
          : 0;

function readValue(schema: Schema, at: At): unknown {
  const { span, wireType } = at;
  switch (schema.type) {
    case "string":
      return readText(span.reader, wireType);
    case "bytes":
      expectType(wireType, WireType.LengthDelimited);
      return Buffer.from(span.reader.bytes()).toString("base64");
    case "boolean":
    case "int32":
    case "int64":
      expectType(wireType, WireType.Varint);
      return readNumber(schema, span.reader);
    case "double":
      expectType(wireType, WireType.Bit64);
      return readNumber(schema, span.reader);
    case "message": {
      const object: Members = {};
      readTable(wireTableOf(schema.message()), object, enter(span, wireType));
      return object;
    }
    default:
      return readSpecial(schema, enter(span, wireType));
  }
}

function readText(reader: BinaryReader, wireType: WireType): string {
  expectType(wireType, WireType.LengthDelimited);
  return reader.string();
}

function readNumber(schema: Schema, reader: BinaryReader): unknown {
  switch (schema.type) {
    case "boolean":
      return reader.bool();
    case "int32":
      return reader.int32();
    case "double":
      return reader.double();
    default:
      return Number(reader.int64());
  }
}

/** Types whose Go structs write themselves. */
function readSpecial(schema: Schema, span: Span): unknown {
  switch (schema.type) {
    case "time":
    case "microTime":
      return readTime(schema.type, span);
    case "quantity":
      return readNumbered(span, quantityMembers)["string"] ?? "0";
    case "intOrString":
      return readIntOrString(span);
    case "raw":
      return readRaw(span);
    case "list": {
      // A list within a list or map is a message `{items=1}`.
      const items: unknown[] = [];
      const table = numbered({ items: [1, schema] });
      const object: Members = { items };
      readTable(table, object, span);
      return items;
    }
    case "map": {
      const object: Members = { entries: {} };
      readTable(numbered({ entries: [1, schema] }), object, span);
      return object["entries"];
    }
    default:
      throw new DecodeError(`proto: ${schema.type} cannot stand here`);
  }
}

function readTime(layout: "time" | "microTime", span: Span): string | null {
  if (span.reader.pos === span.end) return null;
  const { seconds = 0, nanos = 0 } = readNumbered(span, timeMembers) as {
    seconds?: number;
    nanos?: number;
  };
  return fromUnix(seconds, layout === "time" ? 0 : nanos, layout);
}

function readIntOrString(span: Span): number | string {
  const {
    type = 0,
    intVal = 0,
    strVal = "",
  } = readNumbered(span, intOrStringMembers) as {
    type?: number;
    intVal?: number;
    strVal?: string;
  };
  return type === 1 ? strVal : intVal;
}

function readRaw(span: Span): unknown {
  const raw = readNumbered(span, rawMembers)["raw"];
  if (raw === undefined || raw === "") return null;
  try {
    return JSON.parse(Buffer.from(raw as string, "base64").toString("utf8"));
  } catch {
    throw new DecodeError("proto: raw member holds no JSON");
  }
}

function readNumbered(span: Span, table: WireTable): Members {
  const object: Members = {};
  readTable(table, object, span);
  return object;
}

function numbered(members: {
  [name: string]: readonly [number: number, schema: Schema];
}): WireTable {
  const list = Object.entries(members).map(([name, [number, schema]]) => ({
    number,
    name,
    schema,
  }));
  return { members: list, byNumber: new Map(list.map((member) => [member.number, member])) };
}

const timeMembers = numbered({ seconds: [1, { type: "int64" }], nanos: [2, { type: "int32" }] });
const quantityMembers = numbered({ string: [1, { type: "string" }] });
const rawMembers = numbered({ raw: [1, { type: "bytes" }] });
const intOrStringMembers = numbered({
  type: [1, { type: "int64" }],
  intVal: [2, { type: "int32" }],
  strVal: [3, { type: "string" }],
});
