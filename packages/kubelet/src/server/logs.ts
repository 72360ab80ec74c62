// /containerLogs: what a container wrote, as plain text.
// @see kubernetes pkg/kubelet/kubelet_pods.go validateContainerLogStatus

import type { ContainerStatus, Pod, PodStatus } from "@kubonsai/api";
import type { ServerResponse } from "node:http";
import type { LogLine, LogOptions } from "../runtime/runtime.ts";
import { quoted } from "../text/describe.ts";
import { nanoTimestamp } from "../text/timestamp.ts";
import { HttpError } from "./http-error.ts";
import type { HttpRoute } from "./routes.ts";

export const containerLogs: HttpRoute = async (context, { parameters, query, response }) => {
  const [namespace = "", name = "", container = ""] = parameters;
  const worker = context.workers.find(namespace, name);
  if (!worker) throw new HttpError(404, `pod ${quoted(name)} does not exist`);
  const { self } = worker;
  if (!hasContainer(self.newest, container)) {
    throw new HttpError(404, `container ${quoted(container)} not found in pod ${quoted(name)}`);
  }
  const wanted = optionsOf(query, context.clock.now());
  const status = self.status() ?? self.newest.status ?? {};
  const id = containerWithLogs(status, { pod: name, container, previous: wanted.previous });
  const { runtime } = self.node;
  if (!runtime.containerStatus(id)) {
    throw new HttpError(400, `unable to retrieve container logs for ${runtime.name}://${id}`);
  }
  response.writeHead(200, { "Content-Type": "text/plain" });
  response.flushHeaders();
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  await send(runtime.readLogs(id, wanted.log, gone.signal), response, wanted);
};

interface Wanted {
  previous: boolean;
  timestamps: boolean;
  /** Infinity: no limit. */
  limitBytes: number;
  stream: string;
  log: LogOptions;
}

/** @throws HttpError for numbers that are none */
function optionsOf(query: URLSearchParams, nowMs: number): Wanted {
  const isSet = (name: string) => ["true", "1"].includes(query.get(name) ?? "");
  const tailLines = query.get("tail") === "all" ? undefined : numberOf(query, "tailLines");
  const sinceSeconds = numberOf(query, "sinceSeconds");
  const sinceTime = query.get("sinceTime");
  const sinceMs =
    sinceSeconds === undefined ? sinceTime && Date.parse(sinceTime) : nowMs - sinceSeconds * 1000;
  if (Number.isNaN(sinceMs)) throw new HttpError(400, '{"message": "Unable to decode query."}');
  return {
    previous: isSet("previous"),
    timestamps: isSet("timestamps"),
    limitBytes: numberOf(query, "limitBytes") ?? Infinity,
    stream: query.get("stream") ?? "All",
    log: {
      follow: isSet("follow"),
      ...(tailLines === undefined ? {} : { tailLines }),
      ...(typeof sinceMs === "number" ? { sinceMs } : {}),
    },
  };
}

function numberOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null || text === "") return undefined;
  if (/^[0-9]+$/.test(text)) return Number(text);
  throw new HttpError(400, '{"message": "Unable to decode query."}');
}

function hasContainer({ spec }: Pod, name: string): boolean {
  const all = [
    ...spec.containers,
    ...(spec.initContainers ?? []),
    ...(spec.ephemeralContainers ?? []),
  ];
  return all.some((container) => container.name === name);
}

/** The instance whose logs are meant. @throws HttpError in the words that kubectl shows */
function containerWithLogs(
  status: PodStatus,
  { pod, container, previous }: { pod: string; container: string; previous: boolean },
): string {
  const { initContainerStatuses, containerStatuses, ephemeralContainerStatuses } = status;
  const all = [initContainerStatuses, containerStatuses, ephemeralContainerStatuses];
  const found = all.flatMap((list) => list ?? []).find(({ name }) => name === container);
  const subject = `container ${quoted(container)} in pod ${quoted(pod)}`;
  if (!found) throw new HttpError(400, `${subject} is not available`);
  const id = previous ? found.lastState?.terminated?.containerID : currentId(found);
  if (id) return id.replace(/^.*:\/\//, "");
  if (previous) throw new HttpError(400, `previous terminated ${subject} not found`);
  throw new HttpError(400, `${subject} is ${whyNot(found)}`);
}

function currentId({ state, lastState, containerID }: ContainerStatus): string | undefined {
  if (state?.running) return containerID;
  return state?.terminated?.containerID ?? lastState?.terminated?.containerID;
}

function whyNot({ state, lastState }: ContainerStatus): string {
  if (state?.terminated || lastState?.terminated) return "terminated";
  const reason = state?.waiting?.reason ?? "";
  if (reason === "ErrImagePull") return "waiting to start: image can't be pulled";
  if (reason === "ImagePullBackOff") {
    return "waiting to start: trying and failing to pull image";
  }
  return `waiting to start: ${reason}`;
}

/** Waits for a slow reader instead of storing what it has not read. */
async function send(
  lines: AsyncIterable<LogLine>,
  response: ServerResponse,
  { timestamps, limitBytes, stream }: Wanted,
): Promise<void> {
  const output = new Batches(response);
  let left = limitBytes;
  for await (const line of lines) {
    if (stream !== "All" && stream.toLowerCase() !== line.stream) continue;
    const bytes = timestamps ? stamped(line) : line.bytes;
    const isFull = output.add(bytes.subarray(0, left));
    left -= bytes.length;
    if (left <= 0 || response.destroyed) break;
    if (isFull) await output.flush();
  }
  await output.flush();
  response.end();
}

const LARGEST_BATCH_BYTES = 64 * 1024;

/** Lines that come together are sent together; the last of them at the end of the turn. */
class Batches {
  readonly #response: ServerResponse;
  #waiting: Uint8Array[] = [];
  #size = 0;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** @returns whether it is time to flush */
  add(bytes: Uint8Array): boolean {
    if (this.#waiting.length === 0) setImmediate(() => this.#write());
    this.#waiting.push(bytes);
    this.#size += bytes.length;
    return this.#size >= LARGEST_BATCH_BYTES;
  }

  /** Resolves when the reader can take more. */
  async flush(): Promise<void> {
    this.#write();
    if (this.#response.writableNeedDrain) await drained(this.#response);
  }

  #write(): void {
    if (this.#waiting.length === 0 || this.#response.destroyed) return;
    this.#response.write(Buffer.concat(this.#waiting));
    this.#waiting = [];
    this.#size = 0;
  }
}

const stamped = ({ timeMs, bytes }: LogLine) =>
  Buffer.concat([Buffer.from(`${nanoTimestamp(timeMs)} `), bytes]);

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done);
      response.off("close", done);
      resolve();
    };
    response.on("drain", done);
    response.on("close", done);
  });
}
