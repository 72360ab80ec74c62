// What a person reads when something is wrong: exact words, the exit code, and nothing half done.

import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { pod, webDeployment, webService } from "./manifests.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster({ serviceNodePortRange: { first: 30_000, last: 32_767 } });
});

afterAll(() => cluster?.stop());

describe.each(["1.36", "1.32"] as const)("kubectl %s", (version) => {
  const namespace = `of-${version.replace(".", "-")}`;
  let run: Terminal["run"];
  let refused: Terminal["refused"];

  const file = (name: string, text: string) => {
    const path = join(cluster.dataDir, name);
    writeFileSync(path, text);
    return path;
  };

  beforeAll(async () => {
    ({ run, refused } = openTerminal(cluster, version));
    await run(`create namespace ${namespace}`);
  });

  it("finds nothing", async () => {
    expect(await refused("get pod nope")).toBe(
      'Error from server (NotFound): pods "nope" not found\n',
    );
    expect(await refused("get deploy nope -n nowhere")).toBe(
      'Error from server (NotFound): namespaces "nowhere" not found\n',
    );
    expect(await refused("get unknowns")).toBe(
      `error: the server doesn't have a resource type "unknowns"\n`,
    );
    expect(await refused("delete service nope")).toBe(
      'Error from server (NotFound): services "nope" not found\n',
    );
    expect(await refused("scale deployment nope --replicas=2")).toMatch(
      /^(Error from server \(NotFound\)|error: no objects passed to scale).* "nope" not found\n$/,
    );
    expect(await refused("logs nope")).toBe(
      'error: error from server (NotFound): pods "nope" not found in namespace "default"\n',
    );
    const { stderr } = await cluster.kubectl("get pods -n nowhere", { version, stepMs: 0 });
    expect(stderr).toBe("No resources found in nowhere namespace.\n");
  });

  it("finds it there already", async () => {
    expect(await refused(`create namespace ${namespace}`)).toBe(
      `Error from server (AlreadyExists): namespaces "${namespace}" already exists\n`,
    );
    await run(`create configmap twice -n ${namespace}`);
    expect(await refused(`create configmap twice -n ${namespace}`)).toBe(
      'error: failed to create configmap: configmaps "twice" already exists\n',
    );
  });

  it("has no namespace for it, and makes nothing", async () => {
    const both = webDeployment() + "---" + webService;
    const path = file(
      "missing.yaml",
      both.replaceAll("name: web\n", "name: web\n  namespace: myserver\n"),
    );
    const line = `Error from server (NotFound): error when creating "${path}": namespaces "myserver" not found\n`;
    expect(await refused(`apply -f ${path}`)).toBe(line + line);
    expect(await refused(`create -f ${path}`)).toBe(line + line);
    expect(await run("get deploy,services -n myserver -o name")).toBe("");
  });

  it("lists every wrong field", async () => {
    const path = file(
      "wrong.yaml",
      `
apiVersion: v1
kind: Pod
metadata:
  name: Wrong_Name
  labels: {size: "very big"}
spec:
  restartPolicy: Sometimes
  containers:
  - {name: a, image: nginx, ports: [{containerPort: 99999}]}
  - {name: a}
`,
    );
    const errors = (await refused(`create -f ${path}`)).trim().split("\n");
    expect(errors).toEqual([
      'The Pod "Wrong_Name" is invalid: ',
      "* metadata.name: Invalid value: \"Wrong_Name\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
      "* metadata.labels: Invalid value: \"very big\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      "* spec.containers[0].ports[0].containerPort: Invalid value: 99999: must be between 1 and 65535, inclusive",
      "* spec.containers[1].image: Required value",
      '* spec.containers[1].name: Duplicate value: "a"',
      '* spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
    ]);
  });

  it("holds a deployment's selector to its template, and keeps it", async () => {
    const wrong = webDeployment().replace(
      "matchLabels:\n      app: web",
      "matchLabels:\n      app: wrong",
    );
    expect(await refused(`apply -n ${namespace} -f -`, { stdin: wrong })).toBe(
      'The Deployment "web" is invalid: spec.template.metadata.labels: Invalid value: {"app":"web"}: ' +
        "`selector` does not match template `labels`\n",
    );
    await run(`apply -n ${namespace} -f -`, { stdin: webDeployment({ replicas: 0 }) });
    expect(
      await refused(
        `patch deploy web -n ${namespace} --type=merge -p '{"spec":{"selector":{"matchLabels":{"x":"y"}},"template":{"metadata":{"labels":{"x":"y"}}}}}'`,
      ),
    ).toBe(
      'The Deployment "web" is invalid: spec.selector: Invalid value: ' +
        '{"matchLabels":{"app":"web","x":"y"}}: field is immutable\n',
    );
    expect(await refused(`scale deploy web -n ${namespace} --replicas=-1`)).toBe(
      "error: The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0\n",
    );
  });

  it("does not know the field", async () => {
    const path = file(
      "unknown.yaml",
      pod("unknown").replace("containers:", "containerz: []\n  containers:") + "    imagee: x\n",
    );
    expect(await refused(`apply -f ${path}`)).toBe(
      `Error from server (BadRequest): error when creating "${path}": Pod in version "v1" cannot be handled as a Pod: ` +
        'strict decoding error: unknown field "spec.containers[0].imagee", unknown field "spec.containerz"\n',
    );
    const { stdout, stderr } = await cluster.kubectl(
      `apply -f ${path} --validate=warn --dry-run=server`,
      { version, stepMs: 0 },
    );
    expect(stdout).toBe("pod/unknown created (server dry run)\n");
    expect(stderr).toBe(
      'Warning: unknown field "spec.containers[0].imagee"\nWarning: unknown field "spec.containerz"\n',
    );
    expect(await run(`apply -f ${path} --validate=false --dry-run=server`)).toBe(
      "pod/unknown created (server dry run)\n",
    );
  });

  it("cannot read the manifest", async () => {
    const wrongType = file("type.yaml", webDeployment().replace("replicas: 1", "replicas: two"));
    expect(await refused(`create -f ${wrongType}`)).toBe(
      `Error from server (BadRequest): error when creating "${wrongType}": Deployment in version "v1" cannot be handled as a Deployment: ` +
        "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32\n",
    );
  });

  it("keeps node ports to their range, and to one service each", async () => {
    const service = (name: string, port: number) =>
      webService.replace("name: web\n", `name: ${name}\n`).replace("30081", String(port));
    expect(await refused(`apply -n ${namespace} -f -`, { stdin: service("x", 40012) })).toBe(
      'The Service "x" is invalid: spec.ports[0].nodePort: Invalid value: 40012: provided port is not in the valid range. ' +
        "The range of valid ports is 30000-32767\n",
    );
    const port = version === "1.36" ? 30036 : 30032;
    await run(`apply -n ${namespace} -f -`, { stdin: service("first", port) });
    expect(await refused(`apply -n ${namespace} -f -`, { stdin: service("second", port) })).toBe(
      `The Service "second" is invalid: spec.ports[0].nodePort: Invalid value: ${port}: provided port is already allocated\n`,
    );
    expect(await run(`get services -n ${namespace} -o name`)).toBe("service/first\n");
    await run(`delete service first -n ${namespace}`);
    expect(await run(`apply -n ${namespace} -f -`, { stdin: service("second", port) })).toBe(
      "service/second created\n",
    );
  });

  it("cannot patch so", async () => {
    await run(`create configmap patched -n ${namespace} --from-literal=a=b`);
    const patch = (type: string, text: string) =>
      refused([..."patch deploy web -n".split(" "), namespace, `--type=${type}`, "-p", text]);
    expect(await patch("json", '[{"op":"replace","path":"/spec/nope/x","value":1}]')).toBe(
      "The request is invalid: the server rejected our request due to an error in our request\n",
    );
    expect(await patch("strategic", '{"spec":{"replicas":"x"}}')).toBe(
      'The request is invalid: patch: Invalid value: "map[spec:map[replicas:x]]": unrecognized type: int32\n',
    );
    expect(await patch("merge", '{"metadata":{"resourceVersion":"1"}}')).toBe(
      'Error from server (Conflict): Operation cannot be fulfilled on deployments.apps "web": the object has been modified; ' +
        "please apply your changes to the latest version and try again\n",
    );
  });

  it("keeps the cluster's own namespaces", async () => {
    expect(await refused("delete namespace default")).toBe(
      'Error from server (Forbidden): namespaces "default" is forbidden: this namespace may not be deleted\n',
    );
  });
});

