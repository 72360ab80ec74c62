// A small HTTPS server of the tests' own, for what a healthy API server does not do: breaking off,
// refusing, cutting lines in the middle of a character.

import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { Connection } from "@kubonsai/client";
import { createAuthority } from "../../../test/support/certificates.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface TestServer {
  connection: Connection;
  /** `GET /api/v1/pods?limit=500` */
  requests: string[];
  close(): Promise<void>;
}

export async function startHttps(handle: Handler): Promise<TestServer> {
  const authority = await createAuthority();
  const { cert, key } = await authority.issue("127.0.0.1");
  const requests: string[] = [];
  const server = createServer({ cert, key }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      requests.push(`${request.method} ${request.url}`);
      handle(request, response, Buffer.concat(chunks).toString("utf8"));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    connection: {
      server: `https://127.0.0.1:${port}`,
      ca: authority.ca,
      token: "secret",
      userAgent: "test/v1",
    },
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function answer(response: ServerResponse, code: number, body: unknown, headers = {}): void {
  response.writeHead(code, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
