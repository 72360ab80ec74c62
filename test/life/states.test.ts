// The states that people know from the STATUS column, each provoked by the manifest that brings it
// about, and each left again by a deletion that does not wait.

import { eventKind, podKind, type Event, type Pod } from "@kubonsai/api";
import { afterAll, beforeAll, describe, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { watchHistory, type History } from "../support/history.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { pod } from "./manifests.ts";

let cluster: TestCluster;
let terminal: Terminal;
let events: History<Event>;
beforeAll(async () => {
  cluster = await startTestCluster({ nodes: 1 });
  terminal = openTerminal(cluster);
  await terminal.run("create namespace shop");
  events = await watchHistory<Event>(cluster, eventKind, "shop");
});
afterAll(async () => {
  events.stop();
  await cluster.stop();
});

const busybox = "image: busybox:1.36";
const never = "restartPolicy: Never";
const lines = (spec: string[], ...container: string[]) => ({ spec, container });

interface Case {
  lines: { spec: string[]; container: string[] };
  /** Each comes up in the STATUS column, in this order. */
  shows: string[];
  /** Of an event: type, reason, message. */
  says?: RegExp;
}

const cases: { [name: string]: Case } = {
  "no-such-tag": {
    lines: lines([], "image: nginx:no-such-tag"),
    shows: ["ContainerCreating", "ErrImagePull", "ImagePullBackOff"],
    says: /^Warning Failed Failed to pull image "nginx:no-such-tag": /,
  },
  "upper-case": {
    lines: lines([], "image: Nginx:UPPER"),
    shows: ["InvalidImageName"],
    says: /^Warning InspectFailed Failed to apply default image tag "Nginx:UPPER": couldn't parse image name "Nginx:UPPER": invalid reference format/,
  },
  "never-pulled": {
    lines: lines([], "image: registry.example/not/here:1", "imagePullPolicy: Never"),
    shows: ["ErrImageNeverPull"],
    says: /^Warning ErrImageNeverPull Container image "registry.example\/not\/here:1" is not present with pull policy of Never$/,
  },
  secretless: {
    lines: lines([], "env: [{name: KEY, valueFrom: {secretKeyRef: {name: absent, key: word}}}]"),
    shows: ["CreateContainerConfigError"],
    says: /^Warning Failed Error: secret "absent" not found$/,
  },
  "no-such-command": {
    lines: lines([], busybox, "command: [/nope]"),
    shows: ["RunContainerError", "CrashLoopBackOff"],
    says: /^Warning Failed Error: .*"\/nope"/,
  },
  crashing: {
    lines: lines([], busybox, "command: ['false']"),
    shows: ["Error", "CrashLoopBackOff"],
    says: /^Warning BackOff Back-off restarting failed container main in pod crashing_shop\(/,
  },
  volumeless: {
    lines: lines(
      ["volumes: [{name: settings, configMap: {name: absent}}]"],
      "volumeMounts: [{name: settings, mountPath: /settings}]",
    ),
    shows: ["ContainerCreating"],
    says: /^Warning FailedMount MountVolume.SetUp failed for volume "settings" : configmap "absent" not found$/,
  },
  done: {
    lines: lines([never], busybox, "command: ['true']"),
    shows: ["Completed"],
  },
  failed: {
    lines: lines([never], busybox, "command: [sh, -c, 'exit 5']"),
    shows: ["Error"],
  },
  "init-failing": {
    lines: lines(["initContainers: [{name: first, image: busybox:1.36, command: ['false']}]"]),
    shows: ["Init:0/1", "Init:Error", "Init:CrashLoopBackOff"],
  },
  "init-working": {
    lines: lines(["initContainers: [{name: first, image: busybox:1.36, command: [sleep, '5']}]"]),
    shows: ["Pending", "Init:0/1", "PodInitializing", "Running"],
  },
};

describe.each(Object.entries(cases))("%s", (name, { lines, shows, says }) => {
  it(`shows ${shows.join(", ")}`, async () => {
    const rows = terminal.follow(
      `get pods -n shop --watch --no-headers --field-selector metadata.name=${name}`,
    );
    await terminal.run("apply -f -", { stdin: pod(name, lines) });
    const column = shows.map((status) => ` ${status} `).join("[^]*");
    await rows.until(new RegExp(column), { stepMs: 50 });
    await rows.stop();
    if (says)
      await events.until(
        ({ object: { involvedObject, type, reason, message } }) =>
          involvedObject.name === name && says.test(`${type} ${reason} ${message}`),
      );
  });

  it("goes when it is deleted", async () => {
    await terminal.run(`delete pod ${name} -n shop --wait=false`);
    const isGone = async () =>
      (await cluster.client.resource<Pod>(podKind).list("shop")).items.length === 0;
    await cluster.clock.advanceUntil(isGone, { limitMs: 5_000 });
  });
});
