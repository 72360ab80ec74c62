// Volumes as files: what they hold, how they change, what cannot be mounted.

import type { Pod, Volume } from "@kubonsai/api";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Directory, Entry, File } from "../src/runtime/file-system/file-system.ts";
import { MemoryFile, MemorySymlink } from "../src/runtime/file-system/memory.ts";
import { containerMounts } from "../src/volumes/container-mounts.ts";
import { MountedVolumes } from "../src/volumes/mounted-volumes.ts";
import { walk } from "../src/volumes/walk.ts";
import { TestNode } from "./support/node.ts";
import { pod } from "./support/pods.ts";

let node: TestNode;
let volumes: MountedVolumes;
beforeEach(() => {
  node = new TestNode();
  volumes = new MountedVolumes(node.context);
  node.configMaps.set("settings", { "a.conf": "alpha", "b.conf": "beta" });
});
afterEach(() => node.stop());

const withVolume = (volume: Omit<Volume, "name">): Pod =>
  pod("a", ({ metadata, spec }) => {
    metadata.labels = { app: "web" };
    spec.volumes = [{ name: "v", ...volume }];
  });
const mount = (volume: Omit<Volume, "name">) => volumes.sync(withVolume(volume), "10.244.1.2");
const text = (entry: Entry | undefined) => Buffer.from((entry as File).read()).toString();
const read = (path: string) => text(walk(volumes.get("v") as Directory, path));
const names = (path = "") => [...(walk(volumes.get("v") as Directory, path) as Directory).names()];

describe("configMap", () => {
  it("is a file a key, behind links that change at once", async () => {
    await mount({ configMap: { name: "settings" } });
    expect(names()).toEqual(["..2026_01_01_00_00_00.000000000", "..data", "a.conf", "b.conf"]);
    expect(read("a.conf")).toBe("alpha");
    const link = (volumes.get("v") as Directory).get("a.conf");
    expect(link).toMatchObject({ kind: "symlink", target: "..data/a.conf" });
    await node.after(5000);
    node.configMaps.set("settings", { "a.conf": "new", "c.conf": "gamma" });
    await mount({ configMap: { name: "settings" } });
    expect(names()).toEqual(["a.conf", "..2026_01_01_00_00_05.000000000", "..data", "c.conf"]);
    expect([read("a.conf"), read("c.conf")]).toEqual(["new", "gamma"]);
  });

  it("takes chosen keys to chosen paths with chosen modes", async () => {
    const items = [{ key: "a.conf", path: "conf.d/main.conf", mode: 0o600 }];
    await mount({ configMap: { name: "settings", items, defaultMode: 0o640 } });
    expect(names("conf.d")).toEqual(["main.conf"]);
    const file = walk(volumes.get("v") as Directory, "conf.d/main.conf") as File;
    expect([text(file), file.meta.mode]).toEqual(["alpha", 0o600]);
  });

  it("may be missing when it is optional", async () => {
    await mount({ configMap: { name: "no", optional: true } });
    expect(names().filter((name) => !name.startsWith(".."))).toEqual([]);
  });

  it.each<[string, Omit<Volume, "name">]>([
    ['configmap "no" not found', { configMap: { name: "no" } }],
    [
      "configmap references non-existent config key: x",
      { configMap: { name: "settings", items: [{ key: "x", path: "x" }] } },
    ],
    ['secret "no" not found', { secret: { secretName: "no" } }],
  ])("cannot be mounted: %s", async (message, volume) => {
    await expect(mount(volume)).rejects.toThrow(message);
  });
});

it("projected brings token, certificate and names together", async () => {
  const fieldRef = { fieldPath: "metadata.labels" };
  await mount({
    projected: {
      sources: [
        { serviceAccountToken: { path: "token" } },
        { configMap: { name: "settings", items: [{ key: "a.conf", path: "ca.crt" }] } },
        { downwardAPI: { items: [{ path: "labels", fieldRef }] } },
      ],
    },
  });
  expect([read("token"), read("ca.crt"), read("labels")]).toEqual(["token", "alpha", 'app="web"']);
});

describe("hostPath", () => {
  it("is a place on the node that outlives pods", async () => {
    await mount({ hostPath: { path: "/tmp/data/html" } });
    (volumes.get("v") as Directory).set("index.html", new MemoryFile(Buffer.from("hi")));
    expect(text(walk(node.runtime.nodeFiles, "/tmp/data/html/index.html"))).toBe("hi");
  });

  it("may be a file, also behind a link", async () => {
    const root = node.runtime.nodeFiles;
    root.set("zone", new MemoryFile(Buffer.from("CST")));
    root.set("localtime", new MemorySymlink("/zone"));
    await mount({ hostPath: { path: "/localtime" } });
    expect(text(volumes.get("v"))).toBe("CST");
  });

  it.each([
    ["Directory", "hostPath type check failed: /none is not a directory"],
    ["File", "hostPath type check failed: /none is not a file"],
    ["Socket", "hostPath type check failed: /none is not a socket file"],
  ] as const)("of type %s must be there", async (type, message) => {
    await expect(mount({ hostPath: { path: "/none", type } })).rejects.toThrow(message);
  });
});

describe("mounts", () => {
  const mounts = (volumeMount: object, environment = new Map<string, string>()) =>
    containerMounts(
      { name: "a", volumeMounts: [{ name: "v", mountPath: "/data", ...volumeMount }] },
      { volumes, environment },
    );

  it("reach below a volume by subPath", async () => {
    await mount({ configMap: { name: "settings" } });
    const [one] = mounts({ subPath: "a.conf", readOnly: true });
    expect([text(one!.source), one!.readOnly, one!.containerPath]).toEqual([
      "alpha",
      true,
      "/data",
    ]);
  });

  it("make a folder that a subPath names", async () => {
    await mount({ emptyDir: {} });
    const [one] = mounts({ subPathExpr: "logs/$(POD)" }, new Map([["POD", "web"]]));
    expect(one!.source.kind).toBe("directory");
    expect(names("logs")).toEqual(["web"]);
  });

  it.each([
    [{ subPath: "../x" }, "failed to create subPath directory"],
    [{ subPathExpr: "$(NO)" }, 'missing value for "NO"'],
    [{ name: "other" }, 'cannot find volume "other" to mount into container "a"'],
  ])("refuse %o: %s", async (volumeMount, message) => {
    await mount({ emptyDir: {} });
    expect(() => mounts(volumeMount)).toThrow(message);
  });
});
