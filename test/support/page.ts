// A page as curl gets it from a node port: a connection of its own each time.

import { get } from "node:http";
import { createServer, type AddressInfo } from "node:net";
import { holding, type Clock } from "@kubonsai/clock";

export interface Page {
  status: number;
  body: string;
}

/** Virtual time stands still meanwhile. */
export const page = (clock: Clock, url: string): Promise<Page> =>
  holding(
    clock,
    () =>
      new Promise((resolve, reject) => {
        const request = get(url, { agent: false }, (response) => {
          let body = "";
          response.setEncoding("utf8").on("data", (text: string) => (body += text));
          response.on("error", reject);
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
        });
        request.on("error", reject);
      }),
  );

/** A port of the machine that nobody listens on, in the range of node ports that test clusters have. */
export async function freeNodePort(): Promise<number> {
  for (;;) {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    if (port >= 30_000 && port <= 60_000) return port;
  }
}
