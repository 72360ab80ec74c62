// Calls to one store over HTTP connections that are kept open.

import * as http from "node:http";
import * as https from "node:https";
import { isSecure, requestTarget } from "./address.ts";
import { storeError } from "./decode.ts";
import type { ClientTls } from "./endpoints.ts";
import { unreachable } from "./unreachable.ts";

/** Below the time after which the store closes them, so that a request never meets a closing one. */
const IDLE_CONNECTION_MS = 60_000;
const AGENT = { keepAlive: true, maxSockets: 64, timeout: IDLE_CONNECTION_MS };

export class HttpCalls {
  readonly #target: https.RequestOptions;
  readonly #request: typeof https.request;
  readonly #agent: http.Agent;

  constructor(address: string, tls: ClientTls | undefined) {
    this.#agent = isSecure(address) ? new https.Agent({ ...AGENT, ...tls }) : new http.Agent(AGENT);
    this.#request = isSecure(address) ? https.request : http.request;
    this.#target = { ...requestTarget(address), agent: this.#agent, method: "POST" };
  }

  /** The answer's text. @throws StoreError with the store's own text, Unreachable */
  call(path: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(unreachable(error));
      const length = Buffer.byteLength(body);
      const headers = { "content-type": "application/json", "content-length": length };
      const outgoing = this.#request({ ...this.#target, path, headers });
      outgoing.on("error", fail);
      outgoing.on("response", (response) => {
        collect(response, fail, (text) => {
          if (response.statusCode === 200) resolve(text);
          else reject(storeError(response.statusCode ?? 500, text));
        });
      });
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function collect(
  response: http.IncomingMessage,
  fail: (error: Error) => void,
  done: (text: string) => void,
): void {
  const chunks: Buffer[] = [];
  response.on("data", (chunk: Buffer) => chunks.push(chunk));
  response.on("error", fail);
  response.on("end", () => {
    done((chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString());
  });
}
