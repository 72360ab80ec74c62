// A load over HTTP, in a process of its own: so many clients, each with one request under way, over
// plain sockets with requests put together by hand, so that it costs little beside what it measures.
// Told by message { port, clients, kind, seconds, valueBytes }, answers { perSecond, p50, p99, failures }.

import { connect } from "node:net";

const b64 = (text) => Buffer.from(text).toString("base64");

process.on("message", async (order) => process.send(await run(order)));

async function run({ port, clients, kind, seconds, valueBytes }) {
  const value = Buffer.alloc(valueBytes, "v").toString("base64");
  const state = { latencies: [], end: performance.now() + seconds * 1000, failures: 0 };
  const began = performance.now();
  await Promise.all(
    Array.from({ length: clients }, (_, n) => client({ port, kind, value, n, state })),
  );
  const tookMs = performance.now() - began;
  const { latencies, failures } = state;
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor(latencies.length * share)];
  return { perSecond: (latencies.length / tookMs) * 1000, p50: at(0.5), p99: at(0.99), failures };
}

/** One connection, one request under way at a time. */
function client({ port, kind, value, n, state }) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    let sentAt = 0;
    let count = 0;
    const send = () => {
      sentAt = performance.now();
      if (sentAt > state.end) return socket.end();
      socket.write(KINDS[kind](`/bench/${n}/${count++ % 200}`, value));
    };
    const answers = new Answers((isGood) => {
      state.latencies.push(performance.now() - sentAt);
      if (!isGood) state.failures++;
      send();
    });
    socket.on("connect", send);
    socket.on("data", (chunk) => answers.read(chunk));
    socket.on("error", reject);
    socket.on("close", resolve);
  });
}

const KINDS = {
  put: (key, value) => post("/v3/kv/put", `{"key":"${b64(key)}","value":"${value}"}`),
  txn: (key, value) => {
    const compare = `{"key":"${b64(key)}","target":"VERSION","result":"GREATER","version":"-1"}`;
    const put = `{"request_put":{"key":"${b64(key)}","value":"${value}"}}`;
    return post("/v3/kv/txn", `{"compare":[${compare}],"success":[${put}]}`);
  },
};

function post(path, body) {
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n`;
  return `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** Finds where answers end; they all have a length. */
class Answers {
  #text = "";
  #onAnswer;

  constructor(onAnswer) {
    this.#onAnswer = onAnswer;
  }

  read(chunk) {
    this.#text += chunk.toString("latin1");
    const head = this.#text.indexOf("\r\n\r\n");
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.#text)[1]);
    if (this.#text.length < head + 4 + length) return;
    const isGood = this.#text.startsWith("HTTP/1.1 200");
    this.#text = "";
    this.#onAnswer(isGood);
  }
}
