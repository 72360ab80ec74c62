import { describe, expect, it } from "vitest";
import { machine } from "../machine.ts";

async function served(config: { command?: string[]; args?: string[] } = {}) {
  const node = machine();
  const sandbox = await node.sandbox("store");
  const id = await node.start(sandbox, "redis", config);
  const cli = async (...words: string[]) => node.run(id, ["redis-cli", ...words]);
  /** What each command prints, without the last newline. */
  const say = async (line: string) => (await cli(...line.split(" "))).out.replace(/\n$/, "");
  return { ...node, sandbox, id, cli, say };
}

describe("redis-server", () => {
  it("says that it is ready, as the real one does", async () => {
    const { logs, id } = await served();
    expect(await logs(id, "stdout")).toMatch(
      /^1:C \d\d \w{3} \d{4} [\d:.]+ \* oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo\n[^]*1:M .* \* Ready to accept connections tcp\n$/,
    );
  });

  it.each([
    ["PING", "PONG"],
    ["PING hello", "hello"],
    ["QUIT", "OK"],
    ["GET nothing", ""],
    ["NOSUCH a b", "ERR unknown command 'NOSUCH', with args beginning with: 'a' 'b' \n"],
    ["GET", "ERR wrong number of arguments for 'get' command\n"],
    ["SET a b KX", "ERR syntax error\n"],
    ["SELECT 99", "ERR DB index is out of range\n"],
    ["CONFIG GET maxmemory-policy", "maxmemory-policy\nnoeviction"],
  ])("answers %s", async (line, expected) => {
    const { say } = await served();
    expect(await say(line)).toBe(expected);
  });

  it.each([
    ["strings", ["SET k v", "OK"], ["APPEND k w", "2"], ["GET k", "vw"], ["DEL k other", "1"]],
    ["conditions", ["SET k 1 NX", "OK"], ["SET k 2 NX", ""], ["SET k 3 XX GET", "1"], ["GET k", "3"]],
    ["counters", ["INCR n", "1"], ["INCRBY n 41", "42"], ["DECR n", "41"], ["INCRBYFLOAT n 0.5", "41.5"]],
    ["lists", ["RPUSH l a b c", "3"], ["LPUSH l z", "4"], ["LRANGE l 0 -2", "z\na\nb"], ["LPOP l", "z"], ["RPOP l 2", "c\nb"]],
    ["hashes", ["HSET h a 1 b 2", "2"], ["HGET h b", "2"], ["HGETALL h", "a\n1\nb\n2"], ["HINCRBY h a 4", "5"], ["HDEL h a b", "2"], ["EXISTS h", "0"]],
    ["sets", ["SADD s a b a", "2"], ["SISMEMBER s a", "1"], ["SADD t b c", "2"], ["SINTER s t", "b"], ["SDIFF t s", "c"], ["SCARD s", "2"]],
    ["sorted sets", ["ZADD z 2 b 1 a 3 c", "3"], ["ZRANGE z 0 -1 WITHSCORES", "a\n1\nb\n2\nc\n3"], ["ZINCRBY z 5 a", "6"], ["ZREVRANGE z 0 0", "a"], ["ZRANGEBYSCORE z (2 +inf", "c\na"]],
    ["keys", ["MSET one 1 two 2", "OK"], ["KEYS t*", "two"], ["TYPE one", "string"], ["DBSIZE", "2"], ["RENAME one three", "OK"], ["FLUSHALL", "OK"], ["DBSIZE", "0"]],
    ["kinds", ["LPUSH l a", "1"], ["GET l", "WRONGTYPE Operation against a key holding the wrong kind of value\n"], ["INCR l", "WRONGTYPE Operation against a key holding the wrong kind of value\n"]],
  ])("keeps %s", async (_name, ...dialogue) => {
    const { say } = await served();
    for (const [line, expected] of dialogue) expect([line, await say(line!)]).toEqual([line, expected]);
  }); // prettier-ignore

  it("lets keys go when their time is over", async () => {
    const { say, clock } = await served();
    await say("SET k v EX 10");
    expect(await say("TTL k")).toBe("10");
    await clock.advance(9_500);
    expect([await say("TTL k"), await say("GET k")]).toEqual(["1", "v"]);
    await clock.advance(600);
    expect([await say("TTL k"), await say("EXISTS k")]).toEqual(["-2", "0"]);
  });

  it("keeps a client waiting for an element until there is one, or its patience ends", async () => {
    const { say, cli, clock } = await served();
    const waiting = cli("BLPOP", "queue", "5");
    await clock.advance(1_000);
    await say("RPUSH queue job");
    expect((await waiting).out).toBe("queue\njob\n");
    const inVain = cli("BRPOP", "queue", "5");
    await clock.advance(5_000);
    expect((await inVain).out).toBe("\n");
  });

  it("carries messages to subscribers", async () => {
    const { runtime, id, say } = await served();
    const session = runtime.exec(id, {
      command: ["redis-cli", "SUBSCRIBE", "news"],
      tty: false,
      stdin: false,
    });
    const chunks = session.stdout[Symbol.asyncIterator]();
    expect(Buffer.from((await chunks.next()).value!).toString()).toBe("subscribe\nnews\n1\n");
    expect(await say("PUBLISH news today")).toBe("1");
    expect(Buffer.from((await chunks.next()).value!).toString()).toBe("message\nnews\ntoday\n");
    session.kill();
  });

  it("speaks RESP over bytes, pipelined, split anywhere, and in lines", async () => {
    const { network, sandbox } = await served();
    const stream = await network.dial(sandbox.ip, 6379, 1000);
    let answer = "";
    stream.setEncoding("latin1").on("data", (text: string) => (answer += text));
    stream.write("PING\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\na\r");
    stream.write("\nb\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\nMULTI\nINCR n\nEXEC\n");
    stream.end("QUIT\r\nPING\r\n");
    await new Promise((resolve) => stream.on("end", resolve));
    expect(answer).toBe("+PONG\r\n+OK\r\n$4\r\na\r\nb\r\n+OK\r\n+QUEUED\r\n*1\r\n:1\r\n+OK\r\n");
  });

  it.each([
    ["*1\r\nPING\r\n", "-ERR Protocol error: expected '$', got 'P'\r\n"],
    ["*1\r\n$-5\r\n", "-ERR Protocol error: invalid bulk length\r\n"],
    ["*99999999\r\n", "-ERR Protocol error: invalid multibulk length\r\n"],
    ['GET "k\r\n', "-ERR Protocol error: unbalanced quotes in request\r\n"],
  ])("hangs up on %j", async (bytes, expected) => {
    const { network, sandbox } = await served();
    const stream = await network.dial(sandbox.ip, 6379, 1000);
    let answer = "";
    stream.setEncoding("latin1").on("data", (text: string) => (answer += text));
    stream.write(bytes);
    await new Promise((resolve) => stream.on("end", resolve));
    expect(answer).toBe(expected);
  });

  it("keeps long values that come in many pieces", async () => {
    const { network, sandbox } = await served();
    const stream = await network.dial(sandbox.ip, 6379, 1000);
    const length = 8_000_000;
    let answer = "";
    stream.setEncoding("latin1").on("data", (text: string) => (answer += text));
    const value = "x".repeat(length);
    stream.end(`*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$${length}\r\n${value}\r\nSTRLEN k\r\nQUIT\r\n`);
    await new Promise((resolve) => stream.on("end", resolve));
    expect(answer).toBe(`+OK\r\n:${length}\r\n+OK\r\n`);
  });

  it("asks for its password", async () => {
    const { cli, say } = await served({ args: ["--requirepass", "open sesame"] });
    expect(await say("PING")).toBe("NOAUTH Authentication required.\n");
    const { out, err, code } = await cli("-a", "open sesame", "PING");
    expect([out, code]).toEqual(["PONG\n", 0]);
    expect(err).toContain("Using a password with '-a'");
    expect((await cli("--no-auth-warning", "-a", "wrong", "PING")).err).toBe(
      "AUTH failed: WRONGPASS invalid username-password pair or user is disabled.\n",
    );
  });

  it("listens where it is told to", async () => {
    const { cli } = await served({ command: ["redis-server", "--port", "7000"] });
    expect((await cli("-p", "7000", "PING")).out).toBe("PONG\n");
    expect(await cli("PING")).toEqual({
      code: 1,
      out: "",
      err: "Could not connect to Redis at 127.0.0.1:6379: Connection refused\n",
    });
  });

  it.each([
    ["SIGTERM", true],
    ["shutdown nosave", false],
  ])("ends with 0 on %s", async (how, isSaving) => {
    const { runtime, id, cli, clock, logs } = await served();
    if (how === "SIGTERM") await runtime.stopContainer(id, 30_000);
    else expect(await cli("shutdown", "nosave")).toEqual({ code: 0, out: "", err: "" });
    await clock.settle();
    expect(runtime.containerStatus(id)).toMatchObject({ state: "exited", exitCode: 0 });
    const log = await logs(id);
    expect(log.includes("DB saved on disk")).toBe(isSaving);
    expect(log).toMatch(/Redis is now ready to exit, bye bye\.\.\.\n$/);
  });

  it("finds its keys again where its folder outlived it", async () => {
    const { run, id, say } = await served();
    for (const line of ["SET s v", "RPUSH l a b", "HSET h f 1", "SADD m x", "ZADD z 1.5 y"]) {
      await say(line);
    }
    await say("EXPIRE s 1000");
    await say("SAVE");
    const other = "redis-server --port 7001 --daemonize yes; redis-cli -p 7001 ";
    const { out } = await run(id, [
      "sh",
      "-c",
      `${other} TTL s; redis-cli -p 7001 LRANGE l 0 -1; redis-cli -p 7001 ZSCORE z y; head -c 5 dump.rdb`,
    ]);
    expect(out).toMatch(/1000\na\nb\n1\.5\nREDIS$/);
  });
});

describe("redis-cli", () => {
  it("reads commands from its input", async () => {
    const { run, id } = await served();
    const { out } = await run(id, ["redis-cli"], 'SET k "a b"\nGET k\nquit\n');
    expect(out).toBe("OK\na b\n");
  });

  it("shows kinds and quotes when it is asked to", async () => {
    const { cli } = await served();
    await cli("RPUSH", "l", "one", 'say "x"', "ünder");
    expect((await cli("--no-raw", "LRANGE", "l", "0", "-1")).out).toBe(
      '1) "one"\n2) "say \\"x\\""\n3) "\\xc3\\xbcnder"\n',
    );
    expect((await cli("--no-raw", "LLEN", "l")).out).toBe("(integer) 3\n");
    expect((await cli("--no-raw", "GET", "none")).out).toBe("(nil)\n");
    expect((await cli("--no-raw", "KEYS", "none")).out).toBe("(empty array)\n");
  });
});
