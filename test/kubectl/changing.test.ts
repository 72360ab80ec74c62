// Changes to objects that exist: label, annotate, patch, edit, apply, diff, replace.

import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestCluster, type TestCluster } from "../support/cluster.ts";
import { openTerminal, type Terminal } from "../support/terminal.ts";
import { pod, webDeployment, webService } from "./manifests.ts";

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster();
});

afterAll(() => cluster?.stop());

describe.each(["1.36", "1.32"] as const)("kubectl %s", (version) => {
  const namespace = `of-${version.replace(".", "-")}`;
  let terminal: Terminal;

  const inNamespace = (command: string | string[]) => [
    "-n",
    namespace,
    ...(typeof command === "string" ? command.split(" ") : command),
  ];
  const run = (command: string | string[], stdin?: string) =>
    terminal.run(inNamespace(command), stdin === undefined ? {} : { stdin });
  const refused = (command: string | string[], stdin?: string) =>
    terminal.refused(inNamespace(command), stdin === undefined ? {} : { stdin });
  const field = (what: string, path: string) =>
    run(["get", ...what.split(" "), "-o", `jsonpath={${path}}`]);
  const revisionOf = (what: string) => field(what, ".metadata.resourceVersion");

  const file = (name: string, text: string) => {
    const path = join(cluster.dataDir, `${version}-${name}`);
    writeFileSync(path, text);
    return path;
  };

  beforeAll(async () => {
    terminal = openTerminal(cluster, version);
    await terminal.run(`create namespace ${namespace}`);
    await run("create configmap settings --from-literal=color=blue");
    await run("create deployment old --image=nginx:1.20.0 --replicas=0");
    await cluster.clock.advance(1000);
  });

  it("labels", async () => {
    expect(await run("label configmap settings tier=front")).toBe("configmap/settings labeled\n");
    expect(await run("label configmap settings tier=front")).toBe(
      "configmap/settings not labeled\n",
    );
    expect(await refused("label configmap settings tier=back")).toBe(
      "error: 'tier' already has a value (front), and --overwrite is false\n",
    );
    expect(await run("label configmap settings tier=back --overwrite")).toBe(
      "configmap/settings labeled\n",
    );
    expect(await run("label configmap settings tier-")).toBe("configmap/settings unlabeled\n");
    expect(await field("configmap settings", ".metadata.labels")).toBe("");
    expect(await run("label configmaps --all seen=yes")).toContain("configmap/settings labeled\n");
  });

  it("annotates", async () => {
    expect(await run(["annotate", "configmap", "settings", "note=two words"])).toBe(
      "configmap/settings annotated\n",
    );
    expect(await field("configmap settings", ".metadata.annotations.note")).toBe("two words");
    expect(await run("annotate configmap settings note-")).toBe("configmap/settings annotated\n");
    expect(await field("configmap settings", ".metadata.annotations")).toBe("");
  });

  it("patches in three notations", async () => {
    const patch = (type: string, body: object) =>
      run(["patch", "deployment", "old", `--type=${type}`, "-p", JSON.stringify(body)]);
    const patched = "deployment.apps/old patched\n";
    const container = ".spec.template.spec.containers";
    expect(
      await patch("json", [
        { op: "test", path: "/spec/replicas", value: 0 },
        { op: "add", path: "/metadata/labels/by", value: "json" },
      ]),
    ).toBe(patched);
    expect(await patch("merge", { metadata: { labels: { by: null, and: "merge" } } })).toBe(
      patched,
    );
    expect(await field("deployment old", ".metadata.labels")).toBe('{"and":"merge","app":"old"}');
    const sidecar = { name: "sidecar", image: "busybox" };
    expect(
      await patch("strategic", { spec: { template: { spec: { containers: [sidecar] } } } }),
    ).toBe(patched);
    expect(await field("deployment old", `${container}[*].name`)).toBe("sidecar nginx");
    const without = [{ $patch: "delete", name: "sidecar" }];
    await patch("strategic", { spec: { template: { spec: { containers: without } } } });
    expect(await field("deployment old", `${container}[*].name`)).toBe("nginx");
    expect(await patch("strategic", { spec: { replicas: 0 } })).toBe(
      "deployment.apps/old patched (no change)\n",
    );
    await run('patch deployment old --subresource=scale --type=merge -p {"spec":{"replicas":1}}');
    expect(await field("deployment old", ".spec.replicas")).toBe("1");
  });

  it("sets parts by name", async () => {
    await run("set serviceaccount deployment old default");
    expect(
      await field("deployment old", ".spec.template.spec['serviceAccount','serviceAccountName']"),
    ).toBe("default default");
    expect(await run("set env deployment/old A=1 B-")).toBe("deployment.apps/old env updated\n");
    expect(await field("deployment old", ".spec.template.spec.containers[0].env")).toBe(
      '[{"name":"A","value":"1"}]',
    );
    await run("create service clusterip chosen --tcp=80");
    expect(await run("set selector service chosen a=b")).toBe("service/chosen selector updated\n");
    expect(await field("service chosen", ".spec.selector")).toBe('{"a":"b"}');
  });

  it("edits", async () => {
    const editor = file("editor.sh", '#!/bin/sh\nsed -i "$SCRIPT" "$1"\n');
    chmodSync(editor, 0o755);
    const edit = (script: string) => ({ env: { KUBE_EDITOR: editor, SCRIPT: script } });
    const command = inNamespace("edit configmap settings");
    expect(await terminal.run(command, edit("s/color: blue/color: red/"))).toBe(
      "configmap/settings edited\n",
    );
    expect(await field("configmap settings", ".data.color")).toBe("red");
    const unchanged = await cluster.kubectl(command, {
      version,
      stepMs: 0,
      ...edit("s/blue/red/"),
    });
    expect(unchanged.stderr).toBe("Edit cancelled, no changes made.\n");
    const wrong = await cluster.kubectl(inNamespace("edit deployment old"), {
      version,
      stepMs: 0,
      exitCode: 1,
      ...edit("s/  replicas: 1/  replicas: -1/"),
    });
    expect(wrong.stderr).toContain('error: deployments.apps "old" is invalid\n');
  });

  it("applies: created, unchanged, configured", async () => {
    const both = file(
      "web.yaml",
      webDeployment({ replicas: 0 }) + "---" + webService.replace(/    nodePort.*\n/, ""),
    );
    expect(await run(`apply -f ${both}`)).toBe(
      "deployment.apps/web created\nservice/web created\n",
    );
    await cluster.clock.advance(1000);
    const before = await revisionOf("deployment web");
    expect(await run(`apply -f ${both}`)).toBe(
      "deployment.apps/web unchanged\nservice/web unchanged\n",
    );
    expect(await revisionOf("deployment web")).toBe(before);
    expect(await run("apply -f -", webDeployment({ replicas: 0, image: "nginx:1.21.0" }))).toBe(
      "deployment.apps/web configured\n",
    );
    expect(await field("deployment web", ".metadata.generation")).toBe("2");
  });

  it("applies away what the manifest no longer has", async () => {
    const manifest =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: shrinking}\ndata: {a: '1', b: '2'}\n";
    await run("apply -f -", manifest);
    await run('patch configmap shrinking --type=merge -p {"data":{"c":"3"}}');
    expect(await run("apply -f -", manifest.replace(", b: '2'", ""))).toBe(
      "configmap/shrinking configured\n",
    );
    expect(await field("configmap shrinking", ".data")).toBe('{"a":"1","c":"3"}');
    await run("apply view-last-applied configmap shrinking");
  });

  it("warns of applying to what was created otherwise, once", async () => {
    await run("create configmap made");
    const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: made}\ndata: {a: '1'}\n";
    const { stdout, stderr } = await cluster.kubectl(inNamespace("apply -f -"), {
      version,
      stepMs: 0,
      stdin: manifest,
    });
    expect(stdout).toBe("configmap/made configured\n");
    expect(stderr).toMatch(
      /^Warning: resource configmaps\/made is missing the kubectl\.kubernetes\.io\/last-applied-configuration annotation/,
    );
    expect(await run("apply -f -", manifest)).toBe("configmap/made unchanged\n");
  });

  it("applies on the server, where managers own fields", async () => {
    const manifest = (color: string) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: owned}\ndata: {color: ${color}}\n`;
    const apply = "apply --server-side -f -";
    expect(await run(apply, manifest("blue"))).toBe("configmap/owned serverside-applied\n");
    const before = await revisionOf("configmap owned");
    expect(await run(apply, manifest("blue"))).toBe("configmap/owned serverside-applied\n");
    expect(await revisionOf("configmap owned")).toBe(before);
    expect(await refused(`${apply} --field-manager=other`, manifest("red"))).toBe(
      `error: Apply failed with 1 conflict: conflict with "kubectl": .data.color
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
* If you do not intend to manage all of the fields, please edit your
  manifest to remove references to the fields that should keep their
  current managers.
* You may co-own fields by updating your manifest to match the existing
  value; in this case, you'll become the manager if the other manager(s)
  stop managing the field (remove it from their configuration).
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
`,
    );
    expect(await run(`${apply} --field-manager=other --force-conflicts`, manifest("red"))).toBe(
      "configmap/owned serverside-applied\n",
    );
    expect(await field("configmap owned", ".data.color")).toBe("red");
    const managers = await field(
      "configmap owned --show-managed-fields",
      ".metadata.managedFields[*].manager",
    );
    expect(managers).toBe("other");
  });

  it("shows the difference before it is made", async () => {
    const same = webDeployment({ replicas: 0, image: "nginx:1.21.0" });
    expect(await run("diff -f -", same)).toBe("");
    const { stdout, stderr } = await cluster.kubectl(inNamespace("diff -f -"), {
      version,
      stepMs: 0,
      exitCode: 1,
      stdin: same.replace("1.21.0", "1.22.0"),
    });
    expect(stdout).toContain("\n-  generation: 2\n+  generation: 3\n");
    expect(stdout).toContain("\n-      - image: nginx:1.21.0\n+      - image: nginx:1.22.0\n");
    // diff ends with 1 where there is one, and says so
    expect(stderr).toMatch(/^(exit status 1\n)?$/);
    expect(await field("deployment web", ".metadata.generation")).toBe("2");
  });

  it("replaces", async () => {
    const manifest =
      "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {size: big}\n";
    expect(await run("replace -f -", manifest)).toBe("configmap/settings replaced\n");
    expect(await field("configmap settings", ".data")).toBe('{"size":"big"}');
    expect(await refused("replace -f -", manifest.replace("settings", "nope"))).toBe(
      'Error from server (NotFound): error when replacing "STDIN": configmaps "nope" not found\n',
    );
    const stale = manifest.replace("name: settings", 'name: settings, resourceVersion: "1"');
    expect(await refused("replace -f -", stale)).toBe(
      'Error from server (Conflict): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "settings": ' +
        "the object has been modified; please apply your changes to the latest version and try again\n",
    );
    const uid = await field("configmap settings", ".metadata.uid");
    const forced = file("forced.yaml", manifest);
    const told = await terminal.wait(inNamespace(`replace --force -f ${forced}`));
    expect(told).toMatch(/^configmap "settings" deleted.*\nconfigmap\/settings replaced\n$/);
    expect(await field("configmap settings", ".metadata.uid")).not.toBe(uid);
  });

  it("may not change what a pod is", async () => {
    const fixed = pod("fixed").replace("spec:", "spec:\n  nodeName: node-1");
    await run("apply -f -", fixed);
    expect(await run("set image pod/fixed web=nginx:1.21.0")).toBe("pod/fixed image updated\n");
    const answer = await refused("apply -f -", fixed + "  - {name: other, image: busybox}\n");
    expect(answer).toMatch(
      /^The Pod "fixed" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers\n$/,
    );
    const moved = await refused(["patch", "pod", "fixed", "-p", '{"spec":{"hostNetwork":true}}']);
    expect(moved).toMatch(
      /^The Pod "fixed" is invalid: spec: Forbidden: pod updates may not change fields other than `spec.containers\[\*\].image`,`spec.initContainers\[\*\].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` \(only additions to existing tolerations\),`spec.terminationGracePeriodSeconds` \(allow it to be set to 1 if it was previously negative\)\n/,
    );
  });

  it("changes many at once", async () => {
    const list = ["a", "b"].map(
      (name) =>
        `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: list-${name}, labels: {of: list}}\n`,
    );
    expect(await run("create -f -", list.join("---\n"))).toBe(
      "configmap/list-a created\nconfigmap/list-b created\n",
    );
    expect(await run("annotate configmaps -l of=list note=x")).toBe(
      "configmap/list-a annotated\nconfigmap/list-b annotated\n",
    );
    expect(await run("delete configmaps -l of=list")).toMatch(
      /^configmap "list-a" deleted.*\nconfigmap "list-b" deleted.*\n$/,
    );
  });
});
