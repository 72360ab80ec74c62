// A streamed HTTP request and answer as a stream's carrier: JSON values in, a line for each message out.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { OpenStream, Transport } from "./transport.ts";

export function carryOverHttp(
  request: IncomingMessage,
  response: ServerResponse,
  open: OpenStream,
): void {
  const transport: Transport = {
    get bufferedBytes() {
      return response.writableLength;
    },
    send({ line }) {
      if (!response.writableEnded) response.write(line);
    },
    end: () => response.end(),
    refuse: () => response.end(),
  };
  response.writeHead(200, { "content-type": "application/json" });
  response.flushHeaders();
  const stream = open(transport);
  request.setEncoding("utf8");
  request.on("data", (text: string) => stream.receive(text));
  request.on("end", () => stream.onInputEnd());
  request.on("error", () => request.destroy());
  response.on("drain", () => stream.onDrain());
  response.on("close", () => stream.onClose());
}
