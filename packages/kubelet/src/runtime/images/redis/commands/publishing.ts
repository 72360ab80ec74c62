// Publish and subscribe.

import type { Client } from "../client.ts";
import { command, globPattern, type Commands } from "./command.ts";

type Table = "channels" | "patterns";

/** One answer for each name, as Redis gives them. */
function subscribe(client: Client, table: Table, names: readonly string[]): undefined {
  for (const name of names) {
    client[table].add(name);
    client.send([table === "channels" ? "subscribe" : "psubscribe", name, count(client)]);
  }
}

/** Without names: from all. */
function unsubscribe(client: Client, table: Table, names: readonly string[]): undefined {
  const word = table === "channels" ? "unsubscribe" : "punsubscribe";
  const left = names.length > 0 ? names : [...client[table]];
  if (left.length === 0) client.send([word, null, count(client)]);
  for (const name of left) {
    client[table].delete(name);
    client.send([word, name, count(client)]);
  }
}

const count = ({ channels, patterns }: Client) => channels.size + patterns.size;

function publish({ server }: Client, channel: string, message: string): number {
  let received = 0;
  for (const client of server.clients) {
    if (client.channels.has(channel)) {
      client.send(["message", channel, message]);
      received++;
    }
    for (const pattern of client.patterns) {
      if (!globPattern(pattern).test(channel)) continue;
      client.send(["pmessage", pattern, channel, message]);
      received++;
    }
  }
  return received;
}

export const publishing: Commands = {
  subscribe: command(-2, (client, names) => subscribe(client, "channels", names)),
  psubscribe: command(-2, (client, names) => subscribe(client, "patterns", names)),
  unsubscribe: command(-1, (client, names) => unsubscribe(client, "channels", names)),
  punsubscribe: command(-1, (client, names) => unsubscribe(client, "patterns", names)),
  publish: command(3, (client, [channel = "", message = ""]) => publish(client, channel, message)),
  pubsub: command(-2, ({ server }, [what = ""]) => {
    const clients = [...server.clients];
    if (what.toLowerCase() === "numpat") {
      return clients.reduce((sum, { patterns }) => sum + patterns.size, 0);
    }
    return [...new Set(clients.flatMap(({ channels }) => [...channels]))];
  }),
};