describe("a stranger", () => {
  const ask = (path: string, headers: { [name: string]: string } = {}) =>
    new Promise<{ code: number; body: string }>((resolve, reject) => {
      const sent = request(
        `${cluster.server}${path}`,
        { rejectUnauthorized: false, headers },
        (response) => {
          let body = "";
          response.setEncoding("utf8").on("data", (text: string) => (body += text));
          response.on("end", () => resolve({ code: response.statusCode!, body }));
        },
      );
      sent.on("error", reject).end();
    });

  it("without a certificate may see that the server lives, and no more", async () => {
    expect(await ask("/livez")).toEqual({ code: 200, body: "ok" });
    const { code, body } = await ask("/api/v1/namespaces/default/pods");
    expect(code).toBe(403);
    expect(JSON.parse(body)).toEqual({
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message:
        'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" in the namespace "default"',
      reason: "Forbidden",
      details: { kind: "pods" },
      code: 403,
    });
  });

  it("with a wrong token is not let in at all", async () => {
    const { code, body } = await ask("/api/v1/nodes", { Authorization: "Bearer wrong" });
    expect(code).toBe(401);
    expect(JSON.parse(body)).toMatchObject({
      kind: "Status",
      message: "Unauthorized",
      reason: "Unauthorized",
      code: 401,
    });
  });

  it("reads a laid out answer in curl", async () => {
    const { body } = await ask("/api/v1/nodes", { "User-Agent": "curl/8.5.0" });
    expect(body).toMatch(/^\{\n  "kind": "Status",\n  "apiVersion": "v1",\n/);
  });

  it("as a service account is known by its name", async () => {
    const { run } = openTerminal(cluster);
    const token = (await run("create token default")).trim();
    const { code, body } = await ask("/apis/apps/v1/deployments", {
      Authorization: `Bearer ${token}`,
    });
    expect(code).toBe(403);
    expect(JSON.parse(body).message).toBe(
      'deployments.apps is forbidden: User "system:serviceaccount:default:default" cannot list resource "deployments" in API group "apps" at the cluster scope',
    );
  });
});
