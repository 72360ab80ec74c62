// The object before a create: what Go's zero value of the type looks like in JSON. Parts that are always
// shown are there already, so that the creator owns what lies in them and not the parts themselves.

import type { Field, Message } from "../schema/schema.ts";
import { zeroOf } from "../schema/scalar.ts";

type Members = { [name: string]: unknown };

const made = new WeakMap<Message, Members>();

/** Shared: never alter it. */
export function emptyObject(message: Message): object {
  let object = made.get(message);
  if (object === undefined) made.set(message, (object = build(message)));
  return object;
}

function build(message: Message): Members {
  const object: Members = {};
  for (const [name, field] of Object.entries(message.fields)) {
    const value = zeroMember(field);
    if (value !== undefined) object[name] = value;
  }
  return object;
}

function zeroMember({ schema, traits }: Field<unknown, boolean>): unknown {
  if (schema.type === "message" && traits.default !== undefined) return build(schema.message());
  if (traits.required !== true || traits.explicit === true) return undefined;
  switch (schema.type) {
    case "message":
    case "list":
    case "map":
    case "raw":
      return null;
    default:
      return zeroOf[schema.type];
  }
}
