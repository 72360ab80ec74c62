// The kubelet's HTTPS server: who may ask, logs and their refusals, exec over WebSocket.

import { request } from "node:https";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startServer } from "../src/server/server.ts";
import { createAuthority, type Authority, type Pair } from "../../../test/support/certificates.ts";
import { TestNode } from "./support/node.ts";
import { pod } from "./support/pods.ts";

let authority: Authority;
let apiserver: Pair;
let stranger: Pair;
let serving: Pair;
beforeAll(async () => {
  authority = await createAuthority();
  [apiserver, stranger, serving] = await Promise.all([
    authority.issue("kube-apiserver-kubelet-client"),
    authority.issue("system:kube-scheduler"),
    authority.issue("kubelet"),
  ]);
});

let node: TestNode;
let server: Awaited<ReturnType<typeof startServer>>;
beforeEach(async () => {
  node = new TestNode();
  const { clock, log } = node.context;
  const certificate = { ...serving, clientCa: authority.ca };
  const { workers } = node;
  server = await startServer({ serving: certificate, port: 0, workers, clock, log });
});
afterEach(async () => {
  await server.stop();
  await node.stop();
});

const tls = (as: Pair | undefined) => ({ ca: authority.ca, ...as });

function get(path: string, as: Pair | undefined = apiserver): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { ...tls(as), host: "127.0.0.1", port: server.port, path, agent: false };
    const sent = request(options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve(`${response.statusCode} ${text}`));
    });
    sent.on("error", reject);
    sent.end();
  });
}

interface Ended {
  /** By channel. */
  text: { [channel: number]: string };
  code: number;
}

function exec(path: string, protocol = "v5.channel.k8s.io", send: Buffer[] = []): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const url = `wss://127.0.0.1:${server.port}${path}`;
    const client = new WebSocket(url, protocol, tls(apiserver));
    const text: { [channel: number]: string } = {};
    client.on("open", () => send.forEach((message) => client.send(message)));
    client.on("message", (data: Buffer) => {
      text[data[0]!] = (text[data[0]!] ?? "") + data.subarray(1).toString();
    });
    client.on("close", (code) => resolve({ text, code }));
    client.on("error", reject);
    client.on("unexpected-response", (_request, response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => reject(new Error(`${response.statusCode} ${body}`)));
    });
  });
}

describe("who may ask", () => {
  it("is the API server, by its certificate", async () => {
    expect(await get("/healthz")).toBe("200 ok");
    expect(await get("/healthz", {} as Pair)).toBe("401 Unauthorized");
    expect(await get("/healthz", stranger)).toMatch(/^403 Forbidden \(user=system:kube-scheduler/);
  });

  it("nothing else is served", async () => {
    expect(await get("/secrets")).toBe("404 404 page not found");
    expect(await get("/exec/a/b/c")).toBe("404 404 page not found");
  });
});

describe("/containerLogs", () => {
  it("is what the container wrote", async () => {
    await node.add(pod("a"));
    expect(await get("/containerLogs/default/web/a")).toBe("200 last words\n");
    expect(await get("/containerLogs/default/web/a?timestamps=true")).toBe(
      "200 2026-01-01T00:00:00.000000000Z last words\n",
    );
    expect(await get("/containerLogs/default/web/a?limitBytes=4")).toBe("200 last");
    expect(await get("/containerLogs/default/web/a?tailLines=x")).toMatch(/^400 /);
  });

  it("says why there is nothing", async () => {
    node.runtime.pullError = "no";
    await node.add(pod("a b", ({ spec }) => (spec.containers[1]!.image = "redis:7")));
    await node.after(1600);
    const logs = (rest: string) => get(`/containerLogs/default/${rest}`);
    expect(await logs("nobody/a")).toBe('404 pod "nobody" does not exist');
    expect(await logs("web/x")).toBe('404 container "x" not found in pod "web"');
    expect(await logs("web/a?previous=true")).toBe(
      '400 previous terminated container "a" in pod "web" not found',
    );
    expect(await logs("web/b")).toBe(
      '400 container "b" in pod "web" is waiting to start: image can\'t be pulled',
    );
    await node.after(15_000);
    expect(await logs("web/b")).toBe(
      '400 container "b" in pod "web" is waiting to start: trying and failing to pull image',
    );
  });
});

describe("/exec", () => {
  beforeEach(async () => {
    await node.add(pod("a"));
    node.runtime.commands["echo hi"] = { code: 0, output: "hi\n" };
    node.runtime.commands["false"] = { code: 3 };
    // commands think for no time at all, but in a later turn
    const ticking = setInterval(() => void node.clock.advance(1), 5);
    return () => clearInterval(ticking);
  });

  it.each(["v5.channel.k8s.io", "v4.channel.k8s.io"])(
    "sends output and Success by %s",
    async (by) => {
      const path = "/exec/default/web/a?command=echo&command=hi&output=1&error=1";
      expect(await exec(path, by)).toEqual({
        code: 1000,
        text: { 1: "hi\n", 3: '{"metadata":{},"status":"Success"}' },
      });
    },
  );

  it("tells the exit code", async () => {
    const { text } = await exec("/exec/default/web/a?command=false&stdout=true");
    expect(JSON.parse(text[3]!)).toMatchObject({
      status: "Failure",
      reason: "NonZeroExitCode",
      message: expect.stringMatching(/^command terminated with non-zero exit code: /),
      details: { causes: [{ reason: "ExitCode", message: "3" }] },
    });
  });

  it.each([
    ["/exec/default/nobody/a?command=ls&output=1", "404 pod does not exist"],
    ["/exec/default/web/x?command=ls&output=1", '500 container not found ("x")'],
    ["/exec/default/web/a?output=1", "400 you must specify at least 1 command"],
    ["/exec/default/web/a?command=ls", "400 you must specify at least 1 of stdin, stdout, stderr"],
  ])("refuses %s: %s", async (path, expected) => {
    await expect(exec(path)).rejects.toThrow(expected);
  });
});
