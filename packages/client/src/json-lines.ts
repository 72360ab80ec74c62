// Cuts a stream of bytes into lines, each a JSON text, however the chunks fall.

const NEWLINE = 0x0a;

export class LineCutter {
  /** Bytes of a line whose end has not come yet. */
  #rest: Buffer[] = [];

  /** The lines that `chunk` completes. A newline byte is never part of a longer UTF-8 character. */
  *cut(chunk: Buffer): Generator<string> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const line = this.#complete(chunk.subarray(start, end));
      if (line !== "") yield line;
      start = end + 1;
    }
    if (start < chunk.length) this.#rest.push(chunk.subarray(start));
  }

  #complete(last: Buffer): string {
    if (this.#rest.length === 0) return last.toString("utf8");
    const whole = Buffer.concat([...this.#rest, last]);
    this.#rest = [];
    return whole.toString("utf8");
  }
}
