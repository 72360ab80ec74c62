// docker.io/library/mongo.

import { directory, file, tree } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import type { Process } from "../../process/process.ts";
import { entrypoint } from "../entrypoint.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry } from "../image.ts";
import { withAccount } from "../roots/account.ts";
import { debianRoot } from "../roots/debian-root.ts";
import { healthProgram, optionOf } from "./health.ts";
import { databaseProgram } from "./server.ts";

const OWNER = { uid: 999, gid: 999, home: "/data/db" };

const logLine = (
  process: Process,
  [component, id, msg, attr]: readonly [string, number, string, object?],
) =>
  JSON.stringify({
    t: { $date: new Date(process.now()).toISOString().replace("Z", "+00:00") },
    s: "I",
    c: component,
    id,
    ctx: "initandlisten",
    msg,
    ...(attr ? { attr } : {}),
  });

const mongod = databaseProgram({
  versionVariable: "MONGO_VERSION",
  versionLine: (version) => `db version v${version}`,
  port: 27017,
  portOptions: ["--port"],
  memoryMegabytes: 140,
  startMs: 900,
  signals: ["SIGTERM", "SIGINT"],
  refusal: new Uint8Array(0),
  startLines: (process, version, port) =>
    (
      [
        [
          "CONTROL",
          4615611,
          "MongoDB starting",
          { pid: process.pid, port, host: process.world.hostname },
        ],
        ["CONTROL", 23403, "Build Info", { buildInfo: { version } }],
        ["NETWORK", 23015, "Listening on", { address: "0.0.0.0" }],
        ["NETWORK", 23016, "Waiting for connections", { port, ssl: "off" }],
      ] as const
    ).map((entry) => logLine(process, entry)),
  stopLines: (process) => [
    logLine(process, ["CONTROL", 23377, "Received signal"]),
    logLine(process, ["CONTROL", 23138, "Shutting down", { exitCode: 0 }]),
  ],
});

/** Answers a ping, which is what health checks ask. */
const mongosh = healthProgram({
  port: 27017,
  hostOptions: ["--host"],
  portOptions: ["--port"],
  async tell(process, { isAlive, host = "127.0.0.1", port }) {
    if (!isAlive) {
      await process.complain(`MongoNetworkError: connect ECONNREFUSED ${host}:${port}\n`);
      return 1;
    }
    const asked = optionOf(process.argv, ["--eval"]) ?? "";
    if (!/ping/.test(asked)) {
      await process.complain("MongoServerError: this server answers ping alone\n");
      return 1;
    }
    await process.print(/\.ok\b/.test(asked) ? "1\n" : "{ ok: 1 }\n");
    return 0;
  },
});

export const mongo: CatalogueEntry = {
  repositories: ["docker.io/library/mongo"],
  programs: {
    mongod,
    mongosh,
    "mongo-entrypoint": entrypoint({ command: "mongod", user: OWNER }),
  },
  image: ({ tag = "latest" }) => {
    const version = /^(?:[3-8]\.\d(?:\.\d{1,2})?)/.exec(tag)?.[0] ?? (/^[3-8]?(?:latest)?$/.test(tag) ? "8.0.16" : undefined); // prettier-ignore
    if (version === undefined) return undefined;
    const program = (name: string) => file(executable(name), 0o755);
    const isOld = /^[34]/.test(version);
    return defineImage({
      sizeBytes: 316_482_012,
      entrypoint: ["docker-entrypoint.sh"],
      cmd: ["mongod"],
      env: [...STANDARD_ENV, `MONGO_VERSION=${version}`],
      exposedPorts: [27017],
      files: () =>
        tree(
          {
            "/usr/local/bin/docker-entrypoint.sh": program("mongo-entrypoint"),
            "/usr/bin/mongod": program("mongod"),
            [`/usr/bin/${isOld ? "mongo" : "mongosh"}`]: program("mongosh"),
            "/data/db": directory(0o755, OWNER),
          },
          withAccount(debianRoot("12"), "mongodb", OWNER),
        ),
    });
  },
};
