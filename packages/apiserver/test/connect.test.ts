// Streams to kubelets: a small HTTPS server stands where a node's kubelet would listen.

import { createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startServer, type TestServer } from "./support/server.ts";

let server: TestServer;
let stopKubelet: () => void;
const asked: string[] = [];

beforeAll(async () => {
  server = await startServer();
  const port = await startKubelet();
  await post("/api/v1/namespaces", { metadata: { name: "work" } });
  await post("/api/v1/namespaces/work/serviceaccounts", { metadata: { name: "default" } });
  const annotations = { "kubonsai.dev/kubelet-address": "127.0.0.1" };
  await post("/api/v1/nodes", { metadata: { name: "n1", annotations } });
  await server.ask({
    method: "PATCH",
    path: "/api/v1/nodes/n1/status",
    body: { status: { daemonEndpoints: { kubeletEndpoint: { Port: port } } } },
    headers: { "content-type": "application/merge-patch+json" },
  });
  await post("/api/v1/namespaces/work/pods", pod("web", ["c"], "n1"));
  await post("/api/v1/namespaces/work/pods", pod("two", ["c", "d"]));
});

afterAll(async () => {
  stopKubelet();
  await server.stop();
});

async function post(path: string, body: unknown) {
  const answer = await server.ask({ method: "POST", path, body });
  if (answer.code >= 300 && answer.code !== 409) throw new Error(`${path}: ${answer.text}`);
}

const pod = (name: string, containers: string[], nodeName?: string) => ({
  metadata: { name },
  spec: { nodeName, containers: containers.map((one) => ({ name: one, image: "nginx" })) },
});

/** Answers logs, and echoes what comes through an upgraded connection. */
async function startKubelet(): Promise<number> {
  const { ca } = server.authority;
  const pair = await server.authority.issue("kubelet");
  const kubelet = createServer(
    { ca, ...pair, requestCert: true, rejectUnauthorized: true },
    (incoming, answer) => {
      asked.push(`${incoming.method} ${incoming.url}`);
      if (incoming.url?.includes("previous=true")) {
        answer.writeHead(400).end('previous terminated container "c" in pod "web" not found');
      } else answer.end("line 1\nline 2\n");
    },
  );
  kubelet.on("upgrade", (incoming, socket) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    const protocol = incoming.headers["sec-websocket-protocol"];
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\nhello `,
    );
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => kubelet.listen(0, "127.0.0.1", resolve));
  stopKubelet = () => {
    kubelet.closeAllConnections();
    kubelet.close();
  };
  return (kubelet.address() as AddressInfo).port;
}

const PODS = "/api/v1/namespaces/work/pods";

describe("logs", () => {
  test("come from the pod's kubelet", async () => {
    const path = `${PODS}/web/log?tailLines=5&timestamps=true`;
    const { text, headers } = await server.ask({ path });
    expect([text, headers["content-type"]]).toEqual(["line 1\nline 2\n", "text/plain"]);
    expect(asked.at(-1)).toBe("GET /containerLogs/work/web/c?timestamps=true&tailLines=5");
  });

  test.each([
    ["web/log?previous=true", 400, 'previous terminated container "c" in pod "web" not found'],
    ["web/log?container=x", 400, "container x is not valid for pod web"],
    ["two/log", 400, "a container name must be specified for pod two, choose one of: [c d]"],
    ["none/log", 404, 'pods "none" not found'],
    [
      "web/log?tailLines=-1",
      422,
      'PodLogOptions "web" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
    ],
  ])("%s", async (path, code, message) => {
    const answer = await server.ask({ path: `${PODS}/${path}` });
    expect([answer.code, answer.json.message]).toEqual([code, message]);
  });

  test("of a pod without a node are empty", async () => {
    const { code, text } = await server.ask({ path: `${PODS}/two/log?container=c` });
    expect([code, text]).toEqual([204, ""]);
  });
});

describe("exec", () => {
  test("joins the client to the kubelet, byte for byte", async () => {
    const path = `${PODS}/web/exec?command=cat&command=-&stdin=true&stdout=true`;
    const { protocol, text } = await speak(path, "world");
    expect([protocol, text]).toEqual(["v5.channel.k8s.io", "hello world"]);
    expect(asked.at(-1)).toBe("GET /exec/work/web/c?input=1&output=1&command=cat&command=-");
  });

  test.each([
    ["two/exec?container=c", 400, "pod two does not have a host assigned"],
    ["none/exec", 404, 'pods "none" not found'],
  ])("%s", async (path, code, message) => {
    const answer = await server.ask({
      path: `${PODS}/${path}`,
      headers: { connection: "upgrade", upgrade: "websocket" },
    });
    expect([answer.code, answer.json.message]).toEqual([code, message]);
  });

  test("needs an upgrade", async () => {
    const { code, json } = await server.ask({ path: `${PODS}/web/exec?command=ls` });
    expect([code, json.message]).toEqual([400, "Upgrade request required"]);
  });
});

/** Sends `text` through the upgraded connection and reads until the greeting and its echo are back. */
function speak(path: string, text: string): Promise<{ protocol: string; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-protocol": "v5.channel.k8s.io",
    };
    const sent = request({ ...server.options(), path, headers });
    sent.on("upgrade", (answer, socket, head) => {
      let heard = head.toString();
      const check = () => {
        if (!heard.endsWith(text)) return;
        socket.destroy();
        resolve({ protocol: String(answer.headers["sec-websocket-protocol"]), text: heard });
      };
      socket.on("data", (chunk: Buffer) => {
        heard += chunk.toString();
        check();
      });
      socket.write(text);
    });
    sent.on("response", (answer) => reject(new Error(`answered ${answer.statusCode}`)));
    sent.on("error", reject);
    sent.end();
  });
}
