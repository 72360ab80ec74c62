// Streams by real kubectl: ports forwarded, terminals, files copied, long logs. Each protocol that a
// kubectl has spoken since 1.22 is driven: WebSocket, SPDY inside one, and SPDY alone.

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import type { KubectlOptions, RunningKubectl } from "../support/kubectl.ts";
import { hasPseudoTerminal, play } from "../support/pseudo-terminal.ts";
import { openTerminal } from "../support/terminal.ts";

let cluster: TestCluster;

const pods = `
apiVersion: v1
kind: Pod
metadata:
  name: echo
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: echo
    image: busybox
    command: [sh, -c, 'nc -lk -p 7 -e cat']
---
apiVersion: v1
kind: Pod
metadata:
  name: many
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: many
    image: busybox
    command: [sh, -c, 'seq 20000; sleep 100000']
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    run: web
  ports:
  - port: 8080
    targetPort: 80
`;

beforeAll(async () => {
  cluster = await startTestCluster();
  const { run, wait } = openTerminal(cluster);
  await run("apply -f -", { stdin: pods });
  await run("run web --image=nginx:1.20.0");
  await wait("wait --for=condition=Ready pod/web pod/echo pod/many");
});

afterAll(() => cluster?.stop());

const SPDY = {
  KUBECTL_PORT_FORWARD_WEBSOCKETS: "false",
  KUBECTL_REMOTE_COMMAND_WEBSOCKETS: "false",
};

const clients: [string, KubectlOptions][] = [
  ["1.36", { version: "1.36" }],
  ["1.32", { version: "1.32" }],
  ["1.32 by SPDY alone", { version: "1.32", env: SPDY }],
];

