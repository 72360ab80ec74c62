// Port-forward by WebSocket channels: each port has a data and an error channel, and both begin
// with the port's number in two bytes.
// @see kubernetes kubelet/pkg/cri/streaming/portforward/websocket.go

import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { errorText } from "../text/describe.ts";
import { onMessages, sendOn } from "./channels.ts";

interface Forwarding {
  ports: number[];
  /** @throws Error with the text for the error channel */
  dial: (port: number) => Promise<Duplex>;
}

export async function forwardByChannels(
  client: WebSocket,
  { ports, dial }: Forwarding,
): Promise<void> {
  if (ports.length === 0) return client.close(1008, 'query parameter "port" is required');
  const connections: (Duplex | undefined)[] = [];
  onMessages(client, (channel, bytes) => {
    const connection = connections[channel / 2];
    if (!connection || connection.write(bytes)) return;
    client.pause();
    connection.once("drain", () => client.resume());
  });
  client.on("close", () => {
    for (const connection of connections) connection?.destroy();
  });
  for (const [index, port] of ports.entries()) {
    const number = Buffer.from([port & 255, port >> 8]);
    await sendOn(client, index * 2, number);
    await sendOn(client, index * 2 + 1, number);
    try {
      const connection = await dial(port);
      connections[index] = connection;
      void pump(client, connection, index * 2);
    } catch (error) {
      await sendOn(client, index * 2 + 1, Buffer.from(errorText(error)));
    }
  }
}

async function pump(client: WebSocket, connection: Duplex, channel: number): Promise<void> {
  try {
    for await (const chunk of connection) await sendOn(client, channel, chunk as Buffer);
  } catch (error) {
    await sendOn(client, channel + 1, Buffer.from(errorText(error)));
  }
}
