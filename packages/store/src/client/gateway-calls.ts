// Calls to the gateway over connections that are kept open.

import { Agent, request, type IncomingMessage } from "node:http";
import { holding, type Clock } from "@kubonsai/clock";
import { StoreError } from "../contract.ts";
import { requestTarget } from "./address.ts";
import { storeError } from "./decode.ts";

const MOST_CONNECTIONS = 64;
/** Below the time after which the store closes them, so that a request never meets a closing one. */
const IDLE_CONNECTION_MS = 60_000;

export class GatewayCalls {
  readonly #agent = new Agent({
    keepAlive: true,
    maxSockets: MOST_CONNECTIONS,
    timeout: IDLE_CONNECTION_MS,
  });
  readonly #address: string;
  readonly #clock: Clock;

  constructor(address: string, clock: Clock) {
    this.#address = address;
    this.#clock = clock;
  }

  /** @throws StoreError with the store's own text, or `unavailable` when it cannot be reached */
  call<T>(path: string, body: string): Promise<T> {
    return holding(this.#clock, async () => JSON.parse(await this.#post(path, body)) as T);
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(path: string, body: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(unavailable(error));
      const outgoing = request({
        ...requestTarget(this.#address),
        agent: this.#agent,
        method: "POST",
        path,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
      });
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
}

function collect(
  response: IncomingMessage,
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

const unavailable = (error: Error): StoreError =>
  new StoreError("unavailable", `the store cannot be reached: ${error.message}`);
