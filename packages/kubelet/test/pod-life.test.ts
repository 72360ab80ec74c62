// Whole lives of pods on a node with a scripted runtime, in virtual time: every change of status and
// every event, as the facts about the real kubelet have them.

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pod } from "./support/pods.ts";
import { TestNode } from "./support/node.ts";

let node: TestNode;
beforeEach(() => (node = new TestNode()));
afterEach(() => node.stop());

const started = (name: string, at: string, image = "nginx:1.25") => [
  `${at} event Normal Pulled spec.containers{${name}}: Container image "${image}" ` +
    "already present on machine and can be accessed by the pod",
  `${at} event Normal Created spec.containers{${name}}: Container created`,
  `${at} event Normal Started spec.containers{${name}}: Container started`,
];

describe("a pod's start", () => {
  it("goes from ContainerCreating over the sandbox to Running", async () => {
    await node.add(pod("a"));
    expect(node.take()).toEqual([
      "0s status Pending ContainerCreating 0/1 restarts=0 -I-",
      "0s status Pending ContainerCreating 0/1 restarts=0 SI-",
      ...started("a", "0s"),
      "0s status Running Running 1/1 restarts=0 SIR",
    ]);
    expect(node.status).toMatchObject({
      phase: "Running",
      hostIP: "172.18.0.2",
      podIP: "10.244.1.2",
      startTime: "2026-01-01T00:00:00Z",
      containerStatuses: [
        {
          name: "a",
          ready: true,
          started: true,
          restartCount: 0,
          containerID: "containerd://a-2",
          image: "docker.io/library/nginx:1.25",
          state: { running: { startedAt: "2026-01-01T00:00:00Z" } },
        },
      ],
    });
  });

  it("runs init containers one after the other", async () => {
    node.runtime.scripts["i"] = { exits: [{ afterMs: 5000, code: 0 }] };
    node.runtime.scripts["j"] = { exits: [{ afterMs: 5000, code: 0 }] };
    await node.add(pod("a | i j"));
    await node.after(20_000);
    expect(node.take().filter((line) => line.includes("status"))).toEqual([
      "0s status Pending Init:0/2 0/1 restarts=0 ---",
      "0s status Pending Init:0/2 0/1 restarts=0 S--",
      "5s status Pending Init:1/2 0/1 restarts=0 S--",
      "10s status Pending PodInitializing 0/1 restarts=0 SI-",
      "10s status Running Running 1/1 restarts=0 SIR",
    ]);
    expect(node.runtime.calls).toEqual(["run web", "create i#0", "create j#0", "create a#0"]);
  });

  it("starts the next container as soon as a sidecar runs", async () => {
    await node.add(pod("a | s*"));
    expect(node.take().filter((line) => line.includes("status"))).toEqual([
      "0s status Pending Init:0/1 0/2 restarts=0 ---",
      "0s status Pending Init:0/1 0/2 restarts=0 S--",
      "0s status Pending PodInitializing 1/2 restarts=0 SI-",
      "0s status Running Running 2/2 restarts=0 SIR",
    ]);
  });

  it("pulls an image that is missing", async () => {
    await node.add(pod("a", ({ spec }) => (spec.containers[0]!.image = "redis:7")));
    await node.after(2000);
    expect(node.take().filter((line) => line.includes("Pull"))).toEqual([
      '0s event Normal Pulling spec.containers{a}: Pulling image "redis:7"',
      '1.5s event Normal Pulled spec.containers{a}: Successfully pulled image "redis:7" in 1.5s ' +
        "(1.5s including waiting). Image size: 72000000 bytes.",
    ]);
  });

  it("alternates between ErrImagePull and ImagePullBackOff", async () => {
    node.runtime.pullError = "not found";
    node.runtime.pullMs = 1000;
    await node.add(pod("a", ({ spec }) => (spec.containers[0]!.image = "redis:7")));
    await node.after(25_000);
    expect(node.take().filter((line) => !line.includes("ContainerCreating"))).toEqual([
      '0s event Normal Pulling spec.containers{a}: Pulling image "redis:7"',
      '1s event Warning Failed spec.containers{a}: Failed to pull image "redis:7": not found',
      "1s event Warning Failed spec.containers{a}: Error: ErrImagePull",
      "1s status Pending ErrImagePull 0/1 restarts=0 SI-",
      '1s event Normal BackOff spec.containers{a}: Back-off pulling image "redis:7"',
      "1s event Warning Failed spec.containers{a}: Error: ImagePullBackOff",
      "11s status Pending ImagePullBackOff 0/1 restarts=0 SI-",
      '11s event Normal Pulling spec.containers{a}: Pulling image "redis:7"',
      '12s event Warning Failed spec.containers{a}: Failed to pull image "redis:7": not found',
      "12s event Warning Failed spec.containers{a}: Error: ErrImagePull",
      "22s status Pending ErrImagePull 0/1 restarts=0 SI-",
      '22s event Normal BackOff spec.containers{a}: Back-off pulling image "redis:7"',
      "22s event Warning Failed spec.containers{a}: Error: ImagePullBackOff",
    ]);
    expect(node.status.containerStatuses?.[0]?.restartCount).toBe(0);
  });

  it.each([
    ["Nginx:1", "IfNotPresent", "InvalidImageName"],
    ["redis:7", "Never", "ErrImageNeverPull"],
  ] as const)("refuses image %s with policy %s: %s", async (image, policy, reason) => {
    await node.add(
      pod("a", ({ spec }) => {
        spec.containers[0]!.image = image;
        spec.containers[0]!.imagePullPolicy = policy;
      }),
    );
    await node.after(1000);
    expect(node.status.containerStatuses?.[0]?.state?.waiting?.reason).toBe(reason);
    expect(node.take()).toContain(`0s event Warning Failed spec.containers{a}: Error: ${reason}`);
  });

  it("waits for a missing ConfigMap and heals", async () => {
    await node.add(
      pod("a", ({ spec }) => (spec.volumes = [{ name: "v", configMap: { name: "settings" } }])),
    );
    await node.after(1000);
    const failed =
      'event Warning FailedMount MountVolume.SetUp failed for volume "v" : ' +
      'configmap "settings" not found';
    expect(node.take()).toEqual([
      "0s status Pending ContainerCreating 0/1 restarts=0 -I-",
      `0s ${failed}`,
      `0.5s ${failed}`,
    ]);
    node.configMaps.set("settings", { a: "b" });
    await node.after(1000);
    expect(node.status.phase).toBe("Running");
  });

  it("says which key of which ConfigMap an environment lacks", async () => {
    node.configMaps.set("settings", { a: "b" });
    await node.add(
      pod("a", ({ spec }) => {
        const configMapKeyRef = { name: "settings", key: "c" };
        spec.containers[0]!.env = [{ name: "X", valueFrom: { configMapKeyRef } }];
      }),
    );
    expect(node.status.containerStatuses?.[0]?.state).toEqual({
      waiting: {
        reason: "CreateContainerConfigError",
        message: "couldn't find key c in ConfigMap default/settings",
      },
    });
    node.configMaps.set("settings", { c: "d" });
    await node.after(10_000);
    expect(node.status.phase).toBe("Running");
    expect(node.runtime.configs.at(-1)?.env).toContainEqual({ name: "X", value: "d" });
  });

  it("is refused by a node that has not enough", async () => {
    await node.add(
      pod("a", ({ spec }) => (spec.containers[0]!.resources = { requests: { cpu: "9" } })),
    );
    const why = "Node didn't have enough resource: cpu, requested: 9000, used: 0, capacity: 8000";
    expect(node.take()).toEqual([
      `0s event Warning OutOfcpu ${why}`,
      "0s status Failed OutOfcpu 0/1 restarts=0 ---",
    ]);
    expect(node.status).toMatchObject({ reason: "OutOfcpu", message: `Pod was rejected: ${why}` });
  });
});

