// /exec and /attach: a command's streams, or the first process's, over one WebSocket.

import type { ContainerRuntime, ExecSession } from "../runtime/runtime.ts";
import type { WebSocket } from "ws";
import { errorText } from "../text/describe.ts";
import { CLOSE, ERROR, onMessages, RESIZE, sendOn, STDERR, STDIN, STDOUT } from "./channels.ts";
import { exitStatus, notStarted, succeeded } from "./exec-status.ts";
import { runningContainer } from "./find-container.ts";
import { HttpError } from "./http-error.ts";
import type { StreamRoute } from "./routes.ts";

interface Streams {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

export const execInPod: StreamRoute = (context, { parameters, query }) => {
  const command = query.getAll("command");
  if (command.length === 0) throw new HttpError(400, "you must specify at least 1 command");
  const streams = streamsOf(query);
  const { self, id } = runningContainer(context, parameters);
  return (client) => void serveExec(client, { runtime: self.node.runtime, id, command, streams });
};

export const attachToContainer: StreamRoute = (context, { parameters, query }) => {
  const streams = streamsOf(query);
  const { self, id } = runningContainer(context, parameters);
  return (client) => void serveAttach(client, { runtime: self.node.runtime, id, streams });
};

/** Named as the API names them, or as the kubelet's own callers do. @throws HttpError */
function streamsOf(query: URLSearchParams): Streams {
  const isSet = (...names: string[]) =>
    names.some((name) => ["true", "1"].includes(query.get(name) ?? ""));
  const streams = {
    stdin: isSet("stdin", "input"),
    stdout: isSet("stdout", "output"),
    stderr: isSet("stderr", "error"),
    tty: isSet("tty"),
  };
  if (streams.stdin || streams.stdout || streams.stderr) return streams;
  throw new HttpError(400, "you must specify at least 1 of stdin, stdout, stderr");
}

interface ExecCall {
  runtime: ContainerRuntime;
  id: string;
  command: string[];
  streams: Streams;
}

async function serveExec(client: WebSocket, call: ExecCall): Promise<void> {
  const { runtime, id, command, streams } = call;
  let session: ExecSession;
  try {
    session = runtime.exec(id, { command, tty: streams.tty, stdin: streams.stdin });
  } catch (error) {
    return finish(client, notStarted(errorText(error)));
  }
  takeInput(client, session, streams);
  client.on("close", () => session.kill());
  try {
    const exitCode = await relay(client, session, streams);
    await finish(client, exitStatus(exitCode, command));
  } catch (error) {
    await finish(client, notStarted(errorText(error)));
  }
}

async function serveAttach(client: WebSocket, call: Omit<ExecCall, "command">): Promise<void> {
  const { runtime, id, streams } = call;
  try {
    const session = runtime.attach(id);
    takeInput(client, session, streams);
    client.on("close", () => session.kill());
    await relay(client, session, streams);
    await finish(client, succeeded);
  } catch (error) {
    await finish(client, notStarted(errorText(error)));
  }
}

/** Resolves with the exit code, after all output was sent. */
async function relay(
  client: WebSocket,
  session: ExecSession,
  { stdout, stderr }: Streams,
): Promise<number> {
  const pump = async (stream: AsyncIterable<Uint8Array>, channel: number, isWanted: boolean) => {
    for await (const chunk of stream) if (isWanted) await sendOn(client, channel, chunk);
  };
  const output = Promise.all([
    pump(session.stdout, STDOUT, stdout),
    pump(session.stderr, STDERR, stderr),
  ]);
  const exitCode = await session.exitCode;
  await output;
  return exitCode;
}

/** One message after the other, so that a command that reads slowly slows its client down. */
function takeInput(client: WebSocket, session: ExecSession, { stdin }: Streams): void {
  let queue: Promise<void> = Promise.resolve();
  onMessages(client, (channel, bytes) => {
    if (channel === RESIZE) return resize(session, bytes);
    if (channel === CLOSE && bytes[0] === STDIN) queue = queue.then(() => session.closeStdin());
    if (channel !== STDIN || !stdin) return;
    client.pause();
    queue = queue
      .then(() => session.write(bytes))
      .catch(() => undefined) // nobody reads any more: what comes is dropped, as by a closed pipe
      .then(() => client.resume());
  });
}

/** `{"Width":80,"Height":24}`; anything else is not for us. */
function resize(session: ExecSession, bytes: Buffer): void {
  try {
    const { Width, Height } = JSON.parse(bytes.toString("utf8")) as {
      Width: number;
      Height: number;
    };
    if (Width > 0 && Height > 0) session.resize(Width, Height);
  } catch {
    return; // a malformed size changes nothing
  }
}

async function finish(client: WebSocket, status: object): Promise<void> {
  await sendOn(client, ERROR, Buffer.from(JSON.stringify(status)));
  if (client.readyState === client.OPEN) client.close(1000);
}
