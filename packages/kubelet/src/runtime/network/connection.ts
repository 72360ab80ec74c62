// A TCP connection between two simulated parties: two pipes and two addresses.

import { ErrnoError } from "../file-system/errno.ts";
import { OpenFile, type Read } from "../process/open-file.ts";
import { Pipe, readFromPipe, writeToPipe } from "../process/pipe.ts";
import type { Process } from "../process/process.ts";

export interface Address {
  ip: string;
  port: number;
}

/** One side of a connection. */
export interface Connection {
  readonly incoming: Pipe;
  readonly outgoing: Pipe;
  readonly local: Address;
  readonly remote: Address;
}

/** @returns the client's and the server's side */
export function connectionPair(client: Address, server: Address): [Connection, Connection] {
  const up = new Pipe();
  const down = new Pipe();
  return [
    { incoming: down, outgoing: up, local: client, remote: server },
    { incoming: up, outgoing: down, local: server, remote: client },
  ];
}

/** A connection as a program holds it. */
export class SocketFile extends OpenFile {
  readonly connection: Connection;

  constructor(connection: Connection) {
    super();
    this.connection = connection;
  }

  override read(process: Process, limit: number): Read | Promise<Read> {
    return readFromPipe(this.connection.incoming, process, limit);
  }

  override write(process: Process, bytes: Uint8Array): void | Promise<void> {
    if (this.connection.outgoing.isBroken) throw new ErrnoError("ECONNRESET");
    return writeToPipe(this.connection.outgoing, process, bytes);
  }

  /** Half-close: the other side reads its end. */
  endWriting(): void {
    this.connection.outgoing.endWriting();
  }

  protected override onClose(): void {
    this.connection.outgoing.endWriting();
    this.connection.incoming.endReading();
  }
}
