import { describe, expect, it } from "vitest";
import { machine } from "../machine.ts";

async function served(image = "httpd:2.4") {
  const node = machine();
  const sandbox = await node.sandbox("web");
  const id = await node.start(sandbox, image);
  const page = async (path: string) => {
    const { status, headers, body } = await node.get(sandbox.ip, path);
    return { status, headers, body: Buffer.from(body).toString() };
  };
  return { ...node, id, page };
}

describe("httpd", () => {
  it("works, and says so", async () => {
    const { page, logs, id } = await served();
    const { status, headers, body } = await page("/");
    expect([status, body]).toEqual([200, "<html><body><h1>It works!</h1></body></html>\n"]);
    expect(headers["server"]).toBe("Apache/2.4.65 (Unix)");
    expect(await logs(id, "stderr")).toContain("configured -- resuming normal operations");
    expect(await logs(id, "stdout")).toMatch(
      /^10\.\S+ - - \[.* \+0000\] "GET \/ HTTP\/1\.1" 200 45\n$/,
    );
  });

  it.each([
    ["/nothing", 404],
    ["/icons", 301],
    ["/icons/", 403],
    ["/../conf/httpd.conf", 400],
    ["/%zz", 400],
  ])("answers %s with %i", async (path, status) => {
    const { page, run, id } = await served();
    await run(id, ["mkdir", "htdocs/icons"]);
    expect((await page(path)).status).toBe(status);
  });

  it("stops on its signal with 0", async () => {
    const { runtime, id } = await served("httpd:2.4-alpine");
    await runtime.stopContainer(id, 30_000);
    expect(runtime.containerStatus(id)).toMatchObject({ state: "exited", exitCode: 0 });
  });

  it("runs PHP where the image brings it", async () => {
    const { page, run, id } = await served("php:8.3-apache");
    expect((await page("/")).status).toBe(403);
    await run(id, ["sh", "-c", "echo '<?= $_GET[\"a\"] ?>!' > index.php"]);
    expect((await page("/?a=b")).body).toBe("b!\n");
  });
});
