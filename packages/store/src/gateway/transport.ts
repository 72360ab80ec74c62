// What carries a stream: a WebSocket, or an HTTP answer that goes on.

import type { Message } from "../watch/message.ts";

export interface Transport {
  /** What was sent and has not left yet. */
  readonly bufferedBytes: number;
  send(message: Message): void;
  /** No more will be sent. */
  end(): void;
  /** The other side's words are not wanted: they are none that anybody could read. */
  refuse(): void;
}

/** What a transport carries. */
export interface Stream {
  receive(text: string): void;
  /** The other side has nothing more to say, and listens still. */
  onInputEnd(): void;
  /** Room to send again. */
  onDrain(): void;
  onClose(): void;
}

export type OpenStream = (transport: Transport) => Stream;
