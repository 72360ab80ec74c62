// SPDY/3.1: what is read from a client's bytes, however they are cut, and what a session answers.

import { duplexPair } from "../src/runtime/network/duplex.ts";
import { text } from "node:stream/consumers";
import { createDeflate, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { DICTIONARY } from "../src/server/spdy/dictionary.ts";
import {
  controlFrame,
  dataHead,
  FrameReader,
  numbers,
  type Frame,
} from "../src/server/spdy/frames.ts";
import { HeaderReader, writeHeaders } from "../src/server/spdy/headers.ts";
import { SpdySession } from "../src/server/spdy/session.ts";
import type { SpdyStream } from "../src/server/spdy/stream.ts";

/** A client's side: one compressor for all blocks, as Go writes them. */
class Client {
  readonly #deflate = createDeflate({ dictionary: DICTIONARY });

  block(headers: { [name: string]: string }): Promise<Buffer> {
    const field = (value: string) => Buffer.concat([numbers(value.length), Buffer.from(value)]);
    const entries = Object.entries(headers);
    return this.compress(Buffer.concat([numbers(entries.length), ...entries.flat().map(field)]));
  }

  async compress(bytes: Buffer): Promise<Buffer> {
    this.#deflate.write(bytes);
    await new Promise<void>((resolve) => this.#deflate.flush(() => resolve()));
    return this.#deflate.read() as Buffer;
  }

  async open(id: number, headers: { [name: string]: string }): Promise<Buffer> {
    const block = await this.block(headers);
    return controlFrame(1, Buffer.concat([numbers(id, 0), Buffer.alloc(2), block]));
  }

  data(id: number, content: string, isLast = false): Buffer {
    return Buffer.concat([dataHead(id, content.length, isLast), Buffer.from(content)]);
  }
}

describe("frames", () => {
  const bytes = Buffer.concat([
    controlFrame(6, numbers(1)),
    dataHead(3, 5, false),
    Buffer.from("hello"),
    dataHead(3, 0, true),
  ]);

  it.each([1, 3, 8, 100])("come whole out of pieces of %i bytes", (size) => {
    const reader = new FrameReader();
    const frames: Frame[] = [];
    for (let at = 0; at < bytes.length; at += size) {
      frames.push(...reader.push(bytes.subarray(at, at + size)));
    }
    expect(frames[0]).toEqual({ type: 6, isLast: false, body: numbers(1) });
    const data = frames.slice(1).flatMap((frame) => (frame.type === "data" ? [frame] : []));
    expect(Buffer.concat(data.map((frame) => frame.bytes)).toString()).toBe("hello");
    expect(data.map(({ isLast }) => isLast).indexOf(true)).toBe(data.length - 1);
  });

  it("of another protocol, or beyond all bounds, are refused", () => {
    const push = (...values: number[]) => [...new FrameReader().push(numbers(...values))];
    expect(() => push(0x80020001, 0)).toThrow("not a SPDY/3 frame");
    expect(() => push(0x80030001, 0xffffff)).toThrow("too long");
  });
});

describe("headers", () => {
  it("are read block by block, in lower case", async () => {
    const client = new Client();
    const reader = new HeaderReader();
    for (const port of ["80", "8080", "80"]) {
      const headers = await reader.read(await client.block({ Streamtype: "data", Port: port }));
      expect([...headers]).toEqual([
        ["streamtype", "data"],
        ["port", port],
      ]);
    }
    reader.close();
  });

  it("are written so that zlib reads them", () => {
    const block = writeHeaders(new Map([["status", "200"]]), true);
    // a stream that goes on is cut off here, which is no error with this flush
    expect(inflateSync(block, { finishFlush: 2 }).subarray(4).toString("latin1")).toBe(
      "\0\0\0\x06status\0\0\0\x03200",
    );
  });

  it.each([
    ["that cannot be inflated", async () => Buffer.from("no zlib at all")],
    ["that inflate without end", async () => new Client().block({ a: "a".repeat(1 << 20) })],
    ["that end too early", async () => new Client().compress(numbers(2, 4))],
  ])("%s are refused", async (_name, block) => {
    await expect(new HeaderReader().read(await block())).rejects.toThrow();
  });
});

describe("a session", () => {
  function session(onStream: (stream: SpdyStream) => void) {
    const [near, far] = duplexPair();
    const answers: Buffer[] = [];
    near.on("data", (chunk: Buffer) => answers.push(chunk));
    near.on("error", () => undefined);
    const opened = new SpdySession(far, onStream);
    const frames = () => [...new FrameReader().push(Buffer.concat(answers))];
    return { near, opened, frames };
  }

  it("carries several streams, each with its own end", async () => {
    const echoed: Promise<string>[] = [];
    const { near, frames } = session((stream) => {
      echoed.push(text(stream));
      stream.write(`to ${stream.headers.get("port")}`);
    });
    const client = new Client();
    near.write(await client.open(1, { port: "80" }));
    near.write(await client.open(3, { port: "81" }));
    near.write(client.data(1, "one "));
    near.write(client.data(3, "two", true));
    near.write(client.data(1, "more", true));
    await turn();
    expect(await Promise.all(echoed)).toEqual(["one more", "two"]);
    const data = frames().flatMap((frame) => (frame.type === "data" ? [frame] : []));
    expect(data.map(({ streamId, bytes }) => [streamId, bytes.toString()])).toEqual([
      [1, "to 80"],
      [3, "to 81"],
    ]);
    near.destroy();
  });

  it("answers pings, and resets what it does not want", async () => {
    const { near, frames } = session((stream) => {
      if (stream.id === 1) throw new Error("not this one");
    });
    const client = new Client();
    near.write(controlFrame(6, numbers(7)));
    near.write(await client.open(1, {}));
    near.write(await client.open(3, {}));
    near.write(await client.open(3, {}));
    near.write(await client.open(4, {}));
    await turn();
    const control = frames().flatMap((frame) => (frame.type === "data" ? [] : [frame]));
    const told = control.map(({ type, body }) => `${type} ${body.readUInt32BE(0)}`);
    // a ping's answer; replies to 1 and 3; resets of 1 (cancelled), 3 and 4 (protocol errors)
    expect(told).toEqual(["6 7", "2 1", "3 1", "2 3", "3 3", "3 4"]);
    near.destroy();
  });

  it("waits for a slow reader, and not without end", async () => {
    let slow: SpdyStream | undefined;
    const { near } = session((stream) => (slow = stream));
    const client = new Client();
    near.write(await client.open(1, {}));
    await turn();
    const chunk = "x".repeat(64 * 1024);
    let taken = 0;
    for (let count = 0; count < 40; count++) near.write(client.data(1, chunk), () => taken++);
    await turn();
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(10);
    near.end(client.data(1, "", true));
    expect((await text(slow!)).length).toBe(40 * chunk.length);
  });

  it.each([
    ["garbage", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
    ["a short frame", controlFrame(1, Buffer.alloc(2))],
    ["headers that are none", controlFrame(1, Buffer.alloc(40, 1))],
  ])("ends with %s", async (_name, bytes) => {
    const { near, opened } = session(() => undefined);
    const closed = new Promise<void>((resolve) => opened.once("close", resolve));
    // garbage may look like the start of a long data frame: the client then hangs up
    near.end(bytes);
    await closed;
  });
});

/** Long enough for zlib's thread and the streams to have done their part. */
async function turn(): Promise<void> {
  for (let count = 0; count < 50; count++) await new Promise((resolve) => setImmediate(resolve));
}
