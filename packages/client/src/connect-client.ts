// Makes a client of the API server at a connection.

import type { KubernetesObject } from "@kubonsai/api";
import type { Clock } from "@kubonsai/clock";
import type { Client, NamedResource } from "./client.ts";
import type { Connection } from "./connection.ts";
import { encoded, HttpResourceClient } from "./resource-client.ts";
import { request } from "./rest.ts";
import { connectTransport, type Call } from "./transport.ts";

/**
 * Connects lazily: nothing is sent before the first call. Every exchange but a watch holds virtual
 * time. Close it to free its sockets; calls under way then fail with UnavailableError.
 */
export function connectClient(connection: Connection, { clock }: { clock: Clock }): Client {
  const transport = connectTransport(connection, clock);
  const rest = { transport, request: (call: Call) => request(transport, clock, call) };
  return {
    resource: <T extends KubernetesObject>(kind: NamedResource) =>
      new HttpResourceClient<T>(rest, kind),
    raw: (method, path, body) =>
      rest.request({ method, path, ...(body === undefined ? {} : { body: encoded(body) }) }),
    close: () => transport.close(),
  };
}
