// The kubelet's addresses of exec, attach and port-forward, and what they are told.
// @see kubernetes pkg/registry/core/pod/strategy.go streamLocation

import type { Call } from "../call.ts";
import { integerOf } from "../request/list-options.ts";
import { booleanOf } from "../request/request-info.ts";
import { kubeletAddress } from "./kubelet-address.ts";
import { containerOf, nodeOf, podOf } from "./pod-container.ts";
import { tunnel } from "./tunnel.ts";

/** The API's name of a stream → the kubelet's. */
const STREAMS = [
  ["stdin", "input"],
  ["stdout", "output"],
  ["stderr", "error"],
  ["tty", "tty"],
] as const;

export async function connectStreams(call: Call, action: "exec" | "attach"): Promise<void> {
  const { info, query, rooms } = call;
  const pod = await podOf(call);
  const container = containerOf(pod, query.get("container") ?? "");
  const address = await kubeletAddress(rooms.registry, nodeOf(pod));
  const parameters = new URLSearchParams();
  for (const [name, own] of STREAMS) {
    if (booleanOf(query.get(name))) parameters.set(own, "1");
  }
  if (action === "exec") {
    for (const word of query.getAll("command")) parameters.append("command", word);
  }
  const path = `/${action}/${info.namespace}/${info.name}/${container}?${parameters}`;
  await tunnel(call, address, path);
}

export async function connectPortForward(call: Call): Promise<void> {
  const { info, query, rooms } = call;
  const pod = await podOf(call);
  const address = await kubeletAddress(rooms.registry, nodeOf(pod));
  const ports = query.getAll("ports").flatMap((one) => one.split(","));
  // each is read, so that nonsense is refused here
  for (const port of ports) integerOf(new URLSearchParams({ port }), "port");
  const parameters = ports.length > 0 ? `?port=${ports.join(",")}` : "";
  await tunnel(call, address, `/portForward/${info.namespace}/${info.name}${parameters}`);
}
