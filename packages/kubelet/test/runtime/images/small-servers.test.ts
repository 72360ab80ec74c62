import { describe, expect, it } from "vitest";
import { machine } from "../machine.ts";

async function started(image: string, config: { command?: string[]; args?: string[] } = {}) {
  const node = machine();
  const sandbox = await node.sandbox("pod-1");
  const id = await node.start(sandbox, image, config);
  const page = async (path: string, port = 8080) => {
    const { status, body } = await node.get(sandbox.ip, path, port);
    return [status, Buffer.from(body).toString()];
  };
  const status = () => node.runtime.containerStatus(id);
  return { ...node, sandbox, id, page, status };
}

const AGNHOST = "registry.k8s.io/e2e-test-images/agnhost:2.53";

describe("agnhost", () => {
  it("pauses by default, and ends when asked to", async () => {
    const { logs, id, runtime, status } = await started(AGNHOST);
    expect(await logs(id)).toBe("Paused\n");
    await runtime.stopContainer(id, 30_000);
    expect(status()).toMatchObject({ state: "exited", exitCode: 0 });
  });

  it.each([
    ["/hostname", 200, "pod-1"],
    ["/echo?msg=a%20b&code=418", 418, "a b"],
    ["/clientip", 200, /^10\.244\.1\.1:\d+$/],
    ["/shell?shell=echo%20one;%20exit%203", 200, '{"output":"one\\n","error":"exit status 3"}'],
    ["/header?key=User-Agent", 200, "kube-probe/1.36"],
    [
      "/dial?host=127.0.0.1&port=8080&request=hostname&tries=2",
      200,
      '{"responses":["pod-1","pod-1"]}',
    ],
    ["/redirect?location=/x", 302, ""],
    ["/", 200, /^NOW: 2026-01-01/],
  ])("netexec answers %s", async (path, code, body) => {
    const { page } = await started(AGNHOST, { args: ["netexec"] });
    expect(await page(path)).toEqual([
      code,
      typeof body === "string" ? body : expect.stringMatching(body),
    ]);
  });

  it.each([
    ["/exit?code=7", 7],
    ["/shutdown", 0],
  ])("netexec ends by %s", async (path, exitCode) => {
    const { page, status, clock } = await started(AGNHOST, { args: ["netexec", "--http-port=80"] });
    await page(path, 80);
    await clock.advance(10);
    expect(status()).toMatchObject({ state: "exited", exitCode });
  });

  it("liveness is healthy for ten seconds", async () => {
    const { page, clock } = await started(AGNHOST, { args: ["liveness"] });
    await clock.advance(9_000);
    expect(await page("/healthz")).toEqual([200, "ok"]);
    await clock.advance(2_000);
    expect(await page("/healthz")).toEqual([500, expect.stringMatching(/^error: 11/)]);
  });

  it("serve-hostname tells the pod's name", async () => {
    const { page } = await started(AGNHOST, { args: ["serve-hostname"] });
    expect(await page("/", 9376)).toEqual([200, "pod-1"]);
  });

  it("logs-generator writes as many lines as it should, in the time it has", async () => {
    const args = ["logs-generator", "--log-lines-total=20", "--run-duration=10s"];
    const { logs, id, clock, status } = await started(AGNHOST, { args });
    await clock.advance(5_100);
    expect((await logs(id)).split("\n")).toHaveLength(11);
    await clock.advance(5_000);
    expect(status()).toMatchObject({ state: "exited", exitCode: 0 });
    expect(await logs(id)).toMatch(
      /^I0101 00:01:00\.500000 +1 logs_generator\.go:76\] 0 \w+ \/api/,
    );
  });

  it.each([
    ["127.0.0.1:8080", 0, ""],
    ["127.0.0.1:81", 1, "REFUSED\n"],
    ["nobody.there:80", 1, "DNS\n"],
  ])("connect to %s ends with %i", async (target, code, err) => {
    const { run, id } = await started(AGNHOST, { args: ["netexec"] });
    expect(await run(id, ["/agnhost", "connect", target, "--timeout=1s"])).toEqual({
      code,
      err,
      out: "",
    });
  });

  it("refuses what it does not know", async () => {
    const { status, logs, id } = await started(AGNHOST, { args: ["nonsense"] });
    expect(status()).toMatchObject({ exitCode: 1 });
    expect(await logs(id)).toContain('unknown command "nonsense"');
  });
});

describe("small servers", () => {
  it("hello-app greets, and ends as a Go program does", async () => {
    const { page, runtime, id, status, logs } = await started(
      "gcr.io/google-samples/hello-app:2.0",
    );
    expect(await page("/x")).toEqual([200, "Hello, world!\nVersion: 2.0.0\nHostname: pod-1\n"]);
    expect(await logs(id)).toMatch(/Server listening on port 8080\n.*Serving request: \/x\n$/);
    await runtime.stopContainer(id, 30_000);
    expect(status()).toMatchObject({ exitCode: 2 });
  });

  it("http-echo says its text", async () => {
    const { page } = await started("hashicorp/http-echo", { args: ["-text=apple", "-listen=:80"] });
    expect(await page("/any", 80)).toEqual([200, "apple\n"]);
  });

  it("http-echo without a text ends with 127", async () => {
    const { status } = await started("hashicorp/http-echo");
    expect(status()).toMatchObject({ exitCode: 127 });
  });

  it.each([
    ["1.4", "CLIENT VALUES:\nclient_address=10.244.1.1\ncommand=GET\nreal path=/a\nquery=b=c\n"],
    ["1.10", "\n\nHostname: pod-1\n\nPod Information:\n"],
  ])("echoserver %s tells what was asked", async (tag, beginning) => {
    const { page } = await started(`registry.k8s.io/echoserver:${tag}`);
    const [status, body] = await page("/a?b=c");
    expect([status, String(body).slice(0, beginning.length)]).toEqual([200, beginning]);
    expect(body).toContain("user-agent=kube-probe/1.36\n");
  });
});

describe("curlimages/curl", () => {
  it("is curl with the pod's arguments", async () => {
    const { runtime, sandbox, start, clock, logs } = await started(AGNHOST, { args: ["netexec"] });
    expect(runtime.images.list()).toHaveLength(1);
    const url = `http://${sandbox.ip}:8080/hostname`;
    const id = await start(await runtime.runSandbox(other()), "curlimages/curl:8.9.1", {
      args: ["-s", url],
    });
    await clock.settle();
    expect(await logs(id)).toBe("pod-1");
    expect(runtime.containerStatus(id)).toMatchObject({ exitCode: 0 });
  });

  it("runs a shell too, as its own user", async () => {
    const command = { args: ["sh", "-c", "id -un; sleep 60"] };
    const { logs, id } = await started("curlimages/curl", command);
    expect(await logs(id)).toBe("curl_user\n");
  });
});

function other() {
  const dns = { nameservers: [], searches: [], options: [] };
  const names = { podUid: "uid-2", name: "pod-2", namespace: "default", hostname: "pod-2" };
  return { ...names, hostNetwork: false, labels: {}, annotations: {}, dns, hostAliases: [] };
}
