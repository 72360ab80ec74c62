// /exec and /attach: a command's streams, or the first process's, to whoever asked for them.

import type { ContainerRuntime, ExecSession } from "../runtime/runtime.ts";
import { errorText } from "../text/describe.ts";
import type { CommandClient } from "./command-client.ts";
import { COMMAND_PROTOCOLS, commandBySpdy, type CommandStreams } from "./command-spdy.ts";
import { commandByWebSocket } from "./command-web-socket.ts";
import { exitStatus, notStarted, succeeded } from "./exec-status.ts";
import { runningContainer } from "./find-container.ts";
import { HttpError } from "./http-error.ts";
import type { StreamRoute } from "./routes.ts";
import type { ServerContext } from "./server.ts";
import type { StreamService } from "./upgrade.ts";

const WEB_SOCKET_PROTOCOLS = ["v5.channel.k8s.io", "v4.channel.k8s.io", "channel.k8s.io"];

export const execInPod: StreamRoute = (context, { parameters, query }) => {
  const command = query.getAll("command");
  if (command.length === 0) throw new HttpError(400, "you must specify at least 1 command");
  const streams = streamsOf(query);
  const { self, id } = runningContainer(context, parameters);
  const call = { runtime: self.node.runtime, id, command, streams };
  return commandService(context, streams, (client) => void serveExec(client, call));
};

export const attachToContainer: StreamRoute = (context, { parameters, query }) => {
  const streams = streamsOf(query);
  const { self, id } = runningContainer(context, parameters);
  const call = { runtime: self.node.runtime, id, streams };
  return commandService(context, streams, (client) => void serveAttach(client, call));
};

function commandService(
  { clock }: ServerContext,
  streams: CommandStreams,
  serve: (client: CommandClient) => void,
): StreamService {
  return {
    webSocket: {
      protocols: WEB_SOCKET_PROTOCOLS,
      serve: (client) => serve(commandByWebSocket(client)),
    },
    spdy: {
      protocols: COMMAND_PROTOCOLS,
      serve: (connection, protocol) =>
        commandBySpdy(connection, { streams, protocol, clock }, serve),
    },
  };
}

/** Named as the API names them, or as the kubelet's own callers do. @throws HttpError */
function streamsOf(query: URLSearchParams): CommandStreams {
  const isSet = (...names: string[]) =>
    names.some((name) => ["true", "1"].includes(query.get(name) ?? ""));
  const tty = isSet("tty");
  const streams = {
    stdin: isSet("stdin", "input"),
    stdout: isSet("stdout", "output"),
    // a terminal shows both on one screen
    stderr: isSet("stderr", "error") && !tty,
    tty,
  };
  if (streams.stdin || streams.stdout || streams.stderr) return streams;
  throw new HttpError(400, "you must specify at least 1 of stdin, stdout, stderr");
}

interface ExecCall {
  runtime: ContainerRuntime;
  id: string;
  command: string[];
  streams: CommandStreams;
}

async function serveExec(client: CommandClient, call: ExecCall): Promise<void> {
  const { runtime, id, command, streams } = call;
  let session: ExecSession;
  try {
    session = runtime.exec(id, { command, tty: streams.tty, stdin: streams.stdin });
  } catch (error) {
    return client.finish(notStarted(errorText(error)));
  }
  takeInput(client, session, streams);
  try {
    const exitCode = await relay(client, session, streams);
    await client.finish(exitStatus(exitCode, command));
  } catch (error) {
    await client.finish(notStarted(errorText(error)));
  }
}

async function serveAttach(client: CommandClient, call: Omit<ExecCall, "command">): Promise<void> {
  const { runtime, id, streams } = call;
  try {
    const session = runtime.attach(id);
    takeInput(client, session, streams);
    await relay(client, session, streams);
    await client.finish(succeeded);
  } catch (error) {
    await client.finish(notStarted(errorText(error)));
  }
}

/** Resolves with the exit code, after all output was sent. */
async function relay(
  client: CommandClient,
  session: ExecSession,
  { stdout, stderr }: CommandStreams,
): Promise<number> {
  const pump = async (name: "stdout" | "stderr", isWanted: boolean) => {
    for await (const chunk of session[name]) if (isWanted) await client.send(name, chunk);
  };
  const output = Promise.all([pump("stdout", stdout), pump("stderr", stderr)]);
  const exitCode = await session.exitCode;
  await output;
  return exitCode;
}

function takeInput(client: CommandClient, session: ExecSession, { stdin }: CommandStreams): void {
  client.listen({
    input: async (bytes) => {
      if (stdin) await session.write(bytes);
    },
    inputEnded: () => session.closeStdin(),
    resized: (bytes) => resize(session, bytes),
    gone: () => session.kill(),
  });
}

/** `{"Width":80,"Height":24}`; anything else is not for us. */
function resize(session: ExecSession, bytes: Uint8Array): void {
  try {
    const { Width, Height } = JSON.parse(Buffer.from(bytes).toString()) as {
      Width: number;
      Height: number;
    };
    if (Width > 0 && Height > 0) session.resize(Width, Height);
  } catch {
    return; // a malformed size changes nothing
  }
}
