// grpc: the standard health service answers SERVING.
// @see kubernetes pkg/probe/grpc/grpc.go

import type { GRPCAction } from "@kubonsai/api";
import http2 from "node:http2";
import type { Duplex } from "node:stream";
import { errorText, quoted } from "../text/describe.ts";
import { goDuration } from "../text/go-duration.ts";
import type { Attempt } from "./handlers.ts";
import { failure, success, type Outcome } from "./outcome.ts";

const STATUSES = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"];
const UNIMPLEMENTED = 12;

export async function probeGrpc(action: GRPCAction, attempt: Attempt): Promise<Outcome> {
  const { node, podIP, timeoutMs } = attempt;
  const address = `${podIP}:${action.port}`;
  const within = `within ${goDuration(timeoutMs)}`;
  let connection: Duplex;
  try {
    connection = await node.network.dial(podIP, action.port, timeoutMs);
  } catch (error) {
    const why = errorText(error);
    return failure(`timeout: failed to connect service ${quoted(address)} ${within}: ${why}`);
  }
  const timeout = new AbortController();
  const timer = node.clock.after(timeoutMs, () => timeout.abort());
  try {
    const { code, health } = await check(connection, action.service ?? "", timeout.signal);
    if (timeout.signal.aborted) {
      return failure(`timeout: health rpc did not complete ${within}`);
    }
    return verdict(code, health);
  } finally {
    timer.cancel();
    connection.destroy();
  }
}

interface Answer {
  /** grpc-status; 0 is OK. */
  code: number;
  health: number;
}

function verdict(code: number, health: number): Outcome {
  if (code === UNIMPLEMENTED) {
    const missing = "this server does not implement the grpc health protocol";
    return failure(`error: ${missing} (grpc.health.v1.Health)`);
  }
  if (code !== 0) return failure(`error: health rpc probe failed: code ${code}`);
  if (health === 1) return success;
  const name = STATUSES[health] ?? String(health);
  return failure(`service unhealthy (responded with ${quoted(name)})`);
}

/** One unary call; resolves with a failure code when the connection breaks or time is up. */
function check(connection: Duplex, service: string, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const session = http2.connect("http://health", { createConnection: () => connection });
    const broken = () => finish({ code: 14, health: 0 });
    const finish = (answer: Answer) => {
      signal.removeEventListener("abort", broken);
      session.destroy();
      resolve(answer);
    };
    signal.addEventListener("abort", broken);
    session.on("error", broken);
    const stream = session.request({
      ":method": "POST",
      ":path": "/grpc.health.v1.Health/Check",
      "content-type": "application/grpc",
      te: "trailers",
      "user-agent": "kube-probe/1.36",
    });
    const chunks: Buffer[] = [];
    let code = 0;
    stream.on("response", (headers) => (code = Number(headers["grpc-status"] ?? 0)));
    stream.on("trailers", (trailers) => (code = Number(trailers["grpc-status"] ?? code)));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", broken);
    stream.on("end", () => finish({ code, health: healthIn(Buffer.concat(chunks)) }));
    stream.end(requestFrame(service));
  });
}

/** A 5 byte prefix (flag, length) and HealthCheckRequest { service = 1 }. */
function requestFrame(service: string): Buffer {
  const name = Buffer.from(service).subarray(0, 127);
  const body = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, name.length]), name]);
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(body.length, 1);
  return Buffer.concat([prefix, body]);
}

/** HealthCheckResponse { status = 1 }: `08 01` after the prefix is SERVING. */
const healthIn = (frame: Buffer) => (frame[5] === 0x08 ? (frame[6] ?? 0) : 0);
