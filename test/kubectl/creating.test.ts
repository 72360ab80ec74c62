// What kubectl makes by itself, without a manifest. From 1.32 on it sends protobuf.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});

afterAll(() => cluster?.stop());

describe.each(["1.36", "1.32"] as const)("kubectl %s", (version) => {
  const namespace = `of-${version.replace(".", "-")}`;
  let terminal: Terminal;
  const run = (command: string) => terminal.run(`${command} -n ${namespace}`);
  const read = async (what: string) => JSON.parse(await run(`get ${what} -o json`));

  beforeAll(async () => {
    terminal = openTerminal(cluster, version);
    expect(await terminal.run(`create namespace ${namespace}`)).toBe(
      `namespace/${namespace} created\n`,
    );
    await cluster.clock.advance(1000);
  });

  it("creates config maps", async () => {
    expect(
      await run("create configmap settings --from-literal=color=blue --from-literal=size="),
    ).toBe("configmap/settings created\n");
    expect((await read("configmap settings")).data).toEqual({ color: "blue", size: "" });
    expect(await run("describe configmap settings")).toContain(
      "\nData\n====\ncolor:\n----\nblue\n",
    );
  });

  it("creates secrets, and keeps them from being read over a shoulder", async () => {
    expect(await run("create secret generic login --from-literal=password=hunter2")).toBe(
      "secret/login created\n",
    );
    expect(await read("secret login")).toMatchObject({
      type: "Opaque",
      data: { password: "aHVudGVyMg==" },
    });
    expect(await run("describe secret login")).toContain("password:  7 bytes\n");
    await run(
      "create secret docker-registry pull --docker-server=r.test --docker-username=u --docker-password=p",
    );
    expect((await read("secret pull")).type).toBe("kubernetes.io/dockerconfigjson");
    expect(await run("get secret login --no-headers")).toMatch(/^login +Opaque +1 +0s\n$/);
  });

  it("creates deployments that run", async () => {
    expect(await run("create deployment web --image=nginx:1.20.0 --replicas=2 --port=80")).toBe(
      "deployment.apps/web created\n",
    );
    expect(await terminal.wait(`rollout status deployment web -n ${namespace}`)).toMatch(
      /deployment "web" successfully rolled out\n$/,
    );
    const { spec } = await read("deployment web");
    expect(spec).toMatchObject({
      replicas: 2,
      selector: { matchLabels: { app: "web" } },
      strategy: { type: "RollingUpdate" },
      template: { spec: { containers: [{ name: "nginx", ports: [{ containerPort: 80 }] }] } },
    });
    const sleeper = "create deployment sleeper --image=busybox";
    expect(await run(`${sleeper} --dry-run=client -o yaml`)).toContain("\n        name: busybox\n");
    expect(await run(`${sleeper} --dry-run=server`)).toBe(
      "deployment.apps/sleeper created (server dry run)\n",
    );
    expect(await run("get deploy -o name")).toBe("deployment.apps/web\n");
  });

  it("creates services of each type", async () => {
    expect(await run("create service clusterip inner --tcp=5678:8080")).toBe(
      "service/inner created\n",
    );
    const port = version === "1.36" ? 31036 : 31032;
    expect(await run(`create service nodeport outer --tcp=80 --node-port=${port}`)).toBe(
      "service/outer created\n",
    );
    await run("create service externalname elsewhere --external-name=example.com");
    await run("create service loadbalancer balanced --tcp=80:80");
    expect(columns(await run("get services --no-headers"))).toEqual([
      expect.stringMatching(/^balanced LoadBalancer 10\.96\.\S+ <pending> 80:\d+\/TCP 0s$/),
      "elsewhere ExternalName <none> example.com <none> 0s",
      expect.stringMatching(/^inner ClusterIP 10\.96\.\S+ <none> 5678\/TCP 0s$/),
      expect.stringMatching(new RegExp(`^outer NodePort 10\\.96\\.\\S+ <none> 80:${port}/TCP 0s$`)),
    ]);
    await run("delete service balanced elsewhere inner outer");
  });

  it("creates service accounts and their tokens", async () => {
    expect(await run("create serviceaccount robot")).toBe("serviceaccount/robot created\n");
    const token = (await run("create token robot --duration=1h")).trim();
    const [, claims] = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
    const { sub, iat, exp } = JSON.parse(claims!);
    expect(sub).toBe(`system:serviceaccount:${namespace}:robot`);
    expect(exp - iat).toBe(3600);
    const names = (await run("get serviceaccounts -o name")).trim().split("\n");
    expect(names).toEqual(["serviceaccount/default", "serviceaccount/robot"]);
  });

  it("runs single pods", async () => {
    expect(
      await run(
        "run nginx --image=nginx:1.20.0 --labels=app=single,tier=front --env=A=b --port=80",
      ),
    ).toBe("pod/nginx created\n");
    expect(
      await terminal.wait(`wait --for=condition=Ready pod/nginx --timeout=60s -n ${namespace}`),
    ).toBe("pod/nginx condition met\n");
    expect(await read("pod nginx")).toMatchObject({
      metadata: { labels: { app: "single", tier: "front" } },
      spec: { containers: [{ name: "nginx", env: [{ name: "A", value: "b" }] }] },
    });
    expect(
      await terminal.run(`run once -n ${namespace} --image=busybox --restart=Never -- sleep 3`),
    ).toBe("pod/once created\n");
    expect(
      await terminal.wait(`wait --for=jsonpath={.status.phase}=Succeeded pod/once -n ${namespace}`),
    ).toBe("pod/once condition met\n");
    expect(columns(await run("get pod once --no-headers"))[0]).toMatch(
      /^once 0\/1 Completed 0 \d+s$/,
    );
  });

  it("exposes what runs", async () => {
    expect(await run("expose deployment web --port=81 --target-port=80")).toBe(
      "service/web exposed\n",
    );
    expect(await run("expose pod nginx --name=single --type=NodePort --port=80")).toBe(
      "service/single exposed\n",
    );
    await cluster.clock.advance(1000);
    const { spec } = await read("service web");
    expect(spec).toMatchObject({
      type: "ClusterIP",
      selector: { app: "web" },
      ports: [{ port: 81, targetPort: 80, protocol: "TCP" }],
    });
    const described = await run("describe service web");
    expect(described).toMatch(/Endpoints: +10\.244\.\d\.\d+:80,10\.244\.\d\.\d+:80\n/);
  });

  it("says what is deprecated", async () => {
    const { stdout, stderr } = await cluster.kubectl(`get endpoints web -n ${namespace}`, {
      version,
      stepMs: 0,
    });
    expect(columns(stdout)).toEqual([
      "NAME ENDPOINTS AGE",
      expect.stringMatching(/^web 10\.244\.\d\.\d+:80,10\.244\.\d\.\d+:80 \d+s$/),
    ]);
    expect(stderr).toBe(
      "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n",
    );
  });

  it("removes the namespace and all that is in it", async () => {
    expect(await terminal.wait(`delete namespace ${namespace}`, { stepMs: 1000 })).toBe(
      `namespace "${namespace}" deleted\n`,
    );
    const everything =
      "pods,deploy,rs,services,configmaps,secrets,serviceaccounts,endpointslices,events";
    expect(await run(`get ${everything} -o name`)).toBe("");
    expect(await terminal.refused(`get namespace ${namespace}`)).toBe(
      `Error from server (NotFound): namespaces "${namespace}" not found\n`,
    );
  });
});

const columns = (text: string) =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.trim().replace(/\s+/g, " "));
