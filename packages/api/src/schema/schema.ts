// The schema language: what an API type looks like, said once. The TypeScript type, OpenAPI, decoding
// and pruning, defaults, strategic merge, server-side apply and the protobuf codec all follow from it.
//
//   export const containerPort = message("io.k8s.api.core.v1.ContainerPort", {
//     name: string(1),
//     containerPort: int32(3).required(),
//     protocol: string(4).oneOf("TCP", "UDP", "SCTP").default("TCP"),
//   });
//   export interface ContainerPort extends TypeOf<typeof containerPort> {}
//
//   ports: list(6, of<ContainerPort>(() => containerPort)).listMap("containerPort", "protocol")
//                                                         .merge("containerPort"),

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** What a value is on the wire. `message` is a thunk, so that types may refer to each other. */
export type Schema =
  | { type: "string" }
  | { type: "boolean" }
  | { type: "int32" }
  | { type: "int64" }
  | { type: "double" }
  /** base64 in JSON */
  | { type: "bytes" }
  /** RFC 3339 with seconds: `2026-01-02T03:04:05Z` */
  | { type: "time" }
  /** RFC 3339 with microseconds: `2026-01-02T03:04:05.000006Z` */
  | { type: "microTime" }
  /** A decimal number with a suffix as a string: `500m`, `1Gi`; a number is accepted in JSON */
  | { type: "quantity" }
  /** A number or a string: `80`, `"http"`, `"25%"` */
  | { type: "intOrString" }
  /** Any JSON: RawExtension, FieldsV1, JSONSchemaProps' JSON. `preserve`: unknown members are kept */
  | { type: "raw"; message: "RawExtension" | "FieldsV1" | "JSON" }
  | { type: "map"; values: Schema }
  | { type: "list"; items: Schema }
  | { type: "message"; message: () => Message };

/** An object type: its full name and its members, in the order in which they are shown. */
export interface Message<F extends Fields = Fields> {
  /** As in OpenAPI definitions: `io.k8s.api.core.v1.Pod` */
  readonly name: string;
  /** The protobuf message: `k8s.io.api.core.v1.Pod` */
  readonly protoName: string;
  readonly fields: F;
  /** Go structs embedded inline in JSON but nested on the protobuf wire (Probe.handler = 1). */
  readonly embedded: readonly Embedded[];
  /** `atomic`: server-side apply treats the whole object as one value */
  readonly mapType: "granular" | "atomic";
  readonly unions: readonly Union[];
}

/** Members of which one is set, as another may say: `limited` where `type` is `Limited`. */
export interface Union {
  readonly discriminator?: string;
  /** Member → the discriminator's value that goes with it. */
  readonly fields: { readonly [member: string]: string };
}

export interface Embedded {
  /** The protobuf member that wraps the fields: `{ name: "handler", number: 1, fields: ["exec", …] }` */
  readonly name: string;
  readonly number: number;
  readonly fields: readonly string[];
  /** Structs embedded in the embedded one. */
  readonly embedded?: readonly Embedded[];
}

export type Fields = { readonly [name: string]: Field<unknown, boolean> };

/** The object type that a message describes. */
export type TypeOf<M extends Message> = {
  -readonly [
    K in keyof M["fields"] as M["fields"][K] extends Field<unknown, true> ? K : never
  ]: ValueOf<M["fields"][K]>;
} & {
  -readonly [
    K in keyof M["fields"] as M["fields"][K] extends Field<unknown, true> ? never : K
  ]?: ValueOf<M["fields"][K]>;
};

type ValueOf<F> = F extends Field<infer T, boolean> ? T : never;

/** What belongs to a member beside its type. Every method returns a changed copy. */
export interface FieldTraits {
  readonly required?: boolean;
  readonly explicit?: boolean;
  readonly default?: Json;
  readonly enum?: readonly string[];
  readonly listType?: "atomic" | "set" | "map";
  readonly listMapKeys?: readonly string[];
  readonly mapType?: "granular" | "atomic";
  readonly patchStrategy?: readonly ("merge" | "retainKeys" | "replace")[];
  readonly patchMergeKey?: string;
}

/** A member of a message. `T` is its TypeScript type; `R` is true when it is always present. */
export class Field<out T, out R extends boolean = false> {
  declare protected readonly valueType: T;
  declare protected readonly isRequired: R;

  /** @param number the protobuf field number; 0: `kind` and `apiVersion`, told by the envelope */
  constructor(number: number, schema: Schema, traits: FieldTraits = {}) {
    this.number = number;
    this.schema = schema;
    this.traits = traits;
  }

  readonly number: number;
  readonly schema: Schema;
  readonly traits: FieldTraits;

