// tar and the checksums: what is packed comes out again, whoever packed it.

import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { padding, writeHeader, type Member } from "../../src/runtime/applets/tar/header.ts";
import { machine, type Machine } from "./machine.ts";

let here: Machine;
let busybox: string;
let debian: string;

beforeAll(async () => {
  here = machine();
  const sandbox = await here.sandbox();
  const command = ["sleep", "100000"];
  busybox = await here.start(sandbox, "busybox", { command });
  debian = await here.start(sandbox, "debian", { command });
});

const sh = (script: string, container = busybox) => here.run(container, ["sh", "-c", script]);

describe.each([
  ["busybox", () => busybox],
  ["debian", () => debian],
])("tar of %s", (_name, container) => {
  it("keeps content, modes, times and links", async () => {
    const { out, err, code } = await sh(
      `mkdir -p /a/b && echo one > /a/one && echo two > /a/b/two && chmod 750 /a/b/two &&
       ln -s one /a/link && touch -d "2020-01-02 03:04:05" /a/one &&
       cd / && tar cf /x.tar a && mkdir /out && tar -xf /x.tar -C /out && cd /out/a &&
       cat one b/two link && stat -c "%a %Y" one && stat -c %a b/two && readlink link`,
      container(),
    );
    expect(err).toBe("");
    expect(out).toBe("one\ntwo\none\n644 1577934245\n750\none\n");
    expect(code).toBe(0);
  });

  it("lists, picks out and packs tightly", async () => {
    const { out, err } = await sh(
      `cd / && tar tf /x.tar && tar czf /x.tgz a && tar xzOf /x.tgz a/b/two &&
       mkdir /some && tar -xf /x.tar -C /some a/b && find /some -type f`,
      container(),
    );
    expect(err).toBe("");
    expect(out).toBe("a/\na/b/\na/b/two\na/link\na/one\ntwo\n/some/a/b/two\n");
  });
});

describe("an archive from elsewhere", () => {
  const plain = { mode: 0o644, uid: 0, gid: 0, modifiedMs: 0, target: "" };
  const file = (name: string, text: string, more: Partial<Member> = {}) => {
    const size = text.length;
    const header = writeHeader({ ...plain, kind: "file", name, size, ...more });
    return Buffer.concat([header, Buffer.from(text), padding(size)]);
  };
  const packed = (archive: Buffer) => `echo ${archive.toString("base64")} | base64 -d | tar -x`;

  it("never leaves the folder that it is unpacked in", async () => {
    const archive = Buffer.concat([file("../../up", "up"), file("/etc/over", "over")]);
    await sh(`mkdir -p /in/side && cd /in/side && ${packed(archive)}f -`);
    const { out } = await sh("cd /in/side && find . -type f | sort; ls /up /etc/over 2>&1");
    expect(out).toContain("./etc/over\n./up\n");
    expect(out).toContain("No such file");
  });

  it("may be compressed, unfinished or none", async () => {
    const archive = file("ok", "fine");
    const { out } = await sh(`cd /tmp && ${packed(gzipSync(archive))}f - && cat ok`);
    expect(out).toBe("fine");
    const none = await sh("yes | head -c 2000 | tar -xf -");
    expect(none).toMatchObject({ code: 1, err: "tar: invalid tar magic\n" });
    const cut = await sh(`cd /tmp && ${packed(file("cut", "x".repeat(900)).subarray(0, 700))}f -`);
    expect(cut.code).toBe(1);
  });
});

describe("checksums", () => {
  it("are those of the bytes, and can be checked", async () => {
    const { out } = await sh(
      "cd /tmp && printf abc > abc && md5sum abc && sha256sum < abc && md5sum abc > sums && md5sum -c sums",
    );
    expect(out).toBe(
      "900150983cd24fb0d6963f7d28e17f72  abc\n" +
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -\n" +
        "abc: OK\n",
    );
    const { err, code } = await sh("cd /tmp && printf x >> abc && md5sum -c sums");
    expect(err).toBe("md5sum: WARNING: 1 computed checksums did NOT match\n");
    expect(code).toBe(1);
  });
});
