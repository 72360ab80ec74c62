// The defaults that the schema itself names, filled into parts that are present.

import type { Field, Json, Message, Schema } from "./schema.ts";

type Fill = (value: Members) => void;
type Members = { [name: string]: unknown };

/** Changes `object` in place; idempotent. */
export function applyDefaults(message: Message, object: object): void {
  fillerOf(message)?.(object as Members);
}

/** `null`: neither the message nor anything below it has defaults. */
const fillers = new WeakMap<Message, Fill | null>();

function fillerOf(message: Message): Fill | undefined {
  if (!fillers.has(message)) fillers.set(message, hasDefaults(message) ? compile(message) : null);
  return fillers.get(message) ?? undefined;
}

function compile(message: Message): Fill {
  let steps: Fill[] | undefined;
  return (value) => {
    steps ??= Object.entries(message.fields).flatMap(([name, field]) => stepsOf(name, field));
    for (const step of steps) step(value);
  };
}

function stepsOf(name: string, { schema, traits }: Field<unknown, boolean>): Fill[] {
  const value = traits.default;
  const inner = fillBelow(schema);
  return [
    ...(value === undefined ? [] : [setWhenAbsent(name, value)]),
    ...(inner === undefined
      ? []
      : [
          (object: Members) => {
            const member = object[name];
            if (member !== undefined && member !== null) inner(member as Members);
          },
        ]),
  ];
}

const setWhenAbsent =
  (name: string, value: Json): Fill =>
  (object) => {
    if (object[name] === undefined) object[name] = structuredCloneOf(value);
  };

/** Fills every message within a value of `schema`; undefined when none has defaults. */
function fillBelow(schema: Schema): Fill | undefined {
  switch (schema.type) {
    case "message":
      return fillerOf(schema.message());
    case "list":
    case "map": {
      const fill = fillBelow(schema.type === "list" ? schema.items : schema.values);
      if (fill === undefined) return undefined;
      return (value) => {
        for (const one of Object.values(value)) {
          if (typeof one === "object" && one !== null) fill(one as Members);
        }
      };
    }
    default:
      return undefined;
  }
}

const structuredCloneOf = (value: Json): Json =>
  typeof value === "object" ? structuredClone(value) : value;

/** Walks each message once, so that messages may hold themselves. */
function hasDefaults(message: Message, seen = new Set<Message>()): boolean {
  if (seen.has(message)) return false;
  seen.add(message);
  return Object.values(message.fields).some(({ schema, traits }) => {
    if (traits.default !== undefined) return true;
    const below = messageWithin(schema);
    return below !== undefined && hasDefaults(below, seen);
  });
}

function messageWithin(schema: Schema): Message | undefined {
  if (schema.type === "list") return messageWithin(schema.items);
  if (schema.type === "map") return messageWithin(schema.values);
  return schema.type === "message" ? schema.message() : undefined;
}
