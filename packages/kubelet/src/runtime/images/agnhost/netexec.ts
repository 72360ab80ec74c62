// agnhost netexec: an HTTP server that tells about itself, dials others and runs commands.

import type { HttpAnswer, IncomingRequest } from "../../network/listener.ts";
import { requestHttp } from "../../network/http-request.ts";
import { Pipe, PipeWriter, bytesFrom } from "../../process/pipe.ts";
import type { Process } from "../../process/process.ts";
import { goLogLine, openPort, partsOf, textAnswer } from "../http-service.ts";
import { durationMs, flag } from "./flags.ts";

type Handler = (
  server: Server,
  query: URLSearchParams,
  request: IncomingRequest,
) => HttpAnswer | Promise<HttpAnswer>;

interface Server {
  readonly process: Process;
  end(code: number): void;
}

export async function netexec(process: Process): Promise<number> {
  const port = Number(flag(process.argv, "http-port") ?? 8080);
  const ended = process.block<number>((resolve) => {
    const server: Server = { process, end: resolve };
    openPort(process, port, (request) => answer(server, request));
    const delayMs = Number(flag(process.argv, "delay-shutdown") ?? 0) * 1000;
    process.handle("SIGTERM", () => {
      void process.complain(goLogLine(process, `Sleeping ${delayMs / 1000} seconds before terminating...`)); // prettier-ignore
      process.world.clock.after(delayMs, () => resolve(0));
    });
  });
  await process.complain(goLogLine(process, `Started HTTP server on port ${port}`));
  return ended;
}

function answer(server: Server, request: IncomingRequest): HttpAnswer | Promise<HttpAnswer> {
  const { path, query } = partsOf(request.target);
  const { process } = server;
  void process.complain(goLogLine(process, `${request.method} ${request.target}`));
  const handler = Object.hasOwn(HANDLERS, path) ? HANDLERS[path]! : HANDLERS["/"]!;
  return handler(server, query, request);
}

const hostname: Handler = ({ process }) => textAnswer(process, process.world.hostname);

const HANDLERS: { readonly [path: string]: Handler } = {
  "/": ({ process }) =>
    textAnswer(process, `NOW: ${new Date(process.now()).toISOString().replace("T", " ").replace("Z", "")} +0000 UTC`), // prettier-ignore
  "/clientip": ({ process }, _query, { remoteAddress, remotePort }) =>
    textAnswer(process, `${remoteAddress}:${remotePort}`),
  "/dial": dial,
  "/echo": ({ process }, query) =>
    textAnswer(process, query.get("msg") ?? "", { status: Number(query.get("code") ?? 200) }),
  "/exit": (server, query) => {
    const code = Number(query.get("code") ?? 0);
    const waitMs = durationMs(query.get("wait") ?? undefined) ?? 0;
    server.process.world.clock.after(waitMs, () => server.end(code));
    return textAnswer(server.process, "");
  },
  "/header": ({ process }, query, { headers }) =>
    textAnswer(process, headers[(query.get("key") ?? "").toLowerCase()] ?? ""),
  "/healthz": ({ process }) => textAnswer(process, ""),
  "/hostname": hostname,
  "/hostName": hostname,
  "/readyz": ({ process }) => textAnswer(process, ""),
  "/redirect": ({ process }, query) =>
    textAnswer(process, "", {
      status: Number(query.get("code") ?? 302),
      headers: { Location: query.get("location") ?? "/" },
    }),
  "/shell": shell,
  "/shutdown": (server) => {
    server.end(0);
    return textAnswer(server.process, "");
  },
};

/** Asks another server, several times, and tells what came back. */
async function dial({ process }: Server, query: URLSearchParams): Promise<HttpAnswer> {
  const { network } = process.world;
  const path = `/${query.get("request") ?? "hostname"}`;
  const target = { host: query.get("host") ?? "", port: Number(query.get("port") ?? 80), path };
  const tries = Math.min(100, Number(query.get("tries") ?? 1));
  const responses: string[] = [];
  const errors: string[] = [];
  for (let attempt = 0; attempt < tries; attempt++) {
    const asked = { ...target, tls: false, method: "GET", headers: {}, timeoutMs: 5_000 };
    try {
      const { body } = await requestHttp({ fabric: network.fabric, from: network }, asked);
      responses.push(Buffer.from(body).toString());
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      errors.push(error.message);
    }
  }
  const told = { ...(errors.length ? { errors } : {}), ...(responses.length ? { responses } : {}) };
  return textAnswer(process, JSON.stringify(told));
}

/** Runs a command in a shell of the container. */
async function shell({ process }: Server, query: URLSearchParams): Promise<HttpAnswer> {
  const command = query.get("shell") ?? query.get("cmd") ?? "";
  const pipe = new Pipe();
  const [out, input] = [new PipeWriter(pipe), process.descriptors[0]?.share()];
  const argv = ["/bin/sh", "-c", command];
  const child = process.spawn("/bin/sh", argv, { descriptors: [input, out, out.share()] });
  let output = "";
  for await (const bytes of bytesFrom(pipe)) output += Buffer.from(bytes).toString();
  const { code } = await process.wait(child);
  const told = code === 0 ? { output } : { output, error: `exit status ${code}` };
  return textAnswer(process, JSON.stringify(told));
}