  required(): Field<T, true> {
    return this.#with({ required: true });
  }
  /**
   * An explicit `0`, `false` or `""` differs from absence and is kept (`replicas: 0`). Without this, a
   * member that is not required means the same either way, and decoding drops it.
   */
  explicit(): Field<T, R> {
    return this.#with({ explicit: true });
  }
  /** The value that defaulting fills in when the member is absent; `{}` for parts always shown. */
  default(value: Json): Field<T, R> {
    return this.#with({ default: value });
  }
  oneOf<const E extends string>(...values: E[]): Field<E, R> {
    return this.#with({ enum: values });
  }
  /** Strategic merge: merge this list (by `key`) or map instead of replacing it. */
  merge(key?: string): Field<T, R> {
    return this.#with({
      patchStrategy: [...(this.traits.patchStrategy ?? []), "merge"],
      ...(key === undefined ? {} : { patchMergeKey: key }),
    });
  }
  /** Strategic merge: drop members that the patch's `$retainKeys` does not name. */
  retainKeys(): Field<T, R> {
    return this.#with({ patchStrategy: [...(this.traits.patchStrategy ?? []), "retainKeys"] });
  }
  /** Strategic merge: the patch's value replaces the member as a whole. */
  replaced(): Field<T, R> {
    return this.#with({ patchStrategy: ["replace"] });
  }
  /** Server-side apply: one owner for the whole list or map. */
  atomic(): Field<T, R> {
    const isList = this.schema.type === "list";
    return this.#with(isList ? { listType: "atomic" } : { mapType: "atomic" });
  }
  /** Server-side apply: an owner for each member, even where the message is atomic elsewhere. */
  granular(): Field<T, R> {
    return this.#with({ mapType: "granular" });
  }
  listSet(): Field<T, R> {
    return this.#with({ listType: "set" });
  }
  listMap(...keys: string[]): Field<T, R> {
    return this.#with({ listType: "map", listMapKeys: keys });
  }

  #with<U, S extends boolean>(traits: FieldTraits): Field<U, S> {
    return new Field<U, S>(this.number, this.schema, { ...this.traits, ...traits });
  }
}

/** A schema that stands for the TypeScript type `T`: an element of a list, a value of a map. */
export type Typed<T> = Schema & { readonly valueType?: T };

// ---- element types

export const aString: Typed<string> = { type: "string" };
export const anInt32: Typed<number> = { type: "int32" };
export const anInt64: Typed<number> = { type: "int64" };
export const someBytes: Typed<string> = { type: "bytes" };
export const aTime: Typed<string> = { type: "time" };
export const aQuantity: Typed<string> = { type: "quantity" };
export const rawExtension: Typed<{ [name: string]: unknown }> = {
  type: "raw",
  message: "RawExtension",
};
/** Another message; name its interface, so that declarations stay short. */
export const of = <T>(message: () => Message): Typed<T> => ({ type: "message", message });
export const listOf = <T>(items: Typed<T>): Typed<T[]> => ({ type: "list", items });
export const mapOf = <T>(values: Typed<T>): Typed<{ [name: string]: T }> => ({
  type: "map",
  values,
});

// ---- members; the first argument is the protobuf number

export const string = (number: number) => new Field<string>(number, { type: "string" });
export const boolean = (number: number) => new Field<boolean>(number, { type: "boolean" });
export const int32 = (number: number) => new Field<number>(number, { type: "int32" });
export const int64 = (number: number) => new Field<number>(number, { type: "int64" });
export const double = (number: number) => new Field<number>(number, { type: "double" });
export const bytes = (number: number) => new Field<string>(number, { type: "bytes" });
export const time = (number: number) => new Field<string>(number, { type: "time" });
export const microTime = (number: number) => new Field<string>(number, { type: "microTime" });
export const quantity = (number: number) => new Field<string>(number, { type: "quantity" });
export const intOrString = (number: number) =>
  new Field<number | string>(number, { type: "intOrString" });
export const raw = <T = unknown>(number: number, message: "RawExtension" | "FieldsV1" | "JSON") =>
  new Field<T>(number, { type: "raw", message });
export const list = <T>(number: number, items: Typed<T>) =>
  new Field<T[]>(number, { type: "list", items });
export const map = <T>(number: number, values: Typed<T>) =>
  new Field<{ [name: string]: T }>(number, { type: "map", values });
export const ref = <T>(number: number, message: () => Message) =>
  new Field<T>(number, { type: "message", message });

/** `io.k8s.api.core.v1.Pod` is `k8s.io.api.core.v1.Pod` on the protobuf wire. */
const protoNameOf = (name: string) => name.replace(/^io\.k8s\./, "k8s.io.");

export function message<const F extends Fields>(
  name: string,
  fields: F,
  options: { embedded?: readonly Embedded[]; mapType?: "atomic"; unions?: readonly Union[] } = {},
): Message<F> {
  return {
    name,
    protoName: protoNameOf(name),
    fields,
    embedded: options.embedded ?? [],
    mapType: options.mapType ?? "granular",
    unions: options.unions ?? [],
  };
}
