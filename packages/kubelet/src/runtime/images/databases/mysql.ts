// docker.io/library/mysql and mariadb.

import { directory, file, tree } from "../../file-system/tree.ts";
import { executable } from "../../process/executable.ts";
import type { Process } from "../../process/process.ts";
import { entrypoint } from "../entrypoint.ts";
import { defineImage, STANDARD_ENV, type CatalogueEntry } from "../image.ts";
import { withAccount } from "../roots/account.ts";
import { debianRoot } from "../roots/debian-root.ts";
import { healthProgram, optionOf } from "./health.ts";
import { databaseProgram } from "./server.ts";

const OWNER = { uid: 999, gid: 999, home: "/var/lib/mysql" };
const HOSTS = ["-h", "--host"];
const PORTS = ["-P", "--port"];

const logLine = (process: Process, text: string) =>
  `${new Date(process.now()).toISOString().replace("Z", "000Z")} 0 [System] [Server] ${text}`;

/** A packet of MySQL's protocol: length (3 bytes, low first), number, content. */
function packet(number: number, content: string): Buffer {
  const { length } = content;
  const head = Buffer.from([length & 0xff, (length >> 8) & 0xff, length >> 16, number]);
  return Buffer.concat([head, Buffer.from(content, "latin1")]);
}

/** Protocol 10, a version, a thread, the challenge in two parts, and what it can do. */
const GREETING = packet(
  0,
  "\x0a8.4.7\0\x08\0\0\0abcdefgh\0\xff\xf7\xff\x02\0\xff\xdf\x15" +
    `${"\0".repeat(10)}ijklmnopqrst\0mysql_native_password\0`,
);
const REFUSAL = packet(2, "\xff\x15\x04#28000Access denied: this server has no sessions to give");

const mysqld = databaseProgram({
  versionVariable: "MYSQL_VERSION",
  versionLine: (version) => `/usr/sbin/mysqld  Ver ${version} for Linux on x86_64`,
  port: 3306,
  portOptions: ["--port", "-P"],
  memoryMegabytes: 340,
  startMs: 2_400,
  signals: ["SIGTERM", "SIGQUIT"],
  greeting: GREETING,
  refusal: REFUSAL,
  startLines: (process, version, port) => [
    logLine(process, `/usr/sbin/mysqld (mysqld ${version}) starting as process ${process.pid}`),
    logLine(process, "InnoDB initialization has ended."),
    logLine(
      process,
      `/usr/sbin/mysqld: ready for connections. Version: '${version}'  socket: '/var/run/mysqld/mysqld.sock'  port: ${port}`,
    ),
  ],
  stopLines: (process) => [
    logLine(process, "Received SHUTDOWN from user <via user signal>."),
    logLine(process, "/usr/sbin/mysqld: Shutdown complete"),
  ],
});

const cannotConnect = (host: string | undefined, port: number) =>
  host && host !== "localhost"
    ? `Can't connect to MySQL server on '${host}:${port}' (111)`
    : "Can't connect to local MySQL server through socket '/var/run/mysqld/mysqld.sock' (2)";

const mysqladmin = healthProgram({
  port: 3306,
  hostOptions: HOSTS,
  portOptions: PORTS,
  async tell(process, { isAlive, host, port }) {
    if (isAlive) {
      const isPing = process.argv.includes("ping");
      await process.print(isPing ? "mysqld is alive\n" : "Uptime: 60  Threads: 1\n");
      return 0;
    }
    await process.complain(
      `mysqladmin: connect to server at '${host ?? "localhost"}' failed\n` +
        `error: '${cannotConnect(host, port)}'\n`,
    );
    return 1;
  },
});

/** Answers for numbers, `SELECT 1`: what health checks ask. */
const mysqlClient = healthProgram({
  port: 3306,
  hostOptions: HOSTS,
  portOptions: PORTS,
  async tell(process, { isAlive, host, port }) {
    if (!isAlive) {
      await process.complain(`ERROR 2003 (HY000): ${cannotConnect(host, port)}\n`);
      return 1;
    }
    const asked = optionOf(process.argv, ["-e", "--execute"]) ?? "";
    const number = /^\s*select\s+(\d+)\s*;?\s*$/i.exec(asked)?.[1];
    if (number === undefined) {
      await process.complain(
        "ERROR 1045 (28000): Access denied: this server has no sessions to give\n",
      );
      return 1;
    }
    await process.print(`${number}\n${number}\n`);
    return 0;
  },
});

