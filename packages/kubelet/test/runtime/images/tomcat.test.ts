import { describe, expect, it } from "vitest";
import { machine } from "../machine.ts";

const ROOT = "/usr/local/tomcat/webapps/ROOT";

async function served(tag = "7.0.94-alpine") {
  const node = machine();
  const sandbox = await node.sandbox("web");
  const id = await node.start(sandbox, `tomcat:${tag}`);
  await node.clock.advance(1_000);
  const page = async (path: string) => {
    const { status, headers, body } = await node.get(sandbox.ip, path, 8080);
    return { status, headers, body: Buffer.from(body).toString() };
  };
  return { ...node, sandbox, id, page };
}

describe("tomcat", () => {
  it("opens its port a moment after it started, and says so", async () => {
    const node = machine();
    const sandbox = await node.sandbox("web");
    const id = await node.start(sandbox, "tomcat:9");
    await expect(node.get(sandbox.ip, "/", 8080)).rejects.toThrow("connection refused");
    await node.clock.advance(1_000);
    expect((await node.get(sandbox.ip, "/", 8080)).status).toBe(404);
    expect(await node.logs(id)).toMatch(
      /^\d\d-\w{3}-\d{4} [\d:.]+ INFO \[main\] \S+ Server version name: +Apache Tomcat\/9\.0\.112\n[^]*Server startup in \[\d+\] milliseconds\n$/,
    );
  });

  it("logs in two lines in its old versions", async () => {
    const { logs, id } = await served();
    expect(await logs(id)).toMatch(
      /^\w{3} \d\d, \d{4} \d+:\d\d:\d\d [AP]M \S+ log\nINFO: Server version: +Apache Tomcat\/7\.0\.94\n[^]*INFO: Server startup in \d+ ms\n$/,
    );
  });

  it("shows index.jsp until there is an index.html", async () => {
    const { page, run, id } = await served();
    const first = await page("/");
    expect([first.status, first.headers["server"]]).toEqual([200, "Apache-Coyote/1.1"]);
    expect(first.body).toContain("<h1>Apache Tomcat/7.0.94</h1>");
    expect(first.body).not.toContain("<%");
    const hello = `echo 'Hello from the hook' >> ${ROOT}/index.html`;
    expect(await run(id, ["/bin/sh", "-c", hello])).toEqual({ code: 0, out: "", err: "" });
    expect((await page("/")).body).toBe("Hello from the hook\n");
    expect((await page("/index.jsp")).body).toBe(first.body);
  });

  it.each([
    ["7.0.94-alpine", "/docs/", 200],
    ["7.0.94-alpine", "/docs", 302],
    ["7.0.94-alpine", "/nothing", 404],
    ["7.0.94-alpine", "/WEB-INF/web.xml", 404],
    ["7.0.94-alpine", "/../../conf/server.xml", 400],
    ["7.0.94-alpine", "/%zz", 400],
    ["10.1-jdk17", "/", 404],
  ])("in %s answers %s with %i", async (tag, path, status) => {
    const { page } = await served(tag);
    expect((await page(path)).status).toBe(status);
  });

  it("serves what is deployed while it runs", async () => {
    const { page, run, id } = await served("9.0");
    await run(id, [
      "bash",
      "-c",
      "cp -r webapps.dist/* webapps/ && echo '{}' > webapps/docs/a.json",
    ]);
    expect((await page("/")).body).toContain("Apache Tomcat/9.0.112");
    expect((await page("/docs/a.json")).headers["content-type"]).toBe("application/json");
  });

  it.each([
    ["SIGTERM", 143],
    ["catalina.sh stop", 0],
  ])("ends on %s with %i", async (how, exitCode) => {
    const { runtime, id, run, clock, logs } = await served();
    if (how === "SIGTERM") await runtime.stopContainer(id, 30_000);
    else expect((await run(id, how.split(" "))).code).toBe(0);
    await clock.settle();
    expect(runtime.containerStatus(id)).toMatchObject({ state: "exited", exitCode });
    expect(await logs(id)).toMatch(/Destroying ProtocolHandler \["http-apr-8080"\]\n$/);
  });

  it("ends while it still starts", async () => {
    const node = machine();
    const id = await node.start(await node.sandbox(), "tomcat:8.5");
    await node.runtime.stopContainer(id, 30_000);
    expect(node.runtime.containerStatus(id)).toMatchObject({ exitCode: 143 });
  });

  it("has bash on Alpine, and Java", async () => {
    const { run, id } = await served();
    expect((await run(id, ["/bin/bash", "-c", "echo $BASH_VERSION$0"])).code).toBe(0);
    expect((await run(id, ["java", "-version"])).err).toContain('openjdk version "1.7.0_211"');
    expect((await run(id, ["catalina.sh", "version"])).out).toBe(
      "Server version: Apache Tomcat/7.0.94\n",
    );
  });

  it.each(["7.0.999", "12", "nonsense", "9.9"])("has no tag %s", async (tag) => {
    const { runtime, clock } = machine();
    const pulling = runtime.images.pull(`tomcat:${tag}`, new AbortController().signal);
    const refused = expect(pulling).rejects.toThrow("not found");
    await clock.advance(1_000);
    await refused;
  });
});
