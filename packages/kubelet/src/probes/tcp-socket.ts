// tcpSocket: a connection that opens is a success.

import type { TCPSocketAction } from "@kubonsai/api";
import { containerPort } from "../hooks/http-request.ts";
import { errorText } from "../text/describe.ts";
import type { Attempt } from "./handlers.ts";
import { failure, success, type Outcome } from "./outcome.ts";

/** @throws Error when the port's name is not the container's */
export async function probeTcp(action: TCPSocketAction, attempt: Attempt): Promise<Outcome> {
  const port = containerPort(action.port, attempt.container);
  try {
    const connection = await attempt.node.network.dial(
      action.host || attempt.podIP,
      port,
      attempt.timeoutMs,
    );
    connection.on("error", () => undefined); // it served its purpose when it opened
    connection.destroy();
    return success;
  } catch (error) {
    return failure(errorText(error));
  }
}
