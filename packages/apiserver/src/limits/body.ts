// Reads a request's body, no further than Kubernetes would.

import type { IncomingMessage } from "node:http";
import { requestEntityTooLarge } from "@kubonsai/api";

const MAX_BODY_BYTES = 3 * 1024 * 1024;

const EMPTY = Buffer.alloc(0);

/** @throws RequestEntityTooLarge beyond 3 MiB */
export function readBody(request: IncomingMessage): Promise<Buffer> {
  const announced = Number(request.headers["content-length"] ?? 0);
  if (announced > MAX_BODY_BYTES) return Promise.reject(tooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) {
        request.removeAllListeners("data");
        request.resume();
        reject(tooLarge());
      } else chunks.push(chunk);
    });
    request.on("end", () => {
      resolve(
        chunks.length === 1 ? chunks[0]! : chunks.length === 0 ? EMPTY : Buffer.concat(chunks),
      );
    });
    request.on("error", reject);
  });
}

const tooLarge = () =>
  requestEntityTooLarge(`Request entity too large: limit is ${MAX_BODY_BYTES}`);
