// pods/proxy and services/proxy: pods listen on a network of their own, which this server is not on.

import { serviceUnavailable } from "@kubonsai/api";
import type { Call } from "../call.ts";

/**
 * Unlike Kubernetes, where the server's machine usually reaches pods, the way to them is port-forward.
 * @throws ServiceUnavailable
 */
export async function refusePodNetwork({ info }: Call): Promise<never> {
  throw serviceUnavailable(
    `error trying to reach service: dial tcp: no route to ${info.resource} ${info.name}: use port-forward`,
  );
}
