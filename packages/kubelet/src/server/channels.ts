// Several streams in one WebSocket: the first byte of each message is its channel.
// @see kubernetes apimachinery/pkg/util/remotecommand/constants.go

import type { RawData, WebSocket } from "ws";

export const STDIN = 0;
export const STDOUT = 1;
export const STDERR = 2;
export const ERROR = 3;
export const RESIZE = 4;
/** v5: the next byte names a channel that its sender closed. */
export const CLOSE = 255;

/** A reader that lags this far behind is waited for. */
const MOST_BUFFERED_BYTES = 1 << 20;

/** Resolves when the client took the message, or is gone. */
export function sendOn(client: WebSocket, channel: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (client.readyState !== client.OPEN) return resolve();
    const message = Buffer.concat([Buffer.from([channel]), bytes]);
    const isBehind = client.bufferedAmount > MOST_BUFFERED_BYTES;
    client.send(message, { binary: true }, () => isBehind && resolve());
    if (!isBehind) resolve();
  });
}

/** Calls `receive` for each message; empty ones (a client's way to open a channel) are left out. */
export function onMessages(
  client: WebSocket,
  receive: (channel: number, bytes: Buffer) => void,
): void {
  client.on("message", (data: RawData) => {
    const message = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer);
    if (message.length > 1) receive(message[0]!, message.subarray(1));
  });
}
