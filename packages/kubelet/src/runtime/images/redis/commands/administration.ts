// Redis commands on the server: what it holds and how it is, its settings, its end.

import type { Client } from "../client.ts";
import { informationAbout } from "../information.ts";
import { OK, Refusal, Status, type Reply } from "../resp.ts";
import { command, globPattern, SYNTAX_ERROR, type Commands } from "./command.ts";

function config({ server }: Client, [what = "", ...words]: readonly string[]): Reply {
  const { settings } = server;
  switch (what.toLowerCase()) {
    case "get": {
      const patterns = words.map((word) => globPattern(word.toLowerCase()));
      const found = [...settings].filter(([name]) => patterns.some((one) => one.test(name)));
      return found.flat();
    }
    case "set": {
      const [name = "", value = ""] = words;
      if (!settings.has(name.toLowerCase())) {
        throw new Refusal(`ERR Unknown option or number of arguments for CONFIG SET - '${name}'`);
      }
      settings.set(name.toLowerCase(), value);
      return OK;
    }
    case "resetstat":
      return OK;
    case "rewrite":
      throw new Refusal("ERR The server is running without a config file");
    default:
      throw new Refusal(`ERR unknown subcommand '${what}'. Try CONFIG HELP.`);
  }
}

/** The connection ends without an answer, and so does the server. */
function shutdown({ server }: Client, words: readonly string[]): undefined {
  const known = ["nosave", "save", "now", "force"];
  if (words.some((word) => !known.includes(word.toLowerCase()))) throw SYNTAX_ERROR;
  server.shutDown(words.every((word) => word.toLowerCase() !== "nosave"));
}

function debug(
  { server }: Client,
  [what = "", seconds = "0"]: readonly string[],
): Reply | Promise<Reply> {
  if (what.toLowerCase() !== "sleep") return OK;
  const ms = Number(seconds) * 1000;
  return server.pause(Number.isFinite(ms) ? ms : 0);
}

export const administration: Commands = {
  info: command(-1, ({ server }, sections) => informationAbout(server, sections)),
  config: command(-2, config),
  dbsize: command(1, ({ keys }) => keys.size),
  flushdb: command(-1, ({ keys }) => {
    keys.clear();
    return OK;
  }),
  flushall: command(-1, ({ server }) => {
    for (const keys of server.databases) keys.clear();
    return OK;
  }),
  time: command(1, ({ now }) => [String(Math.floor(now() / 1000)), String((now() % 1000) * 1000)]),
  save: command(1, ({ server }) => {
    server.save();
    return OK;
  }),
  bgsave: command(-1, ({ server }) => {
    server.save();
    return new Status("Background saving started");
  }),
  lastsave: command(1, ({ server }) => Math.floor(server.savedMs / 1000)),
  role: command(1, () => ["master", 0, []]),
  command: command(-1, ({ server }, [what]) =>
    what?.toLowerCase() === "count" ? server.commandCount : [],
  ),
  shutdown: command(-1, shutdown),
  debug: command(-2, debug),
};
