// JSON → an object of a schema: types checked, unknown members and nulls left out, texts brought into
// the stored form. Each message is compiled once into a table of its members.

import { DecodeError, jsonTypeOf, Mismatch, typeNameOf, unknownField } from "./decode-error.ts";
import { isMembers, isTooDeep, type Members, setMember } from "./json-value.ts";
import { isZero, scalarReaders, zeroOf } from "./scalar.ts";
import type { Field, Message, Schema } from "./schema.ts";

export interface Decoded<T> {
  /** Made anew, members in the schema's order; values of `raw` members are shared with the input. */
  object: T;
  /** What strict validation says of members that the schema lacks: `unknown field "spec.foo"` */
  unknownFields: string[];
}

/**
 * Null members are absent, as are members of a zero value that need not be given.
 * @param value parsed JSON; never altered
 * @throws DecodeError in the words of the server's decoder
 */
export function decode<T = unknown>(message: Message, value: unknown): Decoded<T> {
  const place: Place = { path: [], unknownFields: [] };
  try {
    return { object: readerOf(message)(value, place) as T, unknownFields: place.unknownFields };
  } catch (error) {
    if (error instanceof Mismatch) throw new DecodeError(error.message);
    throw error;
  }
}

/** More strict problems than these are not collected. */
const MAX_UNKNOWN_FIELDS = 100;
/** Messages may hold themselves: how long the way to a value may be. */
const MAX_PATH = 1000;

/** A member, a list index, or a map's key: `["a"]` */
type Step = string | number | readonly [key: string];

interface Place {
  /** The way from the root. */
  readonly path: Step[];
  readonly unknownFields: string[];
}

type Read = (value: unknown, place: Place) => unknown;

interface Member {
  readonly name: string;
  readonly read: Read;
  /** What means the same as absence, so that it is dropped. */
  readonly isAbsent: (value: unknown) => boolean;
}

const readers = new WeakMap<Message, Read>();

function readerOf(message: Message): Read {
  const known = readers.get(message);
  if (known !== undefined) return known;
  const read = compileMessage(message);
  readers.set(message, read);
  return read;
}

function compileMessage(message: Message): Read {
  let members: Member[] | undefined;
  const wanted = typeNameOf({ type: "message", message: () => message });
  return (value, place) => {
    if (!isMembers(value)) throw new Mismatch(jsonTypeOf(value), wanted);
    if (place.path.length > MAX_PATH) throw new DecodeError("exceeded max depth");
    members ??= Object.entries(message.fields).map(([name, field]) => memberOf(name, field));
    try {
      return readMembers(members, value, place);
    } catch (error) {
      if (error instanceof Mismatch) throw error.at(message, memberPath(place));
      throw error;
    }
  };
}

function memberOf(name: string, { schema, traits }: Field<unknown, boolean>): Member {
  const canDrop = traits.required !== true && traits.explicit !== true;
  return { name, read: compile(schema), isAbsent: canDrop ? dropRule(schema) : isNull };
}

/** Optional members that Go leaves out when they are empty. */
function dropRule(schema: Schema): (value: unknown) => boolean {
  switch (schema.type) {
    case "list":
      return (value) => value === null || (value as unknown[]).length === 0;
    case "map":
      return (value) => value === null || isEmpty(value as object);
    case "string":
    case "boolean":
    case "int32":
    case "int64":
    case "double":
    case "bytes":
    case "intOrString":
      return (value) => value === null || isZero(value);
    default:
      return isNull;
  }
}

const isNull = (value: unknown) => value === null;

function isEmpty(value: object): boolean {
  for (const name in value) if (Object.hasOwn(value, name)) return false;
  return true;
}

function readMembers(members: readonly Member[], value: Members, place: Place): Members {
  const { path } = place;
  const object: Members = {};
  let seen = 0;
  for (const { name, read, isAbsent } of members) {
    const given = value[name];
    if (given === undefined || !Object.hasOwn(value, name)) continue;
    seen += 1;
    if (given === null) continue;
    path.push(name);
    const kept = read(given, place);
    path.pop();
    if (!isAbsent(kept)) object[name] = kept;
  }
  if (seen < Object.keys(value).length) reportUnknown(members, value, place);
  return object;
}

function reportUnknown(members: readonly Member[], value: Members, place: Place): void {
  const known = new Set(members.map(({ name }) => name));
  for (const name of Object.keys(value)) {
    if (known.has(name) || place.unknownFields.length >= MAX_UNKNOWN_FIELDS) continue;
    place.unknownFields.push(unknownField(showPath([...place.path, name])));
  }
}

function compile(schema: Schema): Read {
  switch (schema.type) {
    case "message": {
      let read: Read | undefined;
      return (value, place) => (read ??= readerOf(schema.message()))(value, place);
    }
    case "list":
      return compileList(schema);
    case "map":
      return compileMap(schema);
    case "raw":
      return readRaw;
    default:
      return scalarReaders[schema.type];
  }
}

function compileList(schema: Extract<Schema, { type: "list" }>): Read {
  const read = compile(schema.items);
  const wanted = typeNameOf(schema);
  return (value, place) => {
    if (!Array.isArray(value)) throw new Mismatch(jsonTypeOf(value), wanted);
    const { path } = place;
    const items = new Array<unknown>(value.length);
    for (let index = 0; index < value.length; index += 1) {
      path.push(index);
      items[index] = value[index] === null ? zero(schema.items) : read(value[index], place);
      path.pop();
    }
    return items;
  };
}

function compileMap(schema: Extract<Schema, { type: "map" }>): Read {
  const read = compile(schema.values);
  const wanted = typeNameOf(schema);
  return (value, place) => {
    if (!isMembers(value)) throw new Mismatch(jsonTypeOf(value), wanted);
    const { path } = place;
    const entries: Members = {};
    for (const key of Object.keys(value)) {
      path.push([key]);
      const kept = value[key] === null ? zero(schema.values) : read(value[key], place);
      path.pop();
      setMember(entries, key, kept);
    }
    return entries;
  };
}

function zero(schema: Schema): unknown {
  switch (schema.type) {
    case "message":
    case "map":
      return {};
    case "list":
      return [];
    case "raw":
      return null;
    default:
      return zeroOf[schema.type];
  }
}

function readRaw(value: unknown): unknown {
  if (isTooDeep(value)) throw new DecodeError("exceeded max depth");
  return value;
}

const memberPath = ({ path }: Place) => path.filter((step) => typeof step === "string").join(".");

const showPath = (path: readonly Step[]) =>
  path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : index === 0 ? String(step) : `.${String(step)}`,
    )
    .join("");