describe("a container's end", () => {
  it("is followed by a restart at once, then by CrashLoopBackOff", async () => {
    node.runtime.scripts["a"] = { exits: [{ afterMs: 1000, code: 1 }] };
    await node.add(pod("a"));
    node.take();
    await node.after(16_000);
    expect(node.take().filter((line) => !/Pulled|Created/.test(line))).toEqual([
      "1s status Running Error 0/1 restarts=0 SI-",
      "1s event Normal Started spec.containers{a}: Container started",
      "1s status Running Running 1/1 restarts=1 SIR",
      "2s status Running Error 0/1 restarts=1 SI-",
      "2s event Warning BackOff spec.containers{a}: Back-off restarting failed container a in pod " +
        "web_default(11111111-2222-4333-8444-555555555555)",
      "3s status Running CrashLoopBackOff 0/1 restarts=1 SI-",
      "3s event Warning BackOff spec.containers{a}: Back-off restarting failed container a in pod " +
        "web_default(11111111-2222-4333-8444-555555555555)",
      "12s event Normal Started spec.containers{a}: Container started",
      "12s status Running Running 1/1 restarts=2 SIR",
      "13s status Running Error 0/1 restarts=2 SI-",
      expect.stringContaining("13s event Warning BackOff"),
      "14s status Running CrashLoopBackOff 0/1 restarts=2 SI-",
      expect.stringContaining("14s event Warning BackOff"),
    ]);
    expect(node.status.containerStatuses?.[0]).toMatchObject({
      state: {
        waiting: {
          reason: "CrashLoopBackOff",
          message:
            "back-off 20s restarting failed container=a " +
            "pod=web_default(11111111-2222-4333-8444-555555555555)",
        },
      },
      lastState: { terminated: { exitCode: 1, reason: "Error" } },
    });
  });

  it.each([
    ["a !Never", 0, "Succeeded Completed"],
    ["a !Never", 3, "Failed Error"],
    ["a !OnFailure", 0, "Succeeded Completed"],
  ])("ends the pod %s with code %i: %s", async (spec, code, expected) => {
    node.runtime.scripts["a"] = { exits: [{ afterMs: 1000, code }], terminationMessage: "bye" };
    await node.add(pod(spec));
    await node.after(5000);
    expect(node.take().at(-1)).toMatch(`1s status ${expected} 0/1 restarts=0 -I-`);
    expect(node.status.containerStatuses?.[0]?.state?.terminated?.message).toBe("bye");
    expect(node.runtime.calls).toContain("stop sandbox");
  });

  it("ends the pod when an init container fails for good", async () => {
    node.runtime.scripts["i"] = { exits: [{ afterMs: 1000, code: 1 }] };
    await node.add(pod("a | i !Never"));
    await node.after(5000);
    expect(node.status.phase).toBe("Failed");
    expect(node.runtime.calls).not.toContain("create a#0");
  });

  it("reads the log for the message when asked to", async () => {
    node.runtime.scripts["a"] = { exits: [{ afterMs: 1000, code: 2 }] };
    await node.add(
      pod("a !Never", ({ spec }) => {
        spec.containers[0]!.terminationMessagePolicy = "FallbackToLogsOnError";
      }),
    );
    await node.after(2000);
    expect(node.status.containerStatuses?.[0]?.state?.terminated?.message).toBe("last words\n");
  });

  it("shows a failed start as RunContainerError with the runtime's words", async () => {
    node.runtime.scripts["a"] = { failsStart: 'exec: "/nope": no such file' };
    await node.add(pod("a"));
    await node.after(500);
    expect(node.status.containerStatuses?.[0]).toMatchObject({
      lastState: {
        terminated: { exitCode: 128, reason: "StartError", startedAt: "1970-01-01T00:00:00Z" },
      },
    });
    expect(node.take()).toContain(
      '0s event Warning Failed spec.containers{a}: Error: exec: "/nope": no such file',
    );
  });

  it("comes with the deadline", async () => {
    await node.add(pod("a", ({ spec }) => (spec.activeDeadlineSeconds = 60)));
    await node.after(70_000);
    expect(node.status).toMatchObject({ phase: "Failed", reason: "DeadlineExceeded" });
    expect(node.take()).toContain(
      "60s event Normal DeadlineExceeded " +
        "Pod was active on the node longer than the specified deadline",
    );
  });
});

