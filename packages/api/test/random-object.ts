// Makes random objects of a schema from a seed, as decoding would leave them, for round trips.

import type { Field, Message, Schema } from "../src/schema/schema.ts";

/** Numbers in [0, 1), the same for the same seed. @see mulberry32 */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** @param depth how many messages deep members may still be filled */
export function randomObject(message: Message, next: () => number, depth = 6): object {
  const object: { [name: string]: unknown } = {};
  for (const [name, field] of Object.entries(message.fields)) {
    if (field.number > 0 && (field.traits.required === true || next() < 0.4)) {
      const value = randomValue(field.schema, next, depth);
      if (isKept(field, value)) object[name] = value;
    }
  }
  return object;
}

/** Optional zeros mean absence; empty lists and maps cannot be told from absence in protobuf. */
function isKept({ schema, traits }: Field<unknown, boolean>, value: unknown): boolean {
  if (schema.type === "list" || schema.type === "map")
    return Object.keys(value as object).length > 0;
  if (traits.explicit === true || traits.required === true) return true;
  return value !== 0 && value !== "" && value !== false;
}

function randomValue(schema: Schema, next: () => number, depth: number): unknown {
  const count = () => 1 + Math.floor(next() * 2);
  const pick = <T>(...values: T[]): T => values[Math.floor(next() * values.length)]!;
  switch (schema.type) {
    case "string":
      return pick("a", "ü€😀", "", "x".repeat(200), "k8s.io/b");
    case "boolean":
      return next() < 0.5;
    case "int32":
      return pick(0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 300);
    case "int64":
      return pick(0, 1, -1, Number.MAX_SAFE_INTEGER, 2 ** 40);
    case "double":
      return pick(0, 0.5, -1e100);
    case "bytes":
      return pick("", "AA==", "aGVsbG8=");
    case "time":
      return pick("2026-01-02T03:04:05Z", "1969-12-31T23:59:59Z");
    case "microTime":
      return pick("2026-01-02T03:04:05.000006Z", "2026-01-02T03:04:05.999999Z");
    case "quantity":
      return pick("0", "500m", "1Gi");
    case "intOrString":
      return pick<number | string>(0, 80, "http", "25%");
    case "raw":
      return { a: [1, null, { b: "c" }] };
    case "list":
      if (depth === 0) return [];
      return Array.from({ length: count() }, () => randomValue(schema.items, next, depth - 1));
    case "map": {
      if (depth === 0) return {};
      const keys = Array.from({ length: count() }, () => pick("a", "b/c", "", "__proto__"));
      return Object.fromEntries(
        keys.map((key) => [key, randomValue(schema.values, next, depth - 1)]),
      );
    }
    case "message":
      return depth === 0 ? {} : randomObject(schema.message(), next, depth - 1);
  }
}
