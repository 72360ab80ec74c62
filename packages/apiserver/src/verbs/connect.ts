// Subresources that reach into a node: a stream instead of an object.

import { badRequest } from "@kubonsai/api";
import type { Call } from "../call.ts";
import { connectLog } from "../connect/log.ts";
import { connectNodeProxy } from "../connect/node-proxy.ts";
import { refusePodNetwork } from "../connect/pod-network.ts";
import { connectPortForward, connectStreams } from "../connect/stream.ts";

/** `<resource>/<subresource>` → what answers it. */
const connectors: ReadonlyMap<string, (call: Call) => Promise<void>> = new Map([
  ["pods/log", connectLog],
  ["pods/exec", (call: Call) => connectStreams(call, "exec")],
  ["pods/attach", (call: Call) => connectStreams(call, "attach")],
  ["pods/portforward", connectPortForward],
  ["nodes/proxy", connectNodeProxy],
  ["pods/proxy", refusePodNetwork],
  ["services/proxy", refusePodNetwork],
]);

/** Undefined when the subresource is none of these. */
export function connectorOf({ info }: Call): ((call: Call) => Promise<void>) | undefined {
  return connectors.get(`${info.resource}/${info.subresource}`);
}

export function connect(call: Call, connector: (call: Call) => Promise<void>): Promise<void> {
  if (call.query.has("dryRun")) throw badRequest("dryRun is not supported");
  return connector(call);
}
