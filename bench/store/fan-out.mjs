// Many watchers of the same keys, in a process of its own: counts the events that reach them. Only the
// frames' heads are read, so that the watchers cost little beside what they measure.
// Told { port, watchers }, says "ready"; told "count", answers { frames, bytes } since the last time.

import { connect } from "node:net";

let frames = 0;
let bytes = 0;

process.on("message", async (order) => {
  if (order === "count") {
    process.send({ frames, bytes });
    frames = bytes = 0;
    return;
  }
  const { port, watchers } = order;
  await Promise.all(Array.from({ length: watchers }, () => watcher(port)));
  frames = bytes = 0;
  process.send("ready");
});

/** Resolves when the store has said that it watches. */
function watcher(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let rest = Buffer.alloc(0);
    let isOpen = false;
    socket.on("connect", () => socket.write(HANDSHAKE));
    socket.on("data", (chunk) => {
      rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      if (!isOpen) {
        const end = rest.indexOf("\r\n\r\n");
        if (end < 0) return;
        isOpen = true;
        rest = rest.subarray(end + 4);
        socket.write(masked(CREATE));
      }
      for (let size; (size = frameSize(rest)) !== undefined && size <= rest.length;) {
        frames++;
        bytes += size;
        rest = rest.subarray(size);
        resolve();
      }
    });
  });
}

const HANDSHAKE = [
  "GET /v3/watch HTTP/1.1",
  "Host: localhost",
  "Upgrade: websocket",
  "Connection: Upgrade",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  "\r\n",
].join("\r\n");

const b64 = (text) => Buffer.from(text).toString("base64");
const CREATE = `{"create_request":{"key":"${b64("/bench/")}","range_end":"${b64("/bench0")}"}}`;

/** A short text frame, masked with zeros. */
const masked = (text) =>
  Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);

/** Head and body of the first frame; undefined when its head is not there yet. */
function frameSize(data) {
  if (data.length < 2) return undefined;
  const short = data[1] & 0x7f;
  if (short < 126) return 2 + short;
  if (short === 126) return data.length < 4 ? undefined : 4 + data.readUInt16BE(2);
  return data.length < 10 ? undefined : 10 + Number(data.readBigUInt64BE(2));
}
