// An object in protobuf: `k8s\0`, then a runtime.Unknown that names the kind and holds the message.
//
//   6b 38 73 00 | typeMeta=1 {apiVersion=1, kind=2} raw=2 contentEncoding=3 contentType=4

import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { decode } from "../schema/decode.ts";
import { DecodeError } from "../schema/decode-error.ts";
import type { Message } from "../schema/schema.ts";
import { decodeMembers, guard } from "./decode-message.ts";
import { encodeMembers } from "./encode-message.ts";

export interface Envelope {
  readonly apiVersion: string;
  readonly kind: string;
  /** The message alone. */
  readonly raw: Uint8Array;
}

const prefix = Uint8Array.of(0x6b, 0x38, 0x73, 0x00);

export const isProtobuf = (bytes: Uint8Array): boolean =>
  bytes.length >= prefix.length && prefix.every((byte, index) => bytes[index] === byte);

/** @throws DecodeError in the words of the server's protobuf decoder */
export function readEnvelope(bytes: Uint8Array): Envelope {
  if (bytes.length === 0) throw new DecodeError("empty data");
  if (!isProtobuf(bytes)) {
    throw new DecodeError(
      `provided data does not appear to be a protobuf message, expected prefix [${prefix.join(" ")}]`,
    );
  }
  if (bytes.length === prefix.length) throw new DecodeError("empty body");
  return readUnknown(bytes.subarray(prefix.length));
}

function readUnknown(bytes: Uint8Array): Envelope {
  const envelope: { apiVersion: string; kind: string; raw: Uint8Array } = {
    apiVersion: "",
    kind: "",
    raw: new Uint8Array(),
  };
  guard(() => {
    const reader = new BinaryReader(bytes);
    while (reader.pos < reader.len) {
      const [number, wireType] = reader.tag();
      if (wireType !== WireType.LengthDelimited) reader.skip(wireType, number);
      else if (number === 1) readTypeMeta(reader.bytes(), envelope);
      else if (number === 2) envelope.raw = reader.bytes();
      else reader.skip(wireType, number);
    }
  });
  return envelope;
}

function readTypeMeta(bytes: Uint8Array, envelope: { apiVersion: string; kind: string }): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    if (wireType !== WireType.LengthDelimited) reader.skip(wireType, number);
    else if (number === 1) envelope.apiVersion = reader.string();
    else if (number === 2) envelope.kind = reader.string();
    else reader.skip(wireType, number);
  }
}

/**
 * The envelope's object as JSON decoding would make it, with the envelope's apiVersion and kind.
 * @throws DecodeError when the bytes are malformed
 */
export function decodeProtobuf<T = unknown>(message: Message, envelope: Envelope): T {
  const { apiVersion, kind, raw } = envelope;
  const members = decodeMembers(message, raw);
  if (Object.hasOwn(message.fields, "kind") && message.fields["kind"]!.number === 0) {
    members["kind"] = kind;
    members["apiVersion"] = apiVersion;
  }
  return decode<T>(message, members).object;
}

/** @param object names its apiVersion and kind */
export function encodeProtobuf(
  message: Message,
  object: { apiVersion?: string; kind?: string },
): Uint8Array {
  const { apiVersion = "", kind = "" } = object;
  return wrap({ apiVersion, kind, raw: encodeMembers(message, object) });
}

/** Puts an encoded message into its envelope. */
export function wrap({ apiVersion, kind, raw }: Envelope): Uint8Array {
  const writer = new BinaryWriter().raw(prefix);
  writer.tag(1, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.LengthDelimited).string(apiVersion);
  writer.tag(2, WireType.LengthDelimited).string(kind).join();
  writer.tag(2, WireType.LengthDelimited).bytes(raw);
  writer.tag(3, WireType.LengthDelimited).string("");
  writer.tag(4, WireType.LengthDelimited).string("");
  return writer.finish();
}
