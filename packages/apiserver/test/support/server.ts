// The real server on the real store, and ways to speak to it.

import { mkdtemp, rm } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { Agent, request, type RequestOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock, systemRandom, type Clock } from "@kubonsai/clock";
import { startStore } from "@kubonsai/store";
import { startApiserver } from "../../src/index.ts";
import {
  createAuthority,
  signingKey,
  type Authority,
  type Pair,
} from "../../../../test/support/certificates.ts";

export interface Answer {
  code: number;
  headers: IncomingMessage["headers"];
  text: string;
  /** The text as JSON; asking for it when it is none fails the test. */
  json: any;
}

export interface Ask {
  method?: string;
  path: string;
  /** Objects are sent as JSON. */
  body?: unknown;
  headers?: { [name: string]: string };
  /** Whom to be; the administrator unless told otherwise, nobody with `null`. */
  as?: Pair | null;
}

export interface TestServer {
  readonly url: string;
  readonly authority: Authority;
  ask(ask: Ask): Promise<Answer>;
  /** An answer that stays open. */
  open(ask: Ask): Promise<IncomingMessage>;
  options(as?: Pair | null): RequestOptions;
  stop(): Promise<void>;
}

const silent = { debug() {}, info() {}, warn() {}, error: console.error };

export async function startServer({
  clock = systemClock,
}: { clock?: Clock } = {}): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), "apiserver-"));
  const socketPath = join(directory, "store.sock");
  const common = { clock, log: silent };
  const store = await startStore({ ...common, directory: join(directory, "data"), socketPath });
  const authority = await createAuthority();
  const [serving, admin] = await Promise.all([
    authority.issue("kube-apiserver"),
    authority.issue("admin", ["system:masters"]),
  ]);
  const { ca } = authority;
  const server = await startApiserver({
    ...common,
    random: systemRandom,
    store: `unix:${socketPath}`,
    port: 0,
    tls: { ca, ...serving },
    kubeletClient: { ca, ...admin },
    serviceAccountKey: await signingKey(),
    staticTokens: [{ token: "joes-token", user: "joe", groups: ["devs"] }],
    serviceNodePortRange: { first: 30_000, last: 60_000 },
  });
  const agent = new Agent({ keepAlive: false });
  const options = (as: Pair | null = admin): RequestOptions => ({
    host: "127.0.0.1",
    port: server.port,
    ca,
    agent,
    ...as,
  });
  const open = (ask: Ask) => send(options(ask.as), ask);
  return {
    url: server.url,
    authority,
    options,
    open,
    ask: async (ask) => answerOf(await open(ask)),
    async stop() {
      await server.stop();
      await store.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

function send(
  options: RequestOptions,
  { method = "GET", path, body, headers = {} }: Ask,
): Promise<IncomingMessage> {
  const bytes = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const type = body === undefined ? {} : { "content-type": "application/json" };
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, method, path, headers: { ...type, ...headers } }, resolve);
    sent.on("error", reject);
    sent.end(bytes);
  });
}

async function answerOf(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return {
    code: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

/** The events of a watch, one at a time. */
export async function* eventsOf(incoming: IncomingMessage): AsyncGenerator<any> {
  let rest = "";
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}
