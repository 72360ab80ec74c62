// docker.io/library/postgres.

import { directory, file, tree } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import type { Process } from "../../process/process.ts";
import { entrypoint } from "../entrypoint.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry } from "../image.ts";
import { withAccount } from "../roots/account.ts";
import { ALPINE_BASH, alpineRoot } from "../roots/alpine-root.ts";
import { debianRoot } from "../roots/debian-root.ts";
import { healthProgram, optionOf } from "./health.ts";
import { databaseProgram } from "./server.ts";

const OWNER = { uid: 999, gid: 999, home: "/var/lib/postgresql", shell: "/bin/bash" };
const LAST_PATCH: { readonly [major: string]: number } = {
  "9.6": 24, "10": 23, "11": 22, "12": 22, "13": 23, "14": 20, "15": 15, "16": 11, "17": 7, "18": 1,
}; // prettier-ignore

const logLine = (process: Process, text: string) => {
  const time = new Date(process.now()).toISOString().replace("T", " ").replace("Z", "");
  return `${time} UTC [${process.pid}] LOG:  ${text}`;
};

/** An ErrorResponse: the server is there, and has no sessions to give. */
function refusal(): Buffer {
  const fields = "SFATAL\0VFATAL\0C0A000\0Mthis server has no sessions to give\0\0";
  const head = Buffer.alloc(5, "E");
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

const SSL_REQUEST = 80877103;

const server = databaseProgram({
  versionVariable: "PG_VERSION",
  versionLine: (version) => `postgres (PostgreSQL) ${version}`,
  port: 5432,
  portOptions: ["-p", "--port"],
  memoryMegabytes: 38,
  startMs: 1_300,
  signals: ["SIGINT", "SIGTERM", "SIGQUIT"],
  refusal: refusal(),
  aside: (bytes) =>
    bytes.length === 8 && Buffer.from(bytes).readUInt32BE(4) === SSL_REQUEST
      ? Buffer.from("N")
      : undefined,
  startLines: (process, version, port) =>
    [
      `starting PostgreSQL ${version} on x86_64-pc-linux-gnu, compiled by gcc, 64-bit`,
      `listening on IPv4 address "0.0.0.0", port ${port}`,
      `listening on Unix socket "/var/run/postgresql/.s.PGSQL.${port}"`,
      "database system was shut down at startup",
      "database system is ready to accept connections",
    ].map((text) => logLine(process, text)),
  stopLines: (process) =>
    ["received fast shutdown request", "shutting down", "database system is shut down"].map(
      (text) => logLine(process, text),
    ),
});

const pgIsReady = healthProgram({
  port: 5432,
  hostOptions: ["-h", "--host"],
  portOptions: ["-p", "--port"],
  async tell(process, { isAlive, host, port }) {
    const where = `${host ?? "/var/run/postgresql"}:${port}`;
    await process.print(`${where} - ${isAlive ? "accepting connections" : "no response"}\n`);
    return isAlive ? 0 : 2;
  },
});

/** Answers for numbers, `SELECT 1`: what health checks ask. */
const psql = healthProgram({
  port: 5432,
  hostOptions: ["-h", "--host"],
  portOptions: ["-p", "--port"],
  async tell(process, { isAlive, host, port }) {
    if (!isAlive) {
      const where = host ? `server at "${host}", port ${port}` : `server on socket "/var/run/postgresql/.s.PGSQL.${port}"`; // prettier-ignore
      await process.complain(`psql: error: connection to ${where} failed: Connection refused\n`);
      return 2;
    }
    const asked = optionOf(process.argv, ["-tAc", "-Atc", "-tc", "-c", "--command"]) ?? "";
    const number = /^\s*select\s+(\d+)\s*;?\s*$/i.exec(asked)?.[1];
    if (number === undefined) {
      await process.complain("psql: error: FATAL:  this server has no sessions to give\n");
      return 2;
    }
    const isPlain = process.argv.some((arg) => /^-[A-Za-z]*t/.test(arg));
    const table = ` ?column? \n----------\n${number.padStart(9)}\n(1 row)\n\n`;
    await process.print(isPlain ? `${number}\n` : table);
    return 0;
  },
});

async function prepare(process: Process): Promise<number | undefined> {
  const { env } = process;
  if (env.get("POSTGRES_PASSWORD") || env.get("POSTGRES_PASSWORD_FILE")) return undefined;
  if (env.get("POSTGRES_HOST_AUTH_METHOD") === "trust") return undefined;
  await process.complain(
    "Error: Database is uninitialized and superuser password is not specified.\n" +
      "       You must specify POSTGRES_PASSWORD to a non-empty value for the\n" +
      "       superuser.\n",
  );
  return 1;
}

export const postgres: CatalogueEntry = {
  repositories: ["docker.io/library/postgres"],
  programs: {
    postgres: server,
    pg_isready: pgIsReady,
    psql,
    "postgres-entrypoint": entrypoint({ command: "postgres", user: OWNER, prepare }),
  },
  image: ({ tag = "latest" }) => {
    const version = versionOf(tag.replace(/-?(?:alpine(?:3\.\d+)?|bookworm|bullseye|trixie)$/, ""));
    if (version === undefined) return undefined;
    const isAlpine = tag.includes("alpine");
    const program = (name: string) => file(executable(name), 0o755);
    return defineImage({
      sizeBytes: isAlpine ? 103_817_690 : 158_040_671,
      entrypoint: ["docker-entrypoint.sh"],
      cmd: ["postgres"],
      env: [...STANDARD_ENV, `PG_VERSION=${version}`, "PGDATA=/var/lib/postgresql/data"],
      stopSignal: "SIGINT",
      exposedPorts: [5432],
      files: () =>
        tree(
          {
            "/usr/local/bin/docker-entrypoint.sh": program("postgres-entrypoint"),
            "/usr/local/bin/postgres": program("postgres"),
            "/usr/local/bin/pg_isready": program("pg_isready"),
            "/usr/local/bin/psql": program("psql"),
            "/var/lib/postgresql/data": directory(0o1777, OWNER),
          },
          withAccount(isAlpine ? alpineRoot("3.22.2", ALPINE_BASH) : debianRoot("12"), "postgres", OWNER), // prettier-ignore
        ),
    });
  },
};

function versionOf(plain: string): string | undefined {
  if (plain === "latest" || plain === "") return "18.1";
  const [, major = "", patch] = /^(9\.6|\d\d)(?:\.(\d+))?$/.exec(plain) ?? [];
  const last = Object.hasOwn(LAST_PATCH, major) ? LAST_PATCH[major] : undefined;
  return last === undefined || Number(patch ?? 0) > last ? undefined : `${major}.${patch ?? last}`;
}
