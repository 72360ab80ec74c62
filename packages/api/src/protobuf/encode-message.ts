// JSON members of a schema → protobuf. Members are written in the order of their numbers and maps in the
// order of their keys, as Kubernetes does. Unlike Kubernetes, zero values of absent members are not
// written: readers take them for zero all the same.

import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { isMembers, type Members } from "../schema/json-value.ts";
import type { Message, Schema } from "../schema/schema.ts";
import { toUnix } from "../schema/time.ts";
import { type WireMember, wireTableOf, type WireTable } from "./wire-members.ts";

/** The bare message, without the envelope. `object` must be as `decode` makes it. */
export function encodeMembers(message: Message, object: object): Uint8Array {
  const writer = new BinaryWriter();
  writeTable(wireTableOf(message), object as Members, writer);
  return writer.finish();
}

function writeTable(table: WireTable, object: Members, writer: BinaryWriter): void {
  for (const member of table.members) {
    if ("members" in member) {
      writer.tag(member.number, WireType.LengthDelimited).fork();
      writeTable(member.members, object, writer);
      writer.join();
    } else {
      const value = object[member.name];
      if (value !== undefined && value !== null) writeMember(member, value, writer);
    }
  }
}

function writeMember({ number, schema }: WireMember, value: unknown, writer: BinaryWriter): void {
  if (schema.type === "list") {
    for (const item of value as unknown[])
      writeValue({ number, schema: schema.items }, item, writer);
  } else if (schema.type === "map") {
    writeMap({ number, schema: schema.values }, value as Members, writer);
  } else {
    writeValue({ number, schema }, value, writer);
  }
}

interface Target {
  readonly number: number;
  readonly schema: Schema;
}

function writeMap({ number, schema }: Target, map: Members, writer: BinaryWriter): void {
  for (const key of Object.keys(map).sort()) {
    writer.tag(number, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(key);
    writeValue({ number: 2, schema }, map[key], writer);
    writer.join();
  }
}

function writeValue({ number, schema }: Target, value: unknown, writer: BinaryWriter): void {
  switch (schema.type) {
    case "string":
      writer.tag(number, WireType.LengthDelimited).string(String(value));
      break;
    case "bytes":
      writer.tag(number, WireType.LengthDelimited).bytes(Buffer.from(String(value), "base64"));
      break;
    case "boolean":
      writer.tag(number, WireType.Varint).bool(value === true);
      break;
    case "int32":
      writer.tag(number, WireType.Varint).int32(Number(value));
      break;
    case "int64":
      writer.tag(number, WireType.Varint).int64(BigInt(value as number));
      break;
    case "double":
      writer.tag(number, WireType.Bit64).double(Number(value));
      break;
    default:
      writer.tag(number, WireType.LengthDelimited).fork();
      writeNested(schema, value, writer);
      writer.join();
  }
}

function writeNested(schema: Schema, value: unknown, writer: BinaryWriter): void {
  switch (schema.type) {
    case "message":
      if (isMembers(value)) writeTable(wireTableOf(schema.message()), value, writer);
      break;
    case "time":
    case "microTime":
      writeTime(String(value), schema.type, writer);
      break;
    case "quantity":
      writer.tag(1, WireType.LengthDelimited).string(String(value));
      break;
    case "intOrString":
      writeIntOrString(value as number | string, writer);
      break;
    case "raw":
      writer.tag(1, WireType.LengthDelimited).bytes(Buffer.from(JSON.stringify(value)));
      break;
    case "list":
    case "map":
      // A list within a list or map is a message `{items=1}`.
      writeMember({ number: 1, name: "items", schema }, value, writer);
      break;
  }
}

function writeTime(text: string, layout: "time" | "microTime", writer: BinaryWriter): void {
  const { seconds, nanos } = toUnix(text);
  writer.tag(1, WireType.Varint).int64(BigInt(seconds));
  writer.tag(2, WireType.Varint).int32(layout === "time" ? 0 : nanos);
}

function writeIntOrString(value: number | string, writer: BinaryWriter): void {
  const isString = typeof value === "string";
  writer.tag(1, WireType.Varint).int64(isString ? 1n : 0n);
  writer.tag(2, WireType.Varint).int32(isString ? 0 : value);
  writer.tag(3, WireType.LengthDelimited).string(isString ? value : "");
}
