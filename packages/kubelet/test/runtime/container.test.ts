import { describe, expect, it } from "vitest";
import { ExecError, ImageNameError, MemoryDirectory, MemoryFile } from "../../src/runtime/index.ts";
import { machine, text } from "./machine.ts";

const never = new AbortController().signal;

describe("containers", () => {
  it.each([
    [["true"], { exitCode: 0, reason: "Completed" }],
    [["false"], { exitCode: 1, reason: "Error" }],
    [["sh", "-c", "exit 3"], { exitCode: 3, reason: "Error" }],
    [["sh", "-c", "kill -TERM $$"], { exitCode: 0, reason: "Completed" }],
    [["sh", "-c", "sh -c 'kill -KILL $$'; exit $?"], { exitCode: 137, signal: 0 }],
    [["sh", "-c", "echo why > /dev/termination-log"], { terminationMessage: "why\n" }],
  ])("%j ends as it should", async (command, expected) => {
    const { sandbox, start, runtime, clock } = machine();
    const id = await start(await sandbox(), "busybox", { command });
    await clock.settle();
    expect(runtime.containerStatus(id)).toMatchObject({ state: "exited", ...expected });
  });

  it.each([
    [["nope"], 'exec: "nope": executable file not found in $PATH'],
    [["/nope"], 'exec: "/nope": stat /nope: no such file or directory'],
    [["/etc/passwd"], 'exec: "/etc/passwd": permission denied'],
  ])("%j cannot start", async (command, text) => {
    const { sandbox, create, runtime } = machine();
    const id = await create(await sandbox(), "busybox", { command });
    const message =
      "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc " +
      `create failed: unable to start container process: error during container init: ${text}`;
    await expect(runtime.startContainer(id)).rejects.toThrow(message);
    expect(runtime.containerStatus(id)).toMatchObject({
      state: "exited",
      exitCode: 128,
      reason: "StartError",
      message,
      startedAt: 0,
    });
  });

  it("a first process without a handler survives SIGTERM until SIGKILL", async () => {
    const { sandbox, start, runtime, clock } = machine();
    const id = await start(await sandbox(), "busybox", { command: ["sleep", "1000"] });
    const stopping = runtime.stopContainer(id, 30_000);
    await clock.advance(29_000);
    expect(runtime.containerStatus(id)?.state).toBe("running");
    await clock.advance(1_000);
    await stopping;
    expect(runtime.containerStatus(id)).toMatchObject({
      exitCode: 137,
      signal: 9,
      reason: "Error",
    });
  });

  it("a trap ends it at once, and busy loops can be killed", async () => {
    const { sandbox, start, runtime, clock, logs } = machine();
    const pod = await sandbox();
    const trap = "trap 'echo bye; exit 5' TERM; while true; do sleep 0.1; done";
    const id = await start(pod, "busybox", { command: ["sh", "-c", trap] });
    const stopping = runtime.stopContainer(id, 30_000);
    await clock.advance(200);
    await stopping;
    expect(runtime.containerStatus(id)).toMatchObject({ exitCode: 5 });
    expect(await logs(id)).toBe("bye\n");
    const busy = await start(pod, "busybox", { command: ["sh", "-c", "while :; do :; done"] });
    await clock.advance(50);
    await runtime.stopContainer(busy, 0);
    expect(runtime.containerStatus(busy)).toMatchObject({ exitCode: 137 });
  });

  it("a fork bomb hits the process limit and dies with the container", async () => {
    const { sandbox, start, runtime, clock } = machine();
    const script = "b() { b | b & }; b; sleep 100";
    const id = await start(await sandbox(), "busybox", { command: ["sh", "-c", script] });
    await clock.advance(20);
    await runtime.stopContainer(id, 0);
    expect(runtime.containerStatus(id)).toMatchObject({ state: "exited", exitCode: 137 });
  });

  it("rm through exec makes nginx answer 404 and 403; a new container has the file again", async () => {
    const { sandbox, start, runtime, get, run } = machine();
    const pod = await sandbox();
    const id = await start(pod, "nginx:1.20.2");
    const removed = await run(id, ["rm", "/usr/share/nginx/html/index.html"]);
    expect(removed).toEqual({ code: 0, out: "", err: "" });
    expect((await get(pod.ip, "/index.html")).status).toBe(404);
    expect((await get(pod.ip, "/")).status).toBe(403);
    await run(id, [
      "sh",
      "-c",
      "mkdir -p /usr/share/nginx/html/d; echo hi > /usr/share/nginx/html/d/x",
    ]);
    const moved = await get(pod.ip, "/d");
    expect([moved.status, moved.headers["location"]]).toEqual([301, `http://${pod.ip}/d/`]);
    expect(Buffer.from((await get(pod.ip, "/d/x")).body).toString()).toBe("hi\n");
    await runtime.stopContainer(id, 1000);
    const next = await start(pod, "nginx:1.20.2");
    expect((await get(pod.ip, "/index.html")).status).toBe(200);
    expect(next).not.toBe(id);
  });

  it("volumes are shared, files mount over files, read-only holds", async () => {
    const { sandbox, start, run, runtime } = machine();
    const pod = await sandbox();
    const volume = new MemoryDirectory();
    const mounts = [
      { containerPath: "/data/deep/er", source: volume, readOnly: false },
      {
        containerPath: "/etc/localtime",
        source: new MemoryFile(Buffer.from("TZif2\nCST-8\n")),
        readOnly: false,
      },
      { containerPath: "/var/run/secrets/x", source: volume, readOnly: true },
    ];
    const id = await start(pod, "busybox", { command: ["sleep", "9999"], mounts });
    const script =
      "echo 1 > /data/deep/er/f; cat /run/secrets/x/f; date +%Z; ls /data; echo 2 > /run/secrets/x/f";
    expect(await run(id, ["sh", "-c", script])).toEqual({
      code: 1,
      out: "1\nCST\ndeep\n",
      err: "sh: can't create /run/secrets/x/f: Read-only file system\n",
    });
    expect(volume.get("f")).toBeDefined();
    expect(runtime.nodeFiles.get("etc")?.kind).toBe("directory");
  });

  it("exec: exit codes, stdin, refusals", async () => {
    const { sandbox, start, run, runtime } = machine();
    const id = await start(await sandbox(), "busybox", { command: ["sleep", "9999"] });
    expect(await run(id, ["sh", "-c", "exit 42"])).toMatchObject({ code: 42 });
    expect(await run(id, ["cat"], "typed")).toEqual({ code: 0, out: "typed", err: "" });
    const refused = () => runtime.exec(id, { command: ["nope"], tty: false, stdin: false });
    expect(refused).toThrow(ExecError);
    expect(refused).toThrow('exec: "nope": executable file not found in $PATH');
  });

  it("a terminal: prompt, echo, history, ^C, ^D", async () => {
    const { sandbox, start, runtime, clock } = machine();
    const id = await start(await sandbox(), "busybox", { command: ["sleep", "9999"] });
    const session = runtime.exec(id, { command: ["sh"], tty: true, stdin: true });
    const shown = text(session.stdout);
    for (const keys of ["echo hx\x7fi\r", "\x1b[A\r", "sleep 100\r", "\x03", "tty; exit 4\r"]) {
      await session.write(Buffer.from(keys));
      await clock.advance(10);
    }
    expect(await session.exitCode).toBe(4);
    const screen = await shown;
    expect(screen.match(/\r\nhi\r\n/g)).toHaveLength(2);
    expect(screen).toContain("/ # echo h");
    expect(screen).toContain("^C");
    expect(screen).toContain("/dev/pts/0\r\n");
  });

  it("logs follow to the container's end, keep unfinished lines, and tail", async () => {
    const { sandbox, start, runtime, clock, logs } = machine();
    const script = "for i in 1 2 3; do echo line $i; sleep 1; done; echo -n end";
    const id = await start(await sandbox(), "busybox", { command: ["sh", "-c", script] });
    const seen: string[] = [];
    const following = (async () => {
      for await (const line of runtime.readLogs(id, { follow: true, tailLines: 1 }, never)) {
        seen.push(Buffer.from(line.bytes).toString());
      }
    })();
    await clock.advance(5000);
    await following;
    expect(seen).toEqual(["line 1\n", "line 2\n", "line 3\n", "end"]);
    expect(await logs(id)).toBe("line 1\nline 2\nline 3\nend");
  });

  it("containers of a pod share localhost, and other pods reach the pod's address", async () => {
    const { sandbox, start, run, clock } = machine();
    const web = await sandbox("web");
    await start(web, "nginx");
    const near = await start(web, "busybox", { command: ["sleep", "9999"] });
    const far = await start(await sandbox("far"), "busybox", { command: ["sleep", "9999"] });
    expect((await run(near, ["wget", "-qO-", "http://localhost/"])).out).toContain(
      "Welcome to nginx!",
    );
    expect((await run(far, ["wget", "-qO-", web.ip])).out).toContain("Welcome to nginx!");
    const refused = run(far, ["wget", "-qO-", `http://${web.ip}:81/`]);
    await clock.advance(10);
    expect((await refused).err).toBe(
      `wget: can't connect to remote host (${web.ip}): Connection refused\n`,
    );
  });

  it("addresses come from the node's range, rest, and come back", async () => {
    const { sandbox, runtime } = machine();
    const first = await sandbox();
    expect(first.ip).toBe("10.244.1.2");
    await runtime.stopSandbox(first.id);
    expect((await sandbox()).ip).toBe("10.244.1.3");
    for (let count = 0; count < 252; count++) await sandbox(`p${count}`);
    await expect(sandbox("one-more")).rejects.toThrow(
      "no IP addresses available in range set: 10.244.1.1-10.244.1.254",
    );
  });

  it("memory over the limit ends as OOMKilled", async () => {
    const { sandbox, start, runtime } = machine();
    const id = await start(await sandbox(), "nginx", { memoryLimitBytes: 1024 * 1024 });
    expect(runtime.containerStatus(id)).toMatchObject({ exitCode: 137, reason: "OOMKilled" });
  });

  it("an unknown image under an organisation answers on its declared ports", async () => {
    const { sandbox, start, get } = machine();
    const pod = await sandbox();
    const ports = [{ containerPort: 8080, protocol: "TCP" }];
    await start(pod, "example.com/team/app:v1", { command: ["/app", "--serve"], ports });
    expect((await get(pod.ip, "/healthz", 8080)).status).toBe(200);
  });
});

