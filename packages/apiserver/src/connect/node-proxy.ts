// `/api/v1/nodes/<node>/proxy/<path>`: any request to a kubelet, passed on as it is.

import type { OutgoingHttpHeaders } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Call } from "../call.ts";
import { kubeletAddress } from "./kubelet-address.ts";
import { tunnel } from "./tunnel.ts";

/** What concerns this connection alone, and what proves who the client is. */
const LEFT_OUT =
  /^(connection|host|keep-alive|transfer-encoding|upgrade|authorization|impersonate-.*)$/;

export async function connectNodeProxy(call: Call): Promise<void> {
  const { request, response, info, rooms } = call;
  const [name = "", port] = info.name.split(":");
  const found = await kubeletAddress(rooms.registry, name);
  const address = port ? { ...found, port: Number(port) } : found;
  const query = call.query.toString();
  const path = `${info.rest || "/"}${query === "" ? "" : `?${query}`}`;
  if (call.upgradeHead !== undefined) return tunnel(call, address, path);
  const answer = await rooms.kubelets.send(address, {
    method: request.method ?? "GET",
    path,
    headers: without(request.headers),
    body: request,
    signal: call.signal,
  });
  response.writeHead(answer.statusCode ?? 502, {
    ...without(answer.headers),
    "Audit-Id": call.auditId,
  });
  // the pipeline adds its own to those of the chain
  response.setMaxListeners(0);
  await pipeline(answer, response).catch((err: unknown) => {
    // the head is sent already, so that breaking off is all that is left to say
    rooms.log.debug({ err }, "proxied answer broke off");
    response.destroy();
  });
}

function without(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !LEFT_OUT.test(name)));
}
