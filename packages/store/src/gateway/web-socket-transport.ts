// A WebSocket as a stream's carrier. What is sent goes to the connection itself, as frames that were
// made once for all who get them.

import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Message } from "../watch/message.ts";
import type { OpenStream, Transport } from "./transport.ts";

/** The message was of a kind that cannot be accepted. */
const UNACCEPTABLE = 1003;

export function carryOverWebSocket(socket: WebSocket, wire: Duplex, open: OpenStream): void {
  const transport: Transport = {
    get bufferedBytes() {
      return wire.writableLength;
    },
    send({ frame }: Message) {
      if (socket.readyState === socket.OPEN) wire.write(frame);
    },
    end: () => socket.close(),
    refuse: () => socket.close(UNACCEPTABLE),
  };
  const stream = open(transport);
  socket.on("message", (data) => stream.receive(data.toString()));
  socket.on("close", () => stream.onClose());
  // "close" follows, and says all that there is to say
  socket.on("error", () => socket.terminate());
  wire.on("drain", () => stream.onDrain());
}
