// The one port that a person types: found free, or refused with a reason, before anything starts.

import net from "node:net";
import { systemCode, UserError } from "./user-error.ts";

/** @returns `port`, or a free one for 0. @throws UserError when it cannot be listened on */
export async function claimPort(host: string, port: number): Promise<number> {
  const server = net.createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
    return (server.address() as net.AddressInfo).port;
  } catch (error) {
    throw portError(port, error);
  } finally {
    server.close();
  }
}

function portError(port: number, error: unknown): unknown {
  switch (systemCode(error)) {
    case "EADDRINUSE":
      return new UserError(
        `port ${port} is taken by another program: choose another with --port, or --port 0`,
      );
    case "EACCES":
      return new UserError(`no permission to listen on port ${port}: choose one above 1023`);
    default:
      return error;
  }
}
