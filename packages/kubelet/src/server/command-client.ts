// The far end of an exec or attach, whichever protocol carries its streams.

export interface CommandClient {
  /** Resolves when it can take more, or is gone. */
  send(stream: "stdout" | "stderr", bytes: Uint8Array): Promise<void>;
  /** How the command ended: the last that is said. */
  finish(status: object): Promise<void>;
  /** To be called once. */
  listen(events: CommandEvents): void;
}

export interface CommandEvents {
  /** The next bytes come after the promise. */
  input(bytes: Uint8Array): Promise<void>;
  inputEnded(): void;
  /** `{"Width":80,"Height":24}` in JSON, where the client is well-behaved */
  resized(bytes: Uint8Array): void;
  gone(): void;
}
