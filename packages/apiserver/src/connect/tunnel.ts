// exec, attach and port-forward: the client's connection is joined to the kubelet's, byte for byte.
// Which protocol runs inside is a matter between those two.

import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { Duplex } from "node:stream";
import { badRequest } from "@kubonsai/api";
import { send } from "../answer/send.ts";
import type { Call } from "../call.ts";
import type { KubeletAddress } from "./kubelet-address.ts";
import type { Upgraded } from "./kubelet-connector.ts";

/** Headers that belong to the upgrade and go on to the kubelet as they are. */
const PASSED_ON = /^(connection|upgrade|sec-websocket-.*|x-stream-protocol-version)$/;

/** @param path of the kubelet, with query */
export async function tunnel(call: Call, address: KubeletAddress, path: string): Promise<void> {
  const { request, rooms } = call;
  if (call.upgradeHead === undefined) throw badRequest("Upgrade request required");
  const opened = await rooms.kubelets.upgrade(address, {
    method: request.method ?? "GET",
    path,
    headers: passedOn(request),
  });
  if ("answer" in opened) join(call, opened);
  else await passRefusalOn(call, opened);
}

/** Every line as it came: SPDY clients repeat X-Stream-Protocol-Version. */
function passedOn({ headersDistinct }: IncomingMessage): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, values] of Object.entries(headersDistinct)) {
    if (!PASSED_ON.test(name) || values === undefined) continue;
    headers[name] = values.length === 1 ? values[0]! : values;
  }
  return headers;
}

function join(call: Call, { answer, socket: kubelet, head }: Upgraded): void {
  const client = detached(call);
  client.write(headOf(answer));
  client.write(head);
  kubelet.write(call.upgradeHead!);
  client.pipe(kubelet);
  kubelet.pipe(client);
  for (const [one, other] of [
    [client, kubelet],
    [kubelet, client],
  ] as const) {
    one.on("error", (err) => call.rooms.log.debug({ err }, "tunnel broke"));
    one.once("close", () => other.destroy());
  }
}

/** From here on the bare socket speaks. */
function detached({ response, request }: Call): Duplex {
  const { socket } = request;
  response.detachSocket(socket);
  socket.setNoDelay(true);
  return socket;
}

function headOf({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string {
  const lines = [`HTTP/1.1 ${statusCode} ${statusMessage}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  }
  return `${lines.join("\r\n")}\r\n\r\n`;
}

async function passRefusalOn(call: Call, answer: IncomingMessage): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  await send(call, {
    code: answer.statusCode ?? 500,
    type: answer.headers["content-type"] ?? "text/plain; charset=utf-8",
    body: Buffer.concat(chunks),
  });
}
