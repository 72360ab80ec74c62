import { describe, expect, it } from "vitest";
import { MemoryDirectory, MemoryFile, metadata } from "../../../src/runtime/file-system/memory.ts";
import { machine } from "../machine.ts";

const CONFIGURATION = `error_log stderr;
events { worker_connections 512; }
http {
  access_log /dev/stdout;
  server {
    listen 80 default_server;
    server_name shop.example;
    location / {
      index index.html index.php;
      root /usr/share/nginx/html;
    }
    location ~ \\.php$ {
      root /usr/share/nginx/html;
      fastcgi_pass 127.0.0.1:9000;
      fastcgi_index index.php;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      include fastcgi_params;
    }
  }
}
`;

/** nginx and php-fpm in one pod, with one folder of pages for both. */
async function pair(pages: { [name: string]: string }) {
  const node = machine();
  const folder = new MemoryDirectory(metadata(0o755, { modifiedMs: 0 }));
  const fileOf = (text: string) =>
    new MemoryFile(Buffer.from(text), metadata(0o644, { modifiedMs: 0 }));
  for (const [name, text] of Object.entries(pages)) folder.set(name, fileOf(text));
  const sandbox = await node.sandbox("shop");
  const html = { containerPath: "/usr/share/nginx/html", source: folder, readOnly: false };
  const conf = {
    containerPath: "/etc/nginx/nginx.conf",
    source: fileOf(CONFIGURATION),
    readOnly: true,
  };
  const web = await node.start(sandbox, "nginx:1.20.0", { mounts: [html, conf] });
  const page = async (path: string) => {
    const { status, headers, body } = await node.get(sandbox.ip, path);
    return { status, headers, body: Buffer.from(body).toString() };
  };
  const startPhp = () => node.start(sandbox, "php:8.3-fpm", { mounts: [html] });
  return { ...node, web, page, startPhp };
}

describe("nginx and php-fpm in one pod", () => {
  it("share localhost: index.php answers for the folder", async () => {
    const { page, startPhp, logs } = await pair({
      "index.php": "<h1>Hello <?php echo $_GET['who'] . ' from ' . gethostname(); ?></h1>\n",
    });
    expect((await page("/")).status).toBe(502);
    const php = await startPhp();
    const { status, headers, body } = await page("/?who=Ada");
    expect([status, body]).toEqual([200, "<h1>Hello Ada from shop</h1>\n"]);
    expect(headers).toMatchObject({
      server: "nginx/1.20.0",
      "content-type": "text/html; charset=UTF-8",
      "x-powered-by": "PHP/8.3.27",
    });
    expect(await logs(php)).toMatch(
      /NOTICE: fpm is running, pid 1\n.*NOTICE: ready to handle connections\n127\.0\.0\.1 - .* "GET \/index\.php" 200\n$/,
    );
  });

  it("show phpinfo()", async () => {
    const { page, startPhp } = await pair({ "info.php": "<?php phpinfo();" });
    await startPhp();
    const { body } = await page("/info.php");
    expect(body).toContain("PHP Version 8.3.27");
    expect(body).toContain("<td>FPM/FastCGI</td>");
    expect(body).toContain("<td>/usr/share/nginx/html/info.php</td>");
  });

  it.each([
    ["/none.php", 404, "File not found.\n"],
    ["/broken.php", 500, ""],
    ["/teapot.php", 418, "short and stout"],
    ["/plain.html", 200, "<?php not for php ?>"],
  ])("answer %s with %i", async (path, status, body) => {
    const { page, startPhp, logs, web } = await pair({
      "broken.php": "<?php echo no_such_function(1); ?>",
      "teapot.php": "<?php http_response_code(418); $a = 'short'; echo \"$a and stout\";",
      "plain.html": "<?php not for php ?>",
    });
    await startPhp();
    expect(await page(path)).toMatchObject({ status, body });
    const complaints = await logs(web, "stderr");
    if (status === 404) expect(complaints).toContain("Primary script unknown");
    if (status === 500)
      expect(complaints).toContain("Call to undefined function no_such_function()");
  });
});

describe("php", () => {
  it.each([
    ["echo 6 * 7;", 0, "42"],
    ["echo PHP_VERSION, PHP_EOL;", 0, "8.3.27\n"],
    ["echo strtoupper('a') . date('Y');", 0, "A2026"],
    ["nope();", 255, ""],
    ["echo 'a' echo", 255, ""],
  ])("runs %s", async (code, exit, out) => {
    const node = machine();
    const id = await node.start(await node.sandbox(), "php:8.3-cli", { command: ["sleep", "60"] });
    expect(await node.run(id, ["php", "-r", code])).toMatchObject({ code: exit, out });
  });

  it("stops php-fpm with 0 on its stop signal", async () => {
    const node = machine();
    const id = await node.start(await node.sandbox(), "php:7.4-fpm-alpine");
    await node.runtime.stopContainer(id, 30_000);
    expect(node.runtime.containerStatus(id)).toMatchObject({ exitCode: 0 });
    expect(await node.logs(id)).toMatch(/NOTICE: exiting, bye-bye!\n$/);
  });
});