describe("a pod's deletion", () => {
  it("stops containers and says for good how they ended", async () => {
    await node.add(pod("a"));
    node.take();
    await node.after(5000);
    await node.delete(30);
    expect(node.take()).toEqual([
      "5s deleted",
      "5s event Normal Killing spec.containers{a}: Stopping container a",
      "5s status Failed Error 0/1 restarts=0 -I-",
    ]);
    expect(node.runtime.calls.slice(-2)).toEqual(["stop a 30", "stop sandbox"]);
    expect(node.status.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(143);
  });

  it("kills what does not listen when the grace is over", async () => {
    node.runtime.scripts["a"] = { ignoresStop: true };
    await node.add(pod("a"));
    await node.delete(30);
    await node.after(29_000);
    expect(node.status.phase).toBe("Running");
    await node.after(1000);
    expect(node.status.containerStatuses?.[0]?.state?.terminated?.exitCode).toBe(137);
  });

  it("is shortened by another with less grace", async () => {
    node.runtime.scripts["a"] = { ignoresStop: true };
    await node.add(pod("a"));
    await node.delete(60);
    await node.after(10_000);
    await node.delete(5);
    await node.after(4_900);
    expect(node.status.phase).toBe("Running");
    await node.after(100);
    expect(node.status.phase).toBe("Failed");
  });

  it("takes preStop's time out of the grace, and leaves 2 s at least", async () => {
    node.runtime.commands["sleep 10000"] = { code: 0, afterMs: 10_000_000 };
    node.runtime.scripts["a"] = { ignoresStop: true };
    await node.add(
      pod("a", ({ spec }) => {
        spec.containers[0]!.lifecycle = { preStop: { exec: { command: ["sleep", "10000"] } } };
      }),
    );
    await node.delete(60);
    await node.after(61_900);
    expect(node.runtime.calls.at(-1)).toBe("stop a 2");
    expect(node.status.phase).toBe("Running");
    await node.after(100);
    expect(node.status.phase).toBe("Failed");
  });

  it("stops sidecars after all others, the last first", async () => {
    for (const name of ["a", "s", "t"]) node.runtime.scripts[name] = { stopsAfterMs: 3000 };
    await node.add(pod("a | s* t*"));
    await node.delete(30);
    await node.after(20_000);
    const stops = node.runtime.calls.filter((call) => call.startsWith("stop"));
    expect(stops).toEqual(["stop a 30", "stop t 27", "stop s 24", "stop sandbox"]);
    expect(node.status.phase).toBe("Failed");
  });

  it("does not restart a container in back-off", async () => {
    node.runtime.scripts["a"] = { exits: [{ afterMs: 100, code: 1 }] };
    await node.add(pod("a"));
    await node.after(5000);
    const creations = () => node.runtime.calls.filter((call) => call.startsWith("create")).length;
    const before = creations();
    await node.delete(30);
    await node.after(60_000);
    expect(creations()).toBe(before);
    expect(node.status.phase).toBe("Failed");
  });
});

describe("a pod that is changed", () => {
  it("gets an ephemeral container beside those that run", async () => {
    const made = pod("a");
    await node.add(made);
    node.take();
    const debugger_ = { name: "debug", image: "nginx:1.25", imagePullPolicy: "Never" as const };
    await node.update({
      ...made,
      metadata: { ...made.metadata, generation: 2 },
      spec: { ...made.spec, ephemeralContainers: [debugger_] },
    });
    expect(node.take()).toContain(
      "0s event Normal Started spec.ephemeralContainers{debug}: Container started",
    );
    expect(node.status.ephemeralContainerStatuses?.[0]?.state).toHaveProperty("running");
    node.runtime.exit("debug", 0);
    await node.after(60_000);
    expect(node.status.ephemeralContainerStatuses?.[0]?.state).toHaveProperty("terminated");
    expect(node.status).toMatchObject({ phase: "Running", observedGeneration: 2 });
  });

  it("restarts a container whose image is another", async () => {
    const made = pod("a");
    await node.add(made);
    node.runtime.present.add("nginx:1.26");
    const containers = [{ ...made.spec.containers[0]!, image: "nginx:1.26" }];
    await node.update({
      ...made,
      metadata: { ...made.metadata, generation: 2 },
      spec: { ...made.spec, containers },
    });
    expect(node.take()).toContain(
      "0s event Normal Killing spec.containers{a}: Container a definition changed, will be restarted",
    );
    expect(node.runtime.configs.at(-1)).toMatchObject({ image: "nginx:1.26", attempt: 1 });
  });

  it("is Ready when its readiness gate says so", async () => {
    const gated = pod("a", ({ spec }) => (spec.readinessGates = [{ conditionType: "lb" }]));
    await node.add(gated);
    expect(node.take().at(-1)).toContain("Running Running 1/1 restarts=0 SI-");
    const conditions = [{ type: "lb", status: "True" }];
    await node.update({ ...gated, status: { ...node.status, conditions } });
    expect(node.take().at(-1)).toContain("Running Running 1/1 restarts=0 SIR");
    expect(node.status.conditions?.map(({ type }) => type)[0]).toBe("lb");
  });
});

describe("a kubelet that comes back", () => {
  it("finds its containers gone and starts them again", async () => {
    const before = pod("a", (made) => {
      made.status = {
        phase: "Running",
        startTime: "2025-12-31T23:00:00Z",
        podIP: "10.244.1.9",
        conditions: [{ type: "Initialized", status: "True" }],
        containerStatuses: [
          {
            name: "a",
            image: "docker.io/library/nginx:1.25",
            imageID: "x",
            containerID: "containerd://old",
            ready: true,
            started: true,
            restartCount: 2,
            state: { running: { startedAt: "2025-12-31T23:00:00Z" } },
          },
        ],
      };
    });
    await node.add(before);
    expect(node.take().filter((line) => !/Pulled|Created/.test(line))).toEqual([
      "0s status Running Unknown 0/1 restarts=2 -I-",
      "0s event Normal SandboxChanged Pod sandbox changed, it will be killed and re-created.",
      "0s status Running Unknown 0/1 restarts=2 SI-",
      "0s event Normal Started spec.containers{a}: Container started",
      "0s status Running Running 1/1 restarts=3 SIR",
    ]);
    expect(node.status.containerStatuses?.[0]?.lastState?.terminated).toMatchObject({
      exitCode: 255,
      reason: "Unknown",
      containerID: "containerd://old",
    });
    expect(node.status.podIP).toBe("10.244.1.2");
  });
});
