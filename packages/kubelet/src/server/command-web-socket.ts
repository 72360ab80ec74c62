// A command's streams in one WebSocket: `v4.channel.k8s.io`, `v5.channel.k8s.io`.

import type { WebSocket } from "ws";
import { CLOSE, ERROR, onMessages, RESIZE, sendOn, STDERR, STDIN, STDOUT } from "./channels.ts";
import type { CommandClient, CommandEvents } from "./command-client.ts";

export function commandByWebSocket(client: WebSocket): CommandClient {
  const channels = { stdout: STDOUT, stderr: STDERR };
  return {
    send: (stream, bytes) => sendOn(client, channels[stream], bytes),
    async finish(status) {
      await sendOn(client, ERROR, Buffer.from(JSON.stringify(status)));
      if (client.readyState === client.OPEN) client.close(1000);
    },
    listen(events) {
      takeMessages(client, events);
      client.on("close", () => events.gone());
    },
  };
}

/** One message after the other, so that a command that reads slowly slows its client down. */
function takeMessages(client: WebSocket, events: CommandEvents): void {
  let queue: Promise<void> = Promise.resolve();
  onMessages(client, (channel, bytes) => {
    if (channel === RESIZE) return events.resized(bytes);
    if (channel === CLOSE && bytes[0] === STDIN) queue = queue.then(() => events.inputEnded());
    if (channel !== STDIN) return;
    client.pause();
    queue = queue
      .then(() => events.input(bytes))
      .catch(() => undefined) // nobody reads any more: what comes is dropped, as by a closed pipe
      .then(() => client.resume());
  });
}
