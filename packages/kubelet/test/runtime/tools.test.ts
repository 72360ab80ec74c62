import { beforeAll, describe, expect, it } from "vitest";
import { machine, type Machine } from "./machine.ts";

let node: Machine;
let id: string;

beforeAll(async () => {
  node = machine();
  id = await node.start(await node.sandbox(), "busybox", { command: ["sleep", "1000000"] });
});

describe("tools", () => {
  it.each([
    ["echo hello | sed s/l/L/g", "heLLo\n"],
    ["seq 5 | sed -n '2,3p;$p'", "2\n3\n5\n"],
    ["seq 3 | sed -e '2d' -e 's/3/x&x/'", "1\nx3x\n"],
    ["printf 'a=1\\nb=2\\n' > /t; sed -i 's/^b=.*/b=9/' /t; cat /t", "a=1\nb=9\n"],
    ["echo k=v | sed -r 's/(.*)=(.*)/\\2=\\1/'", "v=k\n"],
    ["seq 3 | sed '/2/a added'", "1\n2\nadded\n3\n"],
    ["echo a/b | sed 's|/|-|'", "a-b\n"],
    ["echo 'a b c' | awk '{print $2, $NF}'", "b c\n"],
    ["seq 4 | awk '{s+=$1} END {print s, NR, s/NR}'", "10 4 2.5\n"],
    ["printf 'x:1\\ny:2\\n' | awk -F: '$2>1 {print $1}'", "y\n"],
    [
      "printf 'a\\nb\\na\\n' | awk '{n[$1]++} END {for (k in n) print k, n[k]}' | sort",
      "a 2\nb 1\n",
    ],
    ['awk \'BEGIN {printf "%03d %s\\n", 7, toupper("x"); exit 3}\'; echo $?', "007 X\n3\n"],
    ["echo foobar | awk '{gsub(/o+/, \"0\"); print length($0), substr($0, 2, 2)}'", "5 0b\n"],
    [
      "awk -v n=3 'function f(x) { return x * 2 } BEGIN { for (i = 1; i <= n; i++) print f(i) }'",
      "2\n4\n6\n",
    ],
    ["printf '1\\n2\\n3\\n' | grep -v 2 | grep -c .", "2\n"],
    ["printf 'Foo\\nbar\\n' | grep -in foo; printf 'a1b22' | grep -oE '[0-9]+'", "1:Foo\n1\n22\n"],
    [
      "mkdir -p /w/s; echo x > /w/s/f; cp -r /w /v; mv /v/s/f /v/g; find /v | sort",
      "/v\n/v/g\n/v/s\n",
    ],
    [
      "touch /m; chmod 640 /m; stat -c '%a %U' /m; chmod u+x,g-r /m; stat -c %A /m",
      "640 root\n-rwx------\n",
    ],
    [
      "mkdir -p /data; echo 1 > /data/index.html; /bin/chmod 644 /data/* -R; stat -c %a /data/index.html",
      "644\n",
    ],
    ["ln -s /etc/passwd /l; readlink /l; [ -L /l ] && head -c 4 /l", "/etc/passwd\nroot"],
    ["date -u -d @0 +%Y-%m-%dT%H:%M:%SZ", "1970-01-01T00:00:00Z\n"],
    ["hostname; whoami; id -u; uname -s", "pod\nroot\n0\nLinux\n"],
    [
      "ps | sed -n 2p; cat /proc/1/cmdline | tr '\\0' ' '",
      "    1 root      0:00 sleep 1000000\nsleep 1000000 ",
    ],
    [
      "cat /proc/self/status | grep ^Name; ls /dev/null; echo x > /dev/null",
      "Name:\tcat\n/dev/null\n",
    ],
    ["echo 'a b' | xargs -n1 echo item", "item a\nitem b\n"],
    [
      "nslookup nothing > /dev/null; echo $?; cat /etc/resolv.conf | head -1",
      "1\nsearch default.svc.cluster.local svc.cluster.local cluster.local\n",
    ],
    ["head -c 5 /dev/zero | wc -c; yes | head -n 100000 | wc -l", "5\n100000\n"],
    ["cp /bin/busybox /tmp; /tmp/busybox echo works", "works\n"],
    ["printf '#!/bin/sh\\necho script $1\\n' > /s.sh; chmod +x /s.sh; /s.sh arg", "script arg\n"],
    [
      "trap '' PIPE; awk 'BEGIN { x[1]; if (1 in x) print \"in\"; if (!(2 in x)) print \"out\" }'",
      "in\nout\n",
    ],
  ])("%s", async (script, out) => {
    expect((await node.run(id, ["sh", "-c", script])).out).toBe(out);
  });

  it("pods resolve services and reach them by name", async () => {
    const { network, sandbox, start, run } = node;
    const web = await sandbox("web");
    await start(web, "nginx");
    network.setServices({
      route: (ip, port) => {
        if (ip !== "10.96.1.1") return undefined;
        return port === 81 ? { ip: web.ip, port: 80 } : "refused";
      },
      resolve: (name) => (name === "front.default.svc.cluster.local" ? ["10.96.1.1"] : undefined),
    });
    expect((await run(id, ["wget", "-qO-", "http://front:81"])).out).toContain("Welcome to nginx!");
    const found = await run(id, ["nslookup", "front"]);
    expect(found.out).toContain("Name:\tfront.default.svc.cluster.local\nAddress: 10.96.1.1");
    expect((await run(id, ["nc", "-z", "front", "82"])).code).toBe(1);
    const raw = await run(id, ["nc", "front", "81"], "GET / HTTP/1.0\r\n\r\n");
    expect(raw.out).toMatch(/^HTTP\/1\.1 200 OK\r\nServer: nginx\//);
  });

  it("a script that listens answers a real connection", async () => {
    const { network, sandbox, start } = node;
    const pod = await sandbox("listener");
    const command = ["sh", "-c", "echo pong | nc -l -p 7000"];
    await start(pod, "busybox", { command });
    const stream = await network.dial(pod.ip, 7000, 1000);
    let whole = "";
    for await (const chunk of stream) whole += String(chunk);
    expect(whole).toBe("pong\n");
  });
});
