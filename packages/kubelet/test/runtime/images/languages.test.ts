import { describe, expect, it } from "vitest";
import { machine } from "../machine.ts";

async function started(image: string, command: string[]) {
  const node = machine();
  const sandbox = await node.sandbox("pod");
  const id = await node.start(sandbox, image, { command });
  return { ...node, sandbox, id };
}

describe("python", () => {
  it("serves a folder", async () => {
    const script =
      "mkdir /srv/www && cd /srv/www && echo hi > a.txt && exec python3 -m http.server 80";
    const { get, sandbox, logs, id } = await started("python:3.12-slim", ["sh", "-c", script]);
    const { status, body } = await get(sandbox.ip, "/a.txt");
    expect([status, Buffer.from(body).toString()]).toEqual([200, "hi\n"]);
    expect(Buffer.from((await get(sandbox.ip, "/")).body).toString()).toContain('<a href="a.txt">');
    expect((await get(sandbox.ip, "/b.txt")).status).toBe(404);
    expect(await logs(id, "stdout")).toBe(
      "Serving HTTP on 0.0.0.0 port 80 (http://0.0.0.0:80/) ...\n",
    );
    expect(await logs(id, "stderr")).toMatch(
      /^10\.\S+ - - \[.*\] "GET \/a\.txt HTTP\/1\.1" 200 -\n/,
    );
  });

  it("as first process is killed in the end, having no handler", async () => {
    const { runtime, id, clock } = await started("python:3", ["python", "-m", "http.server"]);
    const stopping = runtime.stopContainer(id, 5_000);
    await clock.advance(6_000);
    await stopping;
    expect(runtime.containerStatus(id)).toMatchObject({ exitCode: 137 });
  });

  it.each([
    [["--version"], 0, "Python 3.12.12\n"],
    [["-c", "print('hello')"], 0, "hello\n"],
    [["-c", "import os"], 1, ""],
  ])("with %j ends with %i", async (args, code, out) => {
    const { run, id } = await started("python:3.12-alpine", ["sleep", "60"]);
    expect(await run(id, ["python3", ...args])).toMatchObject({ code, out });
  });
});

describe("node", () => {
  it.each([
    [["node", "--version"], 0, "v22.21.0\n"],
    [["node", "-e", 'console.log("hello")'], 0, "hello\n"],
    [["node", "server.js"], 1, ""],
    [["docker-entrypoint.sh", "echo", "a"], 0, "a\n"],
    [["docker-entrypoint.sh", "-v"], 0, "v22.21.0\n"],
  ])("%j ends with %i", async (command, code, out) => {
    const { run, id } = await started("node:22-alpine", ["sleep", "60"]);
    expect(await run(id, command)).toMatchObject({ code, out });
  });
});
