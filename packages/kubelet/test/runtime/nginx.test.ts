import { request as httpRequest } from "node:http";
import { describe, expect, it } from "vitest";
import { machine } from "./machine.ts";

const WELCOME = "Welcome to nginx!";
const IMAGE = "nginx:1.20.2";

async function served() {
  const node = machine();
  const sandbox = await node.sandbox("web");
  const id = await node.start(sandbox, IMAGE);
  return { ...node, sandbox, id };
}

describe("nginx", () => {
  it("serves its files with nginx's headers", async () => {
    const { get, sandbox } = await served();
    const { status, headers, body } = await get(sandbox.ip, "/");
    expect(status).toBe(200);
    expect(Buffer.from(body).toString()).toContain(WELCOME);
    expect(headers["server"]).toBe("nginx/1.20.2");
    expect(headers["content-type"]).toBe("text/html");
    expect(headers["content-length"]).toBe(String(body.length));
    const again = await get(sandbox.ip, "/", 80, { "If-None-Match": headers["etag"] });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
  });

  it.each([
    ["/nothing", 404],
    ["/", 200],
    ["/50x.html", 200],
    ["/../etc/passwd", 400],
    ["/%zz", 400],
  ])("answers %s with %i", async (path, status) => {
    const { get, sandbox } = await served();
    expect((await get(sandbox.ip, path)).status).toBe(status);
  });

  it("logs requests in the image's format, with the client's address", async () => {
    const { get, sandbox, logs, id } = await served();
    await get(sandbox.ip, "/a?b=c");
    expect(await logs(id, "stdout")).toMatch(
      /^10\.244\.1\.1 - - \[01\/Jan\/2026:00:01:00 \+0000\] "GET \/a\?b=c HTTP\/1\.1" 404 \d+ "-" "kube-probe\/1\.36" "-"$/m,
    );
    expect(await logs(id, "stderr")).toContain('open() "/usr/share/nginx/html/a" failed (2: No');
    expect(await logs(id, "stdout")).toContain("Configuration complete; ready for start up");
  });

  it.each([
    ["SIGQUIT, its stop signal", 30_000, { exitCode: 0, signal: 0, reason: "Completed" }],
    ["SIGKILL without grace", 0, { exitCode: 137, signal: 9, reason: "Error" }],
  ])("stops on %s", async (_name, graceMs, expected) => {
    const { runtime, id } = await served();
    await runtime.stopContainer(id, graceMs);
    expect(runtime.containerStatus(id)).toMatchObject({ state: "exited", ...expected });
  });

  it("refuses connections once it has stopped", async () => {
    const { runtime, id, get, sandbox } = await served();
    await runtime.stopContainer(id, 1000);
    await expect(get(sandbox.ip, "/")).rejects.toThrow(
      `dial tcp ${sandbox.ip}:80: connect: connection refused`,
    );
  });

  it("speaks HTTP over bytes, keep-alive included", async () => {
    const { network, sandbox } = await served();
    const stream = await network.dial(sandbox.ip, 80, 1000);
    for (const path of ["/", "/index.html"]) {
      const body = await new Promise<string>((resolve, reject) => {
        const options = {
          path,
          headers: { Connection: "keep-alive" },
          createConnection: () => stream,
        };
        httpRequest(options, (response) => {
          let whole = "";
          response.setEncoding("utf8").on("data", (part: string) => (whole += part));
          response.on("end", () => resolve(whole));
        })
          .on("error", reject)
          .end();
      });
      expect(body).toContain(WELCOME);
    }
    stream.destroy();
  });

  it("cannot bind a port twice in one pod", async () => {
    const { start, sandbox, runtime, logs } = await served();
    const second = await start(sandbox, IMAGE);
    expect(runtime.containerStatus(second)).toMatchObject({ state: "exited", exitCode: 1 });
    expect(await logs(second)).toContain(
      "bind() to 0.0.0.0:80 failed (98: Address already in use)",
    );
  });
});
