// Single requests to a cluster's API server, with whatever headers a test needs.

import { Agent, request } from "node:https";
import { loadKubeconfig } from "@kubonsai/client";

export interface Answer {
  readonly code: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly bytes: Buffer;
  /** The body as JSON; asking for it when it is none fails the test. */
  readonly json: any;
}

export interface Question {
  /** Objects are sent as JSON, bytes as they are. */
  readonly body?: unknown;
  readonly headers?: { readonly [name: string]: string };
}

export interface Asker {
  (method: string, path: string, question?: Question): Promise<Answer>;
  close(): void;
}

export function askServer(kubeconfig: string): Asker {
  const { server, ca, certificate, key } = loadKubeconfig(kubeconfig, { userAgent: "conformance" });
  const agent = new Agent({ ca, cert: certificate, key, keepAlive: true });
  const ask = (method: string, path: string, { body, headers = {} }: Question = {}) => {
    const sent = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const json = { "Content-Type": "application/json", "User-Agent": "conformance/v1" };
    return new Promise<Answer>((resolve, reject) => {
      const call = request(`${server}${path}`, { method, agent, headers: { ...json, ...headers } });
      call.on("error", reject);
      call.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => resolve(answerOf(response, Buffer.concat(parts))));
      });
      call.end(sent);
    });
  };
  return Object.assign(ask, { close: () => agent.destroy() });
}

const answerOf = (
  { statusCode = 0, headers }: { statusCode?: number; headers: Answer["headers"] },
  bytes: Buffer,
): Answer => ({
  code: statusCode,
  headers,
  bytes,
  get json() {
    return JSON.parse(bytes.toString());
  },
});
