// /portForward: connections into a pod over one WebSocket. Each port has a data and an error
// channel, and both begin with the port's number in two bytes.
// @see kubernetes kubelet/pkg/cri/streaming/portforward/websocket.go

import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { errorText } from "../text/describe.ts";
import { onMessages, sendOn } from "./channels.ts";
import { HttpError } from "./http-error.ts";
import type { StreamRoute } from "./routes.ts";

const DIAL_TIMEOUT_MS = 10_000;

export const portForward: StreamRoute = ({ workers, network }, { parameters, query }) => {
  const [namespace = "", name = ""] = parameters;
  const worker = workers.find(namespace, name);
  if (!worker) throw new HttpError(404, "pod does not exist");
  const ports = query
    .getAll("port")
    .flatMap((text) => text.split(","))
    .map(Number);
  if (ports.length === 0) throw new HttpError(400, 'query parameter "port" is required');
  if (ports.some((port) => !Number.isInteger(port) || port < 1 || port > 65535)) {
    throw new HttpError(400, 'query parameter "port" must be a port number');
  }
  const podIP = worker.self.record.sandbox?.ip ?? "";
  const dial = (port: number) => network.dial(podIP, port, DIAL_TIMEOUT_MS);
  return (client) => void serve(client, { ports, dial });
};

interface Forwarding {
  ports: number[];
  dial: (port: number) => Promise<Duplex>;
}

async function serve(client: WebSocket, { ports, dial }: Forwarding): Promise<void> {
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
      const text = `error forwarding port ${port} to pod: ${errorText(error)}`;
      await sendOn(client, index * 2 + 1, Buffer.from(text));
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
