import { describe, expect, it } from "vitest";
import { machine } from "../machine.ts";

const password = (name: string) => ({ env: [{ name, value: "secret" }] });

const CASES = [
  ["postgres:16", password("POSTGRES_PASSWORD"), 5432, "database system is ready to accept connections", ["pg_isready", "-U", "shop"], "/var/run/postgresql:5432 - accepting connections\n"],
  ["postgres:16-alpine", password("POSTGRES_PASSWORD"), 5432, "PostgreSQL 16.11", ["psql", "-tc", "SELECT 1"], "1\n"],
  ["mysql:8.0", password("MYSQL_ROOT_PASSWORD"), 3306, "ready for connections. Version: '8.0.44'", ["mysqladmin", "ping", "-h", "localhost"], "mysqld is alive\n"],
  ["mysql:5.7", password("MYSQL_ALLOW_EMPTY_PASSWORD"), 3306, "port: 3306", ["mysql", "-h", "127.0.0.1", "-e", "SELECT 1"], "1\n1\n"],
  ["mariadb:11", password("MARIADB_ROOT_PASSWORD"), 3306, "Version: '11.8.5'", ["healthcheck.sh", "--connect"], ""],
  ["mongo:7.0", {}, 27017, "Waiting for connections", ["mongosh", "--eval", "db.adminCommand('ping')"], "{ ok: 1 }\n"],
] as const; // prettier-ignore

describe.each(CASES)("%s", (image, config, port, line, health, told) => {
  const start = async () => {
    const node = machine();
    const sandbox = await node.sandbox("db");
    const id = await node.start(sandbox, image, "env" in config ? { env: [...config.env] } : {});
    return { ...node, sandbox, id };
  };

  it("is up after a moment, and says so", async () => {
    const { run, id, clock, logs, network, sandbox } = await start();
    expect((await run(id, [...health])).code).not.toBe(0);
    await clock.advance(3_000);
    expect(await run(id, [...health])).toEqual({ code: 0, out: told, err: "" });
    expect(await logs(id)).toContain(line);
    const stream = await network.dial(sandbox.ip, port, 1_000);
    stream.destroy();
  });

  it("ends with 0 when asked to", async () => {
    const { runtime, id, clock } = await start();
    await clock.advance(3_000);
    await runtime.stopContainer(id, 30_000);
    expect(runtime.containerStatus(id)).toMatchObject({ state: "exited", exitCode: 0 });
  });
});

describe("a database without a password", () => {
  it.each([
    ["postgres", "superuser password is not specified"],
    ["mysql", "password option is not specified"],
    ["mariadb", "password option is not specified"],
  ])("%s does not start", async (image, told) => {
    const { start, sandbox, runtime, logs } = machine();
    const id = await start(await sandbox(), image);
    expect(runtime.containerStatus(id)).toMatchObject({ state: "exited", exitCode: 1 });
    expect(await logs(id)).toContain(told);
  });
});
