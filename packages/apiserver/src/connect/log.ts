// `kubectl logs`: the kubelet's stream, passed on as it comes.

import {
  badRequest,
  forbidden,
  internalError,
  invalid,
  invalidError,
  StatusError,
} from "@kubonsai/api";
import type { FieldError } from "@kubonsai/api";
import type { IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import { standingHeaders } from "../answer/send.ts";
import type { Call } from "../call.ts";
import { integerOf } from "../request/list-options.ts";
import { booleanOf } from "../request/request-info.ts";
import { kubeletAddress } from "./kubelet-address.ts";
import { containerOf, podOf } from "./pod-container.ts";

export async function connectLog(call: Call): Promise<void> {
  const { rooms, info, query } = call;
  const parameters = logParameters(call);
  const pod = await podOf(call);
  const container = containerOf(pod, query.get("container") ?? "");
  const node = pod.spec?.nodeName ?? "";
  // a pod that no node has yet has said nothing
  if (node === "") {
    call.response.writeHead(204, standingHeaders(call)).end();
    return;
  }
  const address = await kubeletAddress(rooms.registry, node);
  const answer = await rooms.kubelets.send(address, {
    method: "GET",
    path: `/containerLogs/${info.namespace}/${info.name}/${container}?${parameters}`,
    headers: {},
    signal: call.signal,
  });
  if (answer.statusCode !== 200) throw refusalOf(call, answer.statusCode!, await textOf(answer));
  await passOn(call, answer);
}

async function passOn(call: Call, answer: IncomingMessage): Promise<void> {
  const { response, rooms } = call;
  response.writeHead(200, { ...standingHeaders(call), "Content-Type": "text/plain" });
  response.flushHeaders();
  // the pipeline adds its own to those of the chain
  response.setMaxListeners(0);
  const stop = () => answer.destroy();
  rooms.stopping.addEventListener("abort", stop, { once: true });
  try {
    await pipeline(answer, response);
  } catch (err) {
    // the reader went away, or the kubelet did: either way the stream is over
    rooms.log.debug({ err }, "log stream broke off");
    response.destroy();
  } finally {
    rooms.stopping.removeEventListener("abort", stop);
  }
}

/** @throws Invalid */
function logParameters({ query, info }: Call): URLSearchParams {
  const parameters = new URLSearchParams();
  for (const name of ["follow", "previous", "timestamps"]) {
    if (booleanOf(query.get(name))) parameters.set(name, "true");
  }
  const errors: FieldError[] = [];
  for (const [name, least] of [
    ["sinceSeconds", 1],
    ["tailLines", 0],
    ["limitBytes", 1],
  ] as const) {
    const value = integerOf(query, name);
    if (value === undefined) continue;
    if (value < least) errors.push(invalid(name, value, tooSmall(least)));
    parameters.set(name, String(value));
  }
  const sinceTime = query.get("sinceTime");
  if (sinceTime) {
    if (Number.isNaN(Date.parse(sinceTime))) throw badRequest(`invalid sinceTime: ${sinceTime}`);
    if (query.has("sinceSeconds")) {
      const detail = "at most one of `sinceTime` or `sinceSeconds` may be specified";
      errors.push(forbidden("", detail));
    }
    parameters.set("sinceTime", sinceTime);
  }
  if (errors.length > 0) {
    throw invalidError({ group: "", kind: "PodLogOptions" }, info.name, errors);
  }
  return parameters;
}

const tooSmall = (least: number) =>
  least === 0 ? "must be greater than or equal to 0" : "must be greater than 0";

function refusalOf({ info }: Call, code: number, text: string): StatusError {
  if (code === 500) return internalError(text);
  if (code === 400) return badRequest(text);
  if (code === 404) {
    const message = `the server could not find the requested resource ( pods/log ${info.name})`;
    return new StatusError(404, "NotFound", message, { name: info.name, kind: "pods/log" });
  }
  return new StatusError(code, "", text, { name: info.name, kind: "pods/log" });
}

const MOST_TEXT_BYTES = 50_000;

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_TEXT_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_TEXT_BYTES).toString();
}