const healthcheck = healthProgram({
  port: 3306,
  hostOptions: [],
  portOptions: [],
  tell: (_process, { isAlive }) => (isAlive ? 0 : 1),
});

const PASSWORDS = ["ROOT_PASSWORD", "ROOT_PASSWORD_FILE", "ALLOW_EMPTY_PASSWORD", "RANDOM_ROOT_PASSWORD", "ALLOW_EMPTY_ROOT_PASSWORD"]; // prettier-ignore

async function prepare(process: Process): Promise<number | undefined> {
  const names = PASSWORDS.flatMap((name) => [`MYSQL_${name}`, `MARIADB_${name}`]);
  if (names.some((name) => process.env.get(name))) return undefined;
  await process.complain(
    "[ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n" +
      "    You need to specify one of the following as an environment variable:\n" +
      "    - MYSQL_ROOT_PASSWORD\n    - MYSQL_ALLOW_EMPTY_PASSWORD\n    - MYSQL_RANDOM_ROOT_PASSWORD\n",
  );
  return 1;
}

const MYSQL_TAG = /^(?:latest|lts|innovation|5(?:\.[67](?:\.\d{1,2})?)?|8(?:\.[04](?:\.\d{1,2})?)?|9(?:\.[0-5](?:\.\d)?)?)(?:-(?:oracle|debian|oraclelinux\d))?$/; // prettier-ignore
const MARIADB_TAG = /^(?:latest|lts|1[0-2](?:\.\d{1,2}(?:\.\d{1,2})?)?)(?:-(?:jammy|noble|focal|ubi))?$/; // prettier-ignore
const VERSIONS: { readonly [tag: string]: string } = {
  "5": "5.7.44", "5.6": "5.6.51", "5.7": "5.7.44", "8": "8.4.7", "8.0": "8.0.44", "8.4": "8.4.7",
  "9": "9.5.0", "10": "10.11.15", "11": "11.8.5", "12": "12.1.2", lts: "8.4.7",
}; // prettier-ignore

export const mysql: CatalogueEntry = {
  repositories: ["docker.io/library/mysql", "docker.io/library/mariadb"],
  programs: {
    mysqld,
    mysqladmin,
    "mysql-client": mysqlClient,
    "mariadb-healthcheck": healthcheck,
    "mysql-entrypoint": entrypoint({ command: "mysqld", user: OWNER, prepare }),
    "mariadb-entrypoint": entrypoint({ command: "mariadbd", user: OWNER, prepare }),
  },
  image: ({ repository, tag = "latest" }) => {
    const isMariadb = repository.endsWith("mariadb");
    if (!(isMariadb ? MARIADB_TAG : MYSQL_TAG).test(tag)) return undefined;
    const plain = tag.split("-")[0]!;
    const latest = isMariadb ? "12.1.2" : "9.5.0";
    const version = Object.hasOwn(VERSIONS, plain) ? VERSIONS[plain]! : plain;
    return build(isMariadb, /^\d/.test(version) ? version : latest);
  },
};

function build(isMariadb: boolean, version: string) {
  const name = isMariadb ? "mariadb" : "mysql";
  const program = (what: string) => file(executable(what), 0o755);
  return defineImage({
    sizeBytes: isMariadb ? 117_802_114 : 233_610_842,
    entrypoint: ["docker-entrypoint.sh"],
    cmd: [isMariadb ? "mariadbd" : "mysqld"],
    env: [...STANDARD_ENV, `MYSQL_VERSION=${version}`],
    exposedPorts: [3306],
    files: () =>
      tree(
        {
          "/usr/local/bin/docker-entrypoint.sh": program(`${name}-entrypoint`),
          "/usr/sbin/mysqld": program("mysqld"),
          "/usr/bin/mysqladmin": program("mysqladmin"),
          "/usr/bin/mysql": program("mysql-client"),
          "/var/lib/mysql": directory(0o755, OWNER),
          ...(isMariadb
            ? {
                "/usr/sbin/mariadbd": program("mysqld"),
                "/usr/bin/mariadb": program("mysql-client"),
                "/usr/bin/mariadb-admin": program("mysqladmin"),
                "/usr/local/bin/healthcheck.sh": program("mariadb-healthcheck"),
              }
            : {}),
        },
        withAccount(debianRoot("12"), "mysql", OWNER),
      ),
  });
}
