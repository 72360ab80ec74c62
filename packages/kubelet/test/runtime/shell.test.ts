import { describe, expect, it } from "vitest";
import { machine, type Machine } from "./machine.ts";

let node: Machine;
const ids: { [image: string]: string } = {};

async function container(image: string): Promise<string> {
  node ??= machine();
  ids[image] ??= await node.start(await node.sandbox(image.replace(/\W/g, "-")), image, {
    command: ["sleep", "1000000"],
  });
  return ids[image];
}

async function sh(script: string, image = "busybox:1.36") {
  const shell = image.startsWith("busybox") ? "sh" : "bash";
  const result = await node!.run(await container(image), [shell, "-c", script]);
  return result;
}

describe("the shell", () => {
  it.each([
    ["echo hello  world", "hello world\n"],
    [`echo "a  b" 'c  d' e\\ f`, "a  b c  d e f\n"],
    ["x=5; echo $x ${x} ${#x} ${y:-none} ${x:+set}", "5 5 1 none set\n"],
    ["x=a.b.c; echo ${x%.*} ${x%%.*} ${x#*.} ${x##*.}", "a.b a b.c c\n"],
    ["echo $((1 + 2 * 3)) $((7 / 2)) $((7 % 2)) $((1 << 4))", "7 3 1 16\n"],
    ["i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done", "0\n1\n2\n"],
    ["for i in a b c; do echo -n $i; done; echo", "abc\n"],
    ["for i in `seq 1 3`;do echo '<h1>'$i;done", "<h1>1\n<h1>2\n<h1>3\n"],
    ["case foo.txt in *.md) echo md;; *.txt|*.text) echo text;; esac", "text\n"],
    ["f() { echo $1-$2; return 3; }; f a b; echo $?", "a-b\n3\n"],
    ["echo one | tr a-z A-Z", "ONE\n"],
    ["echo a b c | { read x y; echo $y-$x; }", "b c-a\n"],
    ["cat <<END\nhi $((1+1))\nEND", "hi 2\n"],
    ["cat <<'END'\nhi $x\nEND", "hi $x\n"],
    ["(cd /tmp; pwd); pwd", "/tmp\n/\n"],
    ["false || echo no; true && echo yes", "no\nyes\n"],
    ["if false; then echo a; elif true; then echo b; else echo c; fi", "b\n"],
    ["set -- a 'b c' d; for x; do echo [$x]; done; echo $# \"$*\"", "[a]\n[b c]\n[d]\n3 a b c d\n"],
    ['set -- a "b c"; printf "%s," "$@"; echo', "a,b c,\n"],
    ['IFS=:; x=a:b::c; for p in $x; do echo "<$p>"; done', "<a>\n<b>\n<>\n<c>\n"],
    ["echo /etc/host*", "/etc/hostname /etc/hosts\n"],
    ["echo /nope*", "/nope*\n"],
    ["trap 'echo bye' EXIT; echo hi; exit 3", "hi\nbye\n"],
    ['x=$(echo a; echo b); echo "$x"', "a\nb\n"],
    ["true & wait $!; echo done $?", "done 0\n"],
    ["exec 3>/tmp/f; echo x >&3; exec 3>&-; cat /tmp/f", "x\n"],
    ["echo err >&2 2>/dev/null; echo out", "out\n"],
    ["n=0; until [ $n = 2 ]; do n=$((n+1)); [ $n = 1 ] && continue; echo $n; done", "2\n"],
    ["eval 'a=1; echo $a'; unset a; echo ${a-unset}", "1\nunset\n"],
    ["printf '%05.1f|%-4s|%x\\n' 3.14159 ab 255", "003.1|ab  |ff\n"],
    ["A=1 env | grep ^A=", "A=1\n"],
    ["getopts ab: o -b x; echo $o $OPTARG", "b x\n"],
    ["f() { local v=in; echo $v; }; v=out; f; echo $v", "in\nout\n"],
    ["true; ! true; echo $?; ! false; echo $?", "1\n0\n"],
    ["seq 1 1000 | tail -n 1; seq 5 | head -2 | wc -l", "1000\n2\n"],
    [
      "kill -l 15; test -d /tmp && echo dir; [ 3 -gt 2 -a x = x ] && echo both",
      "TERM\ndir\nboth\n",
    ],
    ["yes | head -3", "y\ny\ny\n"],
    ["echo 'b 2\na 1' | sort -k2 -n | cut -d' ' -f1 | xargs echo", "a b\n"],
    ["mkdir -p /a/b && touch /a/b/c && find /a -type f && rm -r /a && ls /a", "/a/b/c\n"],
    ["set -e; false; echo never", ""],
    ["set -e; if false; then :; fi; false || true; echo reached", "reached\n"],
  ])("%s", async (script, out) => {
    node ??= machine();
    expect((await sh(script)).out).toBe(out);
  });

  it.each([
    ["nope", 127, "sh: nope: not found\n"],
    ["/etc/passwd", 126, "sh: /etc/passwd: Permission denied\n"],
    ["exit 7", 7, ""],
    ["cat /nope", 1, "cat: can't open '/nope': No such file or directory\n"],
    ["rm /nope", 1, "rm: can't remove '/nope': No such file or directory\n"],
    ["ls /nope", 1, "ls: /nope: No such file or directory\n"],
    ["echo x > /no/such", 1, "sh: can't create /no/such: nonexistent directory\n"],
    ["if", 2, 'sh: syntax error: unexpected end of file (expecting "then")\n'],
    ["set -u; echo $nope", 2, "sh: nope: parameter not set\n"],
    ["sleep 9 & kill $!; wait $!; exit $?", 143, ""],
  ])("busybox: %s", async (script, code, err) => {
    node ??= machine();
    expect(await sh(script)).toEqual({ code, err, out: "" });
  });

  it.each([
    ["[[ abc == a* && 3 -lt 10 ]] && echo yes", "yes\n"],
    ["[[ v1.2 =~ ^v([0-9]+) ]] && echo ${BASH_REMATCH[1]}", "1\n"],
    [
      'a=(x y \'z w\'); echo ${#a[@]} ${a[1]} "${a[2]}"; for e in "${a[@]}"; do echo [$e]; done',
      "3 y z w\n[x]\n[y]\n[z w]\n",
    ],
    ["echo {a,b}{1..3} {01..03}", "a1 a2 a3 b1 b2 b3 01 02 03\n"],
    [
      "cat <<< word; x=hello; echo ${x/l/L} ${x//l/L} ${x:1:3} ${x^^}",
      "word\nheLlo heLLo ell HELLO\n",
    ],
    ["for ((i=0; i<3; i++)); do echo -n $i; done; echo; ((5 > 3)) && echo gt", "012\ngt\n"],
    ["f() { :; }; set -o pipefail; false | true; echo $?", "1\n"],
    [
      "for i in `seq 1 2`;do echo '<h1>'$i web page at $(date +%Y) '<h1>' >> /x;done; cat /x",
      "<h1>1 web page at 2026 <h1>\n<h1>2 web page at 2026 <h1>\n",
    ],
  ])("bash: %s", async (script, out) => {
    node ??= machine();
    expect((await sh(script, "centos:7.9.2009")).out).toBe(out);
  });

  it("words errors as bash and GNU tools do", async () => {
    node ??= machine();
    expect(await sh("nope; rm /nope; ls /nope", "debian:12")).toEqual({
      code: 2,
      out: "",
      err:
        "bash: line 1: nope: command not found\n" +
        "rm: cannot remove '/nope': No such file or directory\n" +
        "ls: cannot access '/nope': No such file or directory\n",
    });
  });
});
