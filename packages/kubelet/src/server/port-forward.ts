// /portForward: connections into a pod. Every client of today speaks SPDY, by itself or inside a
// WebSocket; WebSocket channels alone are for clients in other languages.

import { createWebSocketStream, type WebSocket } from "ws";
import { HttpError } from "./http-error.ts";
import { forwardByChannels } from "./port-forward-channels.ts";
import { forwardBySpdy } from "./port-forward-spdy.ts";
import type { StreamRoute } from "./routes.ts";

const PROTOCOL = "portforward.k8s.io";
const TUNNELLED = `SPDY/3.1+${PROTOCOL}`;
const CHANNELS = ["v4.channel.k8s.io"];

export const portForward: StreamRoute = ({ workers, clock }, { parameters, query }) => {
  const [namespace = "", name = ""] = parameters;
  const worker = workers.find(namespace, name);
  if (!worker) throw new HttpError(404, "pod does not exist");
  const ports = portsOf(query);
  const { record, node } = worker.self;
  const sandboxId = record.sandbox?.id ?? "";
  const dial = async (port: number) => {
    try {
      return await node.runtime.portForward(sandboxId, port);
    } catch (error) {
      throw new Error(`error forwarding port ${port} to pod ${sandboxId}, uid : ${textOf(error)}`);
    }
  };
  return {
    webSocket: {
      protocols: [TUNNELLED, ...CHANNELS],
      serve(client, protocol) {
        if (protocol === TUNNELLED) forwardBySpdy(tunnelIn(client), { dial, clock });
        else void forwardByChannels(client, { ports, dial });
      },
    },
    spdy: {
      protocols: [PROTOCOL],
      serve: (connection) => forwardBySpdy(connection, { dial, clock }),
    },
  };
};

const tunnelIn = (client: WebSocket) => createWebSocketStream(client, { allowHalfOpen: false });

/** Needed by channels alone: SPDY names the port on each stream. @throws HttpError */
function portsOf(query: URLSearchParams): number[] {
  const ports = query
    .getAll("port")
    .flatMap((text) => text.split(","))
    .map(Number);
  if (ports.every((port) => Number.isInteger(port) && port > 0 && port < 65536)) return ports;
  throw new HttpError(400, 'query parameter "port" must be a port number');
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
