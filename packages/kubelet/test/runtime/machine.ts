// A simulated node for tests: virtual time, seeded chance, one line to run a container.

import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { Buffer } from "node:buffer";
import {
  createNetwork,
  createNodeRuntime,
  type ContainerConfig,
  type ContainerRuntime,
  type ClusterNetwork,
  type Sandbox,
} from "../../src/runtime/index.ts";

export interface Machine {
  readonly clock: VirtualClock;
  readonly network: ClusterNetwork;
  readonly runtime: ContainerRuntime;
  sandbox(name?: string): Promise<Sandbox>;
  /** Pulls, creates and starts; @returns the container's id */
  start(sandbox: Sandbox, image: string, config?: Partial<ContainerConfig>): Promise<string>;
  create(sandbox: Sandbox, image: string, config?: Partial<ContainerConfig>): Promise<string>;
  /** Runs a command in a container to its end. */
  run(
    container: string,
    command: string[],
    input?: string,
  ): Promise<{ code: number; out: string; err: string }>;
  logs(container: string, stream?: "stdout" | "stderr"): Promise<string>;
  get(
    host: string,
    path: string,
    port?: number,
    headers?: object,
  ): ReturnType<ClusterNetwork["http"]>;
}

export function machine(): Machine {
  const clock = new VirtualClock();
  const random = seededRandom(7);
  const network = createNetwork({ clock, random });
  const runtime = createNodeRuntime({
    nodeName: "node-1",
    nodeIp: "192.168.0.11",
    podCidr: "10.244.1.0/24",
    network,
    clock,
    random,
  });
  const create: Machine["create"] = async (sandbox, image, config = {}) => {
    const pulling = runtime.images.pull(image, new AbortController().signal);
    await Promise.all([pulling, clock.advance(60_000)]);
    return runtime.createContainer(sandbox.id, { ...containerConfig(image), ...config });
  };
  return {
    clock,
    network,
    runtime,
    create,
    sandbox: (name = "pod") => runtime.runSandbox(sandboxConfig(name)),
    async start(sandbox, image, config) {
      const id = await create(sandbox, image, config);
      await runtime.startContainer(id);
      await clock.settle();
      return id;
    },
    async run(container, command, input) {
      const stdin = input !== undefined;
      const session = runtime.exec(container, { command, tty: false, stdin });
      if (stdin) {
        await session.write(Buffer.from(input));
        session.closeStdin();
      }
      const [out, err] = await Promise.all([text(session.stdout), text(session.stderr)]);
      return { code: await session.exitCode, out, err };
    },
    async logs(container, stream) {
      let whole = "";
      const { signal } = new AbortController();
      for await (const line of runtime.readLogs(container, { follow: false }, signal)) {
        if (!stream || line.stream === stream) whole += Buffer.from(line.bytes).toString();
      }
      return whole;
    },
    get: (host, path, port = 80, headers = {}) =>
      network.http({
        host,
        port,
        tls: false,
        method: "GET",
        path,
        headers: { "user-agent": "kube-probe/1.36", ...headers },
        timeoutMs: 1000,
      }),
  };
}

export async function text(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

export function containerConfig(image: string): ContainerConfig {
  return {
    name: "main",
    image,
    attempt: 0,
    env: [],
    mounts: [],
    readOnlyRoot: false,
    stdin: false,
    stdinOnce: false,
    tty: false,
    ports: [],
    memoryLimitBytes: 0,
    cpuLimitMillis: 0,
    terminationMessagePath: "/dev/termination-log",
  };
}

function sandboxConfig(name: string) {
  return {
    podUid: `uid-${name}`,
    name,
    namespace: "default",
    hostname: name,
    hostNetwork: false,
    labels: {},
    annotations: {},
    dns: {
      nameservers: ["10.96.0.10"],
      searches: ["default.svc.cluster.local", "svc.cluster.local", "cluster.local"],
      options: ["ndots:5"],
    },
    hostAliases: [],
  };
}