describe.each(clients)("kubectl %s", (client, options) => {
  describe("port-forward", () => {
    let running: RunningKubectl | undefined;

    afterEach(async () => {
      running?.kill();
      await running?.closed;
    });

    /** @returns the local port */
    async function forward(words: string): Promise<number> {
      const started = (running = cluster.launchKubectl(`port-forward ${words}`, options));
      for (;;) {
        const port = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(started.output.stdout)?.[1];
        if (port) return Number(port);
        const more = started.printed().then(() => true);
        const ended = started.closed.then(() => false);
        if (!(await Promise.race([more, ended]))) throw new Error(started.output.stderr);
      }
    }

    it("serves pages from a pod, many at once", async () => {
      const port = await forward("pod/web :80");
      expect(await page(port)).toContain("<h1>Welcome to nginx!</h1>");
      const many = await Promise.all(Array.from({ length: 20 }, () => page(port)));
      expect(new Set(many).size).toBe(1);
    });

    it("finds a pod behind a service, by the service's port", async () => {
      const port = await forward("service/web :8080");
      expect(running!.output.stdout).toContain(`Forwarding from 127.0.0.1:${port} -> 80\n`);
      expect(await page(port)).toContain("<h1>Welcome to nginx!</h1>");
    });

    it("keeps the bytes both ways, and the end of one direction apart from the other's", async () => {
      const port = await forward("echo :7");
      const sent = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));
      expect((await exchange(port, sent)).equals(sent)).toBe(true);
    });

    it("says that nobody listens there", async () => {
      const port = await forward("web :81");
      expect((await exchange(port, Buffer.from("?"))).length).toBe(0);
      while (!running!.output.stderr.includes("\n")) await running!.printed();
      expect(running!.output.stderr).toMatch(
        /an error occurred forwarding \d+ -> 81: error forwarding port 81 to pod [0-9a-f]{64}, uid : failed to execute portforward in network namespace \\?"\/var\/run\/netns\/cni-[0-9a-f-]{36}\\?": failed to connect to localhost:81 inside namespace \\?"[0-9a-f]{64}\\?", IPv4: dial tcp4 127\.0\.0\.1:81: connect: connection refused IPv6 dial tcp6 \[::1\]:81: connect: connection refused/,
      );
    });
  });

  describe("exec", () => {
    it("passes on input and its end, output, errors and the exit code", async () => {
      const { stdout, stderr } = await cluster.kubectl(
        ["exec", "-i", "echo", "--", "sh", "-c", "cat; echo over >&2; exit 3"],
        { ...options, stdin: "one\ntwo\n", exitCode: 3, stepMs: 0 },
      );
      expect(stdout).toBe("one\ntwo\n");
      expect(stderr).toBe("over\ncommand terminated with exit code 3\n");
    });
  });

  describe.skipIf(!hasPseudoTerminal)("on a terminal", () => {
    const { version = "1.36", env = {} } = options;

    it("has its size, takes ^C and ends with ^D", async () => {
      const { screen, exitCode } = await play(cluster, {
        version,
        env,
        command: "exec -it echo -- sh",
        size: { columns: 101, rows: 31 },
        steps: [
          { after: "/ # ", type: "stty size\n" },
          { after: "/ # ", type: "sleep 100000\n" },
          { after: "100000", type: "\x03" },
          { after: "/ # ", type: "echo $?\n" },
          { after: "/ # ", type: "\x04" },
        ],
      });
      expect(screen).toContain("/ # stty size\n31 101\n");
      expect(screen).toContain("/ # sleep 100000\n^C\n/ # echo $?\n130\n/ # ");
      expect(exitCode).toBe(0);
    });

    it("joins a container's own shell, and leaves it when that ends", async () => {
      const name = `shell-${nameOf(client)}`;
      const { run, wait } = openTerminal(cluster);
      await run(`run ${name} -it --attach=false --restart=Never --image=busybox -- sh`);
      await wait(`wait --for=condition=Ready pod/${name}`);
      const { screen, exitCode } = await play(cluster, {
        version,
        env,
        command: `attach -it ${name}`,
        steps: [
          { after: "try pressing enter.", type: "\n" },
          { after: "/ # ", type: "echo $((6 * 7))\n" },
          { after: "\n42", type: "" },
          { after: "/ # ", type: "exit\n" },
        ],
      });
      expect(screen).toContain("echo $((6 * 7))\n42\n/ # exit\n");
      expect(exitCode).toBe(0);
    });
  });

  describe("attach", () => {
    it("hands input and its end to the first process, and its output back", async () => {
      const { stdout, stderr } = await cluster.kubectl(
        [
          ...`run in-${nameOf(client)} -i --rm --quiet --restart=Never --image=busybox --`.split(
            " ",
          ),
          "sh",
          "-c",
          "while read line; do echo got $line; echo beside >&2; done; exit 4",
        ],
        { ...options, stdin: "one\ntwo\n", exitCode: "any" },
      );
      expect(stdout).toContain("got one\ngot two\n");
      expect(stderr).toContain("beside\nbeside\n");
    });
  });

  describe("logs", () => {
    it("loses no line of many", async () => {
      const all = Array.from({ length: 20_000 }, (_, index) => `${index + 1}\n`).join("");
      const read = (words: string) => cluster.kubectl(words, { ...options, stepMs: 0 });
      expect((await read("logs many")).stdout).toBe(all);
      expect((await read("logs many --tail=3")).stdout).toBe("19998\n19999\n20000\n");
      expect((await read("logs many --limit-bytes=100000")).stdout).toBe(all.slice(0, 100_000));
    });
  });

  describe("cp", () => {
    const local = () => join(cluster.dataDir, "copied");

    beforeEach(() => mkdirSync(local()));
    afterEach(() => rmSync(local(), { recursive: true }));

    const run = async (words: string) =>
      (await cluster.kubectl(words, { ...options, stepMs: 0 })).stdout;

    it("keeps the bytes of a file, there and back", async () => {
      const bytes = Buffer.from(Array.from({ length: 200_001 }, (_, index) => (index * 31) % 256));
      writeFileSync(join(local(), "one.bin"), bytes);
      await run(`cp ${local()}/one.bin echo:/tmp/one.bin`);
      expect(await run("exec echo -- wc -c /tmp/one.bin")).toBe("200001 /tmp/one.bin\n");
      expect(await run("exec echo -- md5sum /tmp/one.bin")).toContain(md5(bytes));
      await run(`cp echo:/tmp/one.bin ${local()}/back.bin`);
      expect(readFileSync(join(local(), "back.bin")).equals(bytes)).toBe(true);
    });

    it("copies folders with modes, links and long names", async () => {
      const long = `${"deep/".repeat(30)}${"n".repeat(60)}.txt`;
      const folder = join(local(), "tree");
      mkdirSync(dirname(join(folder, long)), { recursive: true });
      writeFileSync(join(folder, long), "far down\n");
      writeFileSync(join(folder, "run.sh"), "echo ran\n", { mode: 0o755 });
      symlinkSync("run.sh", join(folder, "link"));
      await run(`cp ${folder} web:/srv/tree`);
      expect(await run("exec web -- sh /srv/tree/link")).toBe("ran\n");
      expect(await run("exec web -- stat -c %a /srv/tree/run.sh")).toBe("755\n");
      expect(await run(`exec web -- cat /srv/tree/${long}`)).toBe("far down\n");
      await run(`cp web:/srv/tree ${local()}/back`);
      expect(readFileSync(join(local(), "back", long), "utf8")).toBe("far down\n");
      await run("exec web -- rm -r /srv/tree");
    });
  });
});

// What cp runs in the container. cp itself races with its own end here: it may be gone before it has
// printed what tar complained of.
it("tar, as cp runs it, says what is not there", async () => {
  const command = "exec echo -- tar cf - /nothing";
  const { stderr, exitCode } = await cluster.kubectl(command, { exitCode: "any", stepMs: 0 });
  expect(stderr).toContain("tar: /nothing: No such file or directory\n");
  expect(exitCode).toBe(1);
});

const nameOf = (text: string) => text.replace(/[^a-z0-9]+/g, "-").replace(/-$/, "");

const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

function page(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = get({ host: "127.0.0.1", port, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve(text));
      response.on("error", reject);
    });
    sent.on("error", reject);
  });
}

/** Sends, ends its side, and reads to the end of the other. */
function exchange(port: number, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    socket.on("data", (chunk) => chunks.push(chunk));
    // a connection that is refused at the far side is reset here
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(Buffer.concat(chunks)));
    socket.end(bytes);
  });
}