describe("images", () => {
  it.each([
    [
      "nginx:doesnotexist",
      'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:doesnotexist": failed to resolve reference "docker.io/library/nginx:doesnotexist": docker.io/library/nginx:doesnotexist: not found',
    ],
    ["nginx:1.161", "docker.io/library/nginx:1.161: not found"],
    [
      "nosuchimage",
      'failed to pull and unpack image "docker.io/library/nosuchimage:latest": failed to resolve reference "docker.io/library/nosuchimage:latest": pull access denied',
    ],
    ["reg.invalid/x:1", "dial tcp: lookup reg.invalid: no such host"],
  ])("%s is not to be had", async (image, message) => {
    const { runtime, clock } = machine();
    const pulling = expect(runtime.images.pull(image, never)).rejects.toThrow(message);
    await clock.advance(60_000);
    await pulling;
  });

  it.each([
    [
      "Nginx:1",
      'couldn\'t parse image name "Nginx:1": invalid reference format: repository name (library/Nginx) must be lowercase',
    ],
    ["nginx:a b", 'couldn\'t parse image name "nginx:a b": invalid reference format'],
    ["", 'couldn\'t parse image name "": invalid reference format'],
  ])("%j is no name", (image, message) => {
    const { runtime } = machine();
    expect(() => runtime.images.status(image)).toThrow(ImageNameError);
    expect(() => runtime.images.status(image)).toThrow(message);
  });

  it("takes about a second for nginx, and none when it is there", async () => {
    const { runtime, clock } = machine();
    const pulling = runtime.images.pull("nginx:1.20.2", never);
    await clock.advance(500);
    expect(runtime.images.status("nginx:1.20.2")).toBeUndefined();
    await clock.advance(1000);
    expect(await pulling).toMatchObject({ user: "" });
    const names = runtime.images.status("docker.io/library/nginx:1.20.2")?.names;
    expect(names?.[0]).toMatch(/^docker\.io\/library\/nginx@sha256:[0-9a-f]{64}$/);
    expect(names?.[1]).toBe("docker.io/library/nginx:1.20.2");
  });
});
