// Into the containers: their logs, and commands run beside them.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { converse, hasPseudoTerminal } from "../support/pseudo-terminal.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";

let cluster: TestCluster;

const talker = `
apiVersion: v1
kind: Pod
metadata:
  name: talker
  labels:
    app: talker
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: counter
    image: busybox
    command: [sh, -c, 'for i in 1 2 3 4 5; do echo line $i; sleep 2; done; sleep 3600']
  - name: quiet
    image: busybox
    command: [sleep, "3600"]
`;

const failing = `
apiVersion: v1
kind: Pod
metadata:
  name: failing
spec:
  terminationGracePeriodSeconds: 1
  containers:
  - name: once
    image: busybox
    command: [sh, -c, 'echo about to fail; sleep 1; exit 3']
`;

beforeAll(async () => {
  cluster = await startTestCluster();
  const { run, wait } = openTerminal(cluster);
  await run("apply -f -", { stdin: talker });
  await wait("wait --for=condition=Ready pod/talker");
  await run("apply -f -", { stdin: failing });
  await run("run web --image=nginx:1.20.0");
  await wait("wait --for=condition=Ready pod/web");
  await cluster.clock.advance(15_000);
});

afterAll(() => cluster?.stop());

describe.each(["1.36", "1.32"] as const)("kubectl %s", (version) => {
  let terminal: Terminal;
  const run = (command: string | string[]) => terminal.run(command);

  beforeAll(() => {
    terminal = openTerminal(cluster, version);
  });

  describe("logs", () => {
    const all = [1, 2, 3, 4, 5].map((number) => `line ${number}\n`);

    it("shows all, or the last lines", async () => {
      expect(await run("logs talker -c counter")).toBe(all.join(""));
      expect(await run("logs talker -c counter --tail=2")).toBe(all.slice(3).join(""));
      expect(await run("logs talker -c counter --limit-bytes=9")).toBe("line 1\nli");
      expect(await run("logs talker -c quiet")).toBe("");
    });

    it("adds times, and goes by them", async () => {
      const lines = (await run("logs talker -c counter --timestamps")).trimEnd().split("\n");
      const times = lines.map((line) => {
        const [, time] = /^(2026-06-01T08:\d\d:\d\d\.\d{9}Z) line \d$/.exec(line)!;
        return Date.parse(time!);
      });
      expect(times.map((time) => time - times[0]!)).toEqual([0, 2000, 4000, 6000, 8000]);
      const third = new Date(times[2]!).toISOString();
      expect(await run(`logs talker -c counter --since-time=${third}`)).toBe(all.slice(2).join(""));
      const seconds = Math.ceil((cluster.clock.now() - times[3]!) / 1000);
      expect(await run(`logs talker -c counter --since=${seconds}s`)).toBe(all.slice(3).join(""));
    });

    it("says which container when there are several", async () => {
      const { stdout, stderr } = await cluster.kubectl("logs talker", { version, stepMs: 0 });
      expect(stdout).toBe(all.join(""));
      expect(stderr).toBe('Defaulted container "counter" out of: counter, quiet\n');
      expect(await run("logs talker --all-containers --prefix --tail=1")).toBe(
        "[pod/talker/counter] line 5\n",
      );
      expect(await run("logs -l app=talker -c counter --tail=1")).toBe("line 5\n");
      expect(await terminal.refused("logs talker -c nope")).toMatch(
        /^error: container nope is not valid for pod talker( out of: counter, quiet)?\n$/,
      );
    });

    it("shows what a container said before it was restarted", async () => {
      expect(await run("get pod failing --no-headers")).toMatch(/^failing +[01]\/1 +\S+ +[1-9] \(/);
      expect(await run("logs failing --previous")).toBe("about to fail\n");
      expect(
        await run(
          "get pod failing -o jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}",
        ),
      ).toBe("3");
      expect(await terminal.refused("logs web --previous")).toBe(
        'Error from server (BadRequest): previous terminated container "web" in pod "web" not found\n',
      );
    });

    it("has none of a container that waits", async () => {
      await run(`run unpullable-${version.slice(2)} --image=nginx:no.such.tag`);
      await cluster.clock.advance(2000);
      expect(await terminal.refused(`logs unpullable-${version.slice(2)}`)).toMatch(
        new RegExp(
          `^Error from server \\(BadRequest\\): container "unpullable-${version.slice(2)}" in pod "unpullable-${version.slice(2)}" is waiting to start: (trying and failing to pull image|image can't be pulled)\\n$`,
        ),
      );
    });
  });

  describe("exec", () => {
    it("answers on stdout, stderr apart, with the command's exit code", async () => {
      const { stdout, stderr } = await cluster.kubectl(
        ["exec", "talker", "-c", "quiet", "--", "sh", "-c", "echo out; echo err >&2; exit 3"],
        { version, exitCode: 3, stepMs: 0 },
      );
      expect(stdout).toBe("out\n");
      expect(stderr).toBe("err\ncommand terminated with exit code 3\n");
      expect(await run("exec talker -c quiet -- true")).toBe("");
    });

    it("passes on what is typed", async () => {
      expect(await terminal.run("exec -i talker -c quiet -- cat", { stdin: "one\ntwo\n" })).toBe(
        "one\ntwo\n",
      );
      const many = `${"0123456789".repeat(10)}\n`.repeat(1000);
      expect(await terminal.run("exec -i talker -c quiet -- cat", { stdin: many })).toBe(many);
    });

    it("is in the container: its files, names and environment", async () => {
      expect(await run("exec web -- ls /usr/share/nginx/html")).toBe("50x.html\nindex.html\n");
      expect(await run("exec web -- hostname")).toBe("web\n");
      expect(await run("exec web -- cat /etc/hostname")).toBe("web\n");
      expect(await run("exec web -- env")).toContain("KUBERNETES_SERVICE_HOST=10.96.0.1\n");
      expect(
        await run("exec web -- cat /var/run/secrets/kubernetes.io/serviceaccount/namespace"),
      ).toBe("default");
      const marked = [
        "exec",
        "web",
        "--",
        "sh",
        "-c",
        `echo ${version} > /tmp/mark && cat /tmp/mark`,
      ];
      expect(await run(marked)).toBe(`${version}\n`);
    });

    it.skipIf(!hasPseudoTerminal)("is a terminal with -it", async () => {
      const { screen, exitCode } = await converse(cluster, {
        version,
        command: "exec -it talker -c quiet -- sh",
        prompt: "/ # ",
        lines: ["echo $((6 * 7))", "tty", "exit 4"],
      });
      expect(screen).toContain("/ # echo $((6 * 7))\n42\n/ # tty\n/dev/pts/0\n/ # exit 4\n");
      expect(screen).toMatch(/command terminated with exit code 4\n$/);
      expect(exitCode).toBe(4);
    });

    it("cannot run what is not there, nor where nothing runs", async () => {
      const missing = await terminal.refused("exec web -- no-such-command");
      expect(missing).toMatch(
        /^error: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: exec failed: unable to start container process: exec: "no-such-command": executable file not found in \$PATH\n$/,
      );
      expect(await terminal.refused("exec nope -- true")).toBe(
        'Error from server (NotFound): pods "nope" not found\n',
      );
      expect(await terminal.refused("exec web -c nope -- true")).toMatch(
        /^(error: container nope is not valid for pod web out of: web|Error from server \(BadRequest\): container nope is not valid for pod web)\n$/,
      );
    });
  });
});
