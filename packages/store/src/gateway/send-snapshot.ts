// A snapshot of everything as a stream of JSON lines, `{"result":{"blob":"…"}}`.

import type { ServerResponse } from "node:http";
import type { GatewayParts } from "./parts.ts";

export async function sendSnapshot(
  response: ServerResponse,
  { store, onFailure }: GatewayParts,
): Promise<void> {
  response.writeHead(200, { "content-type": "application/json" });
  try {
    for await (const blob of store.snapshot()) {
      const line = `{"result":{"blob":"${blob.toString("base64")}"}}\n`;
      if (!response.write(line)) await roomIn(response);
      if (response.destroyed) return;
    }
    response.end();
  } catch (error) {
    // a snapshot that breaks off has no checksum, and is not taken for a whole one
    response.destroy();
    if (!store.isClosed) onFailure(error);
  }
}

function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go);
      response.off("close", go);
      resolve();
    };
    response.on("drain", go);
    response.on("close", go);
  });
}
