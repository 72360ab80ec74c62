// Someone who is attached to a container: copies of what it writes go here.

import { Pipe } from "../process/pipe.ts";

export class Attachment {
  readonly stdout = new Pipe();
  /** Stays empty with a terminal. */
  readonly stderr = new Pipe();

  end(): void {
    this.stdout.endWriting();
    this.stderr.endWriting();
  }
}
