// Redis commands on the connection itself, transactions included.

import type { Client } from "../client.ts";
import { OK, Refusal, Status, type Reply } from "../resp.ts";
import { command, integer, SYNTAX_ERROR, type Commands } from "./command.ts";

function ping({ channels, patterns }: Client, [text]: readonly string[]): Reply {
  if (channels.size + patterns.size > 0) return ["pong", text ?? ""];
  return text ?? new Status("PONG");
}

function authenticate(client: Client, args: readonly string[]): Reply {
  const { password } = client.server;
  if (password === "" && args.length === 1) {
    throw new Refusal(
      "ERR AUTH <password> called without any password configured for the default user. " +
        "Are you sure your configuration is correct?",
    );
  }
  const user = args.length > 1 ? args[0] : "default";
  if (user !== "default" || (password !== "" && args.at(-1) !== password)) {
    throw new Refusal("WRONGPASS invalid username-password pair or user is disabled.");
  }
  client.isTrusted = true;
  return OK;
}

function clientCommand(client: Client, [what = "", name = ""]: readonly string[]): Reply {
  switch (what.toLowerCase()) {
    case "id":
      return client.id;
    case "getname":
      return client.name === "" ? null : client.name;
    case "setname":
      if (/[\s]/.test(name)) {
        throw new Refusal(
          "ERR Client names cannot contain spaces, newlines or special characters.",
        );
      }
      client.name = name;
      return OK;
    case "info":
      return `${client.description()}\n`;
    case "list":
      return [...client.server.clients].map((one) => `${one.description()}\n`).join("");
    case "setinfo":
    case "no-evict":
    case "no-touch":
      return OK;
    default:
      throw new Refusal(`ERR unknown subcommand '${what}'. Try CLIENT HELP.`);
  }
}

function hello(client: Client, [version, ...words]: readonly string[]): Reply {
  if (version !== undefined && version !== "2") {
    throw new Refusal("NOPROTO unsupported protocol version");
  }
  if (words[0]?.toLowerCase() === "auth") authenticate(client, words.slice(1, 3));
  if (!client.isTrusted) {
    throw new Refusal(
      "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO " +
        "<proto> AUTH <user> <pass> option can be used to authenticate the client and select the " +
        "RESP protocol version at the same time",
    );
  }
  const { version: server } = client.server;
  const about = { server: "redis", version: server, proto: 2, id: client.id };
  return [...Object.entries(about).flat(), "mode", "standalone", "role", "master", "modules", []];
}

/** Tells whether a watched key has changed. */
function fingerprint({ keys }: Client, key: string): string {
  const inner = (_name: string, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...(value as Iterable<unknown>)] : value;
  return JSON.stringify(keys.find(key) ?? null, inner);
}

export const connection: Commands = {
  ping: command(-1, ping),
  echo: command(2, (_client, [text = ""]) => text),
  auth: command(-2, (client, args) => {
    if (args.length > 2) throw SYNTAX_ERROR;
    return authenticate(client, args);
  }),
  hello: command(-1, hello),
  client: command(-2, clientCommand),
  select: command(2, (client, [index]) => {
    const keys = client.server.databases[integer(index)];
    if (!keys) throw new Refusal("ERR DB index is out of range");
    client.database = integer(index);
    return OK;
  }),
  quit: command(-1, (client) => {
    client.isLeaving = true;
    return OK;
  }),
  reset: command(1, (client) => {
    client.channels.clear();
    client.patterns.clear();
    client.queue = undefined;
    client.database = 0;
    return new Status("RESET");
  }),
  multi: command(1, (client) => {
    if (client.queue) throw new Refusal("ERR MULTI calls can not be nested");
    client.queue = [];
    return OK;
  }),
  discard: command(1, (client) => {
    if (!client.queue) throw new Refusal("ERR DISCARD without MULTI");
    client.queue = undefined;
    return OK;
  }),
  exec: command(1, async (client) => {
    const { queue } = client;
    if (!queue) throw new Refusal("ERR EXEC without MULTI");
    client.queue = undefined;
    const watched = [...client.watched];
    client.watched.clear();
    if (watched.some(([key, before]) => fingerprint(client, key) !== before)) return null;
    const replies: Reply[] = [];
    for (const words of queue) replies.push(await client.answer(words));
    return replies;
  }),
  watch: command(-2, (client, names) => {
    if (client.queue) throw new Refusal("ERR WATCH inside MULTI is not allowed");
    for (const key of names) client.watched.set(key, fingerprint(client, key));
    return OK;
  }),
  unwatch: command(1, (client) => {
    client.watched.clear();
    return OK;
  }),
};
