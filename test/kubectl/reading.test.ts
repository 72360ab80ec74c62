// What kubectl prints of objects that are already there: get in every form, describe, explain, events.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { pod, webDeployment, webService } from "./manifests.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
  const { run, wait } = openTerminal(cluster);
  await run("apply -f -", { stdin: webDeployment({ replicas: 2 }) });
  await run("apply -f -", { stdin: webService });
  await run("apply -f -", { stdin: pod("lone") });
  await wait("wait --for=condition=Ready pod/lone");
  await wait("rollout status deployment web");
  await cluster.clock.advance(5000);
});

afterAll(() => cluster?.stop());

describe.each(["1.36", "1.32"] as const)("kubectl %s", (version) => {
  let terminal: Terminal;
  const run = (command: string) => terminal.run(command);
  const pods = async () => (await run("get pods -l app=web -o name")).trim().split("\n");

  beforeAll(() => {
    terminal = openTerminal(cluster, version);
  });

  describe("get", () => {
    it("shows a table", async () => {
      expect(columns(await run("get pods lone"))).toEqual([
        "NAME READY STATUS RESTARTS AGE",
        expect.stringMatching(/^lone 1\/1 Running 0 \d+s$/),
      ]);
      expect(columns(await run("get deployments,rs -l app=web"))).toEqual([
        "NAME READY UP-TO-DATE AVAILABLE AGE",
        expect.stringMatching(/^deployment.apps\/web 2\/2 2 2 \d+s$/),
        "",
        "NAME DESIRED CURRENT READY AGE",
        expect.stringMatching(/^replicaset.apps\/web-[a-z0-9]+ 2 2 2 \d+s$/),
      ]);
    });

    it("shows more with -o wide", async () => {
      expect(columns(await run("get pod lone -o wide"))).toEqual([
        "NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES",
        expect.stringMatching(/^lone 1\/1 Running 0 \d+s 10\.244\.\d\.\d+ node-\d <none> <none>$/),
      ]);
      expect(columns(await run("get deploy web -o wide"))).toEqual([
        "NAME READY UP-TO-DATE AVAILABLE AGE CONTAINERS IMAGES SELECTOR",
        expect.stringMatching(/^web 2\/2 2 2 \d+s nginx nginx:1\.20\.0 app=web$/),
      ]);
      expect(columns(await run("get service web -o wide"))).toEqual([
        "NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE SELECTOR",
        expect.stringMatching(/^web NodePort 10\.96\.\d+\.\d+ <none> 81:30081\/TCP \d+s app=web$/),
      ]);
      expect(columns(await run("get nodes -o wide"))[0]).toBe(
        "NAME STATUS ROLES AGE VERSION INTERNAL-IP EXTERNAL-IP OS-IMAGE KERNEL-VERSION " +
          "CONTAINER-RUNTIME",
      );
    });

    it("shows every namespace with -A, and whatever is in `all`", async () => {
      expect(columns(await run("get pods -A"))[0]).toBe("NAMESPACE NAME READY STATUS RESTARTS AGE");
      const names = (await run("get all -o name")).trim().split("\n");
      expect(names.map((name) => name.replace(/web-.*/, "web-"))).toEqual([
        "pod/lone",
        "pod/web-",
        "pod/web-",
        "service/kubernetes",
        "service/web",
        "deployment.apps/web",
        "replicaset.apps/web-",
      ]);
    });

    it("writes YAML in the order of a person's reading, nulls where Kubernetes has them", async () => {
      const yaml = await run("get pod lone -o yaml");
      expect(yaml).toMatch(/^apiVersion: v1\nkind: Pod\nmetadata:\n/);
      expect(yaml).toMatch(/\n  - lastProbeTime: null\n    lastTransitionTime: "2026-06-01T08:00:/);
      expect(yaml).not.toContain("managedFields");
      expect(yaml).toContain("\n    lastState: {}\n");
      expect(yaml).toContain("\n  qosClass: BestEffort\n");
      expect(await run("get pod lone -o yaml --show-managed-fields")).toContain(
        "manager: kubectl-client-side-apply",
      );
    });

    it("writes JSON", async () => {
      const lone = JSON.parse(await run("get pod lone -o json"));
      expect(lone).toMatchObject({ kind: "Pod", status: { phase: "Running" } });
      const list = JSON.parse(await run("get pods -o json"));
      expect(list).toMatchObject({ apiVersion: "v1", kind: "List", items: [{}, {}, {}] });
    });

    it("picks with jsonpath, custom columns, go templates, labels and fields", async () => {
      expect(
        await run("get deploy web -o jsonpath='{.spec.replicas} {.status.readyReplicas}'"),
      ).toBe("2 2");
      expect(
        columns(
          await run("get pods -l app=web -o custom-columns=A:.metadata.labels.app,P:.status.phase"),
        ),
      ).toEqual(["A P", "web Running", "web Running"]);
      expect(await run("get pod lone -o go-template='{{.metadata.name}}'")).toBe("lone");
      expect(await run("get pods -l app!=web -o name")).toBe("pod/lone\n");
      expect(await run("get pods -l 'app in (web,x),pod-template-hash' -o name")).toMatch(
        /^pod\/web-\S+\npod\/web-\S+\n$/,
      );
      expect(await run("get pods --field-selector metadata.name=lone -o name")).toBe("pod/lone\n");
      expect(columns(await run("get pods -l app=web -L app --no-headers"))[0]).toMatch(/ web$/);
      const shown = columns(await run("get pod lone --show-labels"))[1];
      expect(shown).toMatch(/ run=lone$/);
      const byName = await run("get pods --sort-by=.metadata.creationTimestamp -o name");
      expect(byName.trim().split("\n")).toHaveLength(3);
    });

    it("reads parts of an object", async () => {
      expect(columns(await run("get deploy web --subresource=scale"))).toEqual([
        "NAME DESIRED AVAILABLE AGE",
        expect.stringMatching(/^web 2 2 \d+s$/),
      ]);
      expect(columns(await run("get deploy web --subresource=status"))[0]).toBe(
        "NAME READY UP-TO-DATE AVAILABLE AGE",
      );
    });

    it("reads in portions", async () => {
      expect(columns(await run("get pods --chunk-size=1 --no-headers"))).toHaveLength(3);
    });

    it("answers raw paths with JSON that ends its line", async () => {
      const raw = await run("get --raw /api/v1/namespaces/default/services/web");
      expect(raw).toMatch(/^\{"kind":"Service","apiVersion":"v1","metadata":\{.*\}\n$/);
      expect(await run("get --raw /readyz")).toBe("ok");
    });
  });

  describe("describe", () => {
    it("tells of a pod", async () => {
      const text = await run("describe pod lone");
      expect(columns(text)).toEqual(
        expect.arrayContaining([
          "Name: lone",
          "Namespace: default",
          "Priority: 0",
          "Service Account: default",
          expect.stringMatching(/^Node: node-\d\/172\.18\.0\.\d$/),
          "Start Time: Mon, 01 Jun 2026 08:00:00 +0000",
          "Labels: run=lone",
          "Status: Running",
          "Image: nginx:1.20.0",
          "State: Running",
          "Restart Count: 0",
          "PodReadyToStartContainers True",
          "QoS Class: BestEffort",
          "Tolerations: node.kubernetes.io/not-ready:NoExecute op=Exists for 300s",
          "Type: Projected (a volume that contains injected data from multiple sources)",
        ]),
      );
      const events = columns(text.slice(text.indexOf("\nEvents:")));
      expect(events.slice(2, 4)).toEqual([
        "Type Reason Age From Message",
        "---- ------ ---- ---- -------",
      ]);
      const told = events
        .slice(4)
        .map((line) => line.replace(/ (<invalid>|\S+) default| \S+ kubelet/, ""));
      expect(told.join("\n")).toContain("Successfully assigned default/lone to node-");
      expect(text).toMatch(/ Pulled .* Successfully pulled image "nginx:1\.20\.0" in \d+ms/);
      expect(text).toMatch(/Container created\n/);
      expect(text).toMatch(/Container started\n/);
    });

    it("tells of a node", async () => {
      const text = await run("describe node node-1");
      expect(columns(text)).toEqual(
        expect.arrayContaining([
          "Name: node-1",
          "Taints: <none>",
          "Unschedulable: false",
          "HolderIdentity: node-1",
          "InternalIP: 172.18.0.2",
          "Container Runtime Version: containerd://2.2.1",
          expect.stringMatching(/^Ready True .* KubeletReady kubelet is posting ready status$/),
          "PodCIDR: 10.244.1.0/24",
          "cpu 0 (0%) 0 (0%)",
        ]),
      );
      expect(text).toMatch(/Non-terminated Pods:\s+\(\d in total\)/);
      expect(text).toContain("Node node-1 status is now: NodeReady");
      expect(text).toContain("Node node-1 event: Registered Node node-1 in Controller");
    });

    it("tells of a deployment and its replica set", async () => {
      const text = await run("describe deployment web");
      expect(columns(text)).toEqual(
        expect.arrayContaining([
          "Annotations: deployment.kubernetes.io/revision: 1",
          "Replicas: 2 desired | 2 updated | 2 total | 2 available | 0 unavailable",
          "StrategyType: RollingUpdate",
          "RollingUpdateStrategy: 25% max unavailable, 25% max surge",
          "Available True MinimumReplicasAvailable",
          "Progressing True NewReplicaSetAvailable",
          "OldReplicaSets: <none>",
          expect.stringMatching(/^NewReplicaSet: web-\S+ \(2\/2 replicas created\)$/),
        ]),
      );
      expect(text).toMatch(/ScalingReplicaSet .* Scaled up replica set web-\S+ from 0 to 2\n/);
      expect(columns(await run("describe rs"))).toContain(
        "Pods Status: 2 Running / 0 Waiting / 0 Succeeded / 0 Failed",
      );
    });

    it("tells of a service, its endpoints and a namespace", async () => {
      const text = columns(await run("describe service web"));
      expect(text).toEqual(
        expect.arrayContaining([
          "Selector: app=web",
          "Type: NodePort",
          "IP Family Policy: SingleStack",
          "Port: http 81/TCP",
          "TargetPort: 80/TCP",
          "NodePort: http 30081/TCP",
          expect.stringMatching(/^Endpoints: 10\.244\.\d\.\d+:80,10\.244\.\d\.\d+:80$/),
          "Session Affinity: None",
          "External Traffic Policy: Cluster",
          "Internal Traffic Policy: Cluster",
          "Events: <none>",
        ]),
      );
      expect(
        columns(await run("describe endpointslices -l kubernetes.io/service-name=web")),
      ).toEqual(expect.arrayContaining(["AddressType: IPv4", "http 80 TCP", "Ready: true"]));
      expect(columns(await run("describe namespace default")).slice(0, 4)).toEqual([
        "Name: default",
        "Labels: kubernetes.io/metadata.name=default",
        "Annotations: <none>",
        "Status: Active",
      ]);
    });
  });

  describe("the API itself", () => {
    it("explains a field", async () => {
      const text = await run("explain pod.spec.containers.livenessProbe");
      expect(text).toMatch(/^KIND: +Pod\nVERSION: +v1\n\nFIELD: livenessProbe <Probe>\n/);
      expect(text).toContain("  httpGet\t<HTTPGetAction>\n");
      const whole = await run("explain pod.spec.containers.livenessProbe --recursive");
      expect(whole).toContain("  httpGet\t<HTTPGetAction>\n    host\t<string>\n");
      expect(whole).toContain("    port\t<IntOrString> -required-\n");
      expect(await run("explain deployment.spec.strategy.type")).toMatch(
        /^GROUP: +apps\nKIND: +Deployment\nVERSION: +v1\n\nFIELD: type <string>\nENUM:\n    Recreate\n    RollingUpdate\n/,
      );
    });

    it("lists resources and versions", async () => {
      const resources = columns(await run("api-resources"));
      expect(resources).toEqual(
        expect.arrayContaining([
          "NAME SHORTNAMES APIVERSION NAMESPACED KIND",
          "pods po v1 true Pod",
          "nodes no v1 false Node",
          "deployments deploy apps/v1 true Deployment",
          "events ev events.k8s.io/v1 true Event",
        ]),
      );
      expect((await run("api-resources --categories=all -o name")).trim().split("\n")).toEqual(
        expect.arrayContaining(["pods", "services", "deployments.apps", "replicasets.apps"]),
      );
      expect((await run("api-versions")).trim().split("\n")).toEqual(
        expect.arrayContaining(["apps/v1", "coordination.k8s.io/v1", "discovery.k8s.io/v1", "v1"]),
      );
    });

    it("tells where and which the server is", async () => {
      const info = (await run("cluster-info")).replace(/\x1b\[[\d;]*m/g, "");
      expect(info).toContain(`Kubernetes control plane is running at ${cluster.server}\n`);
      expect(JSON.parse(await run("get --raw /version"))).toMatchObject({
        major: "1",
        minor: "36",
      });
    });
  });

  describe("events", () => {
    it("are listed, sorted and filtered", async () => {
      const all = columns(await run("get events --sort-by=.metadata.creationTimestamp"));
      expect(all[0]).toBe("LAST SEEN TYPE REASON OBJECT MESSAGE");
      expect(all[1]).toMatch(/^\d+s Normal \w+ node\/node-\d /);
      const [first] = await pods();
      const ofPod = columns(
        await run(
          `get events --field-selector involvedObject.name=${first!.slice(4)} --no-headers`,
        ),
      );
      expect(ofPod.map((line) => line.split(" ")[2]).sort()).toEqual(
        ["Created", "Pulled", "Pulling", "Scheduled", "Started"].filter((reason) =>
          ofPod.some((line) => line.includes(` ${reason} `)),
        ),
      );
      expect(ofPod.join("\n")).toMatch(/ Scheduled /);
    });

    it("of one object with --for, by `kubectl events`", async () => {
      const told = columns(await run("events --for pod/lone --no-headers"));
      expect(told.map((line) => /Normal (\w+) Pod\/lone/.exec(line)?.[1]).sort()).toEqual(
        expect.arrayContaining(["Created", "Pulled", "Scheduled", "Started"]),
      );
    });

    it("have the times that Kubernetes gives them", async () => {
      const path = "{.items[0]}";
      const created = JSON.parse(
        await run(
          `get events --field-selector involvedObject.name=lone,reason=Created -o jsonpath=${path}`,
        ),
      );
      expect(created).toMatchObject({ eventTime: null, count: 1, reportingComponent: "kubelet" });
      const scheduled = JSON.parse(
        await run(
          `get events --field-selector involvedObject.name=lone,reason=Scheduled -o jsonpath=${path}`,
        ),
      );
      expect(scheduled).toMatchObject({
        firstTimestamp: null,
        lastTimestamp: null,
        reportingComponent: "default-scheduler",
        source: {},
      });
    });
  });
});

/** Lines with one blank between columns. */
const columns = (text: string) =>
  text
    .replace(/\n+$/, "")
    .split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "));
