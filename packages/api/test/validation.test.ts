// What is said of objects that are wrong, in Kubernetes' words, and that nothing is said of good ones.

import { describe, expect, test } from "vitest";
import {
  configMapKind,
  deploymentKind,
  describeFieldError,
  endpointSliceKind,
  leaseKind,
  namespaceKind,
  nodeKind,
  podKind,
  secretKind,
  serviceKind,
  validateObjectMeta,
  validateObjectMetaUpdate,
  type FieldError,
  type Kind,
  type KubernetesObject,
} from "../src/index.ts";

const texts = (errors: readonly FieldError[]) => errors.map(describeFieldError);

/** Defaulted and prepared as a create is, then checked. */
function errorsOf(kind: Kind, body: object): string[] {
  const object = { metadata: { name: "a", namespace: "b" }, ...structuredClone(body) };
  kind.setDefaults?.(object);
  kind.prepareForCreate?.(object);
  return texts([...kind.validate(object), ...(kind.validateCreate?.(object) ?? [])]);
}

const container = { name: "c", image: "nginx:1" };
const withContainer = (more: object) => ({ spec: { containers: [{ ...container, ...more }] } });
const withSpec = (more: object) => ({ spec: { containers: [container], ...more } });

const probe = { httpGet: { port: 80 } };
const labelRule =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must " +
  "start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for " +
  "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";

describe("pods", () => {
  test.each<[string, object, string[]]>([
    ["a good one", withSpec({}), []],
    ["no containers", { spec: { containers: [] } }, ["spec.containers: Required value"]],
    [
      "names",
      {
        spec: {
          containers: [
            { name: "A", image: "i" },
            { image: "i", name: "" },
          ],
        },
      },
      [
        `spec.containers[0].name: Invalid value: "A": ${labelRule}`,
        "spec.containers[1].name: Required value",
      ],
    ],
    [
      "the same name twice",
      { spec: { containers: [container, container], initContainers: [container] } },
      [
        'spec.containers[1].name: Duplicate value: "c"',
        'spec.initContainers[0].name: Duplicate value: "c"',
      ],
    ],
    ["no image", withContainer({ image: "" }), ["spec.containers[0].image: Required value"]],
    [
      "an image with blanks",
      withContainer({ image: "nginx " }),
      [
        'spec.containers[0].image: Invalid value: "nginx ": must not have leading or trailing whitespace',
      ],
    ],
    [
      "ports",
      withContainer({
        ports: [
          { containerPort: 0 },
          { containerPort: 70000 },
          { containerPort: 1, protocol: "X" },
        ],
      }),
      [
        "spec.containers[0].ports[0].containerPort: Required value",
        "spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive",
        'spec.containers[0].ports[2].protocol: Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"',
      ],
    ],
    [
      "two actions of a probe",
      withContainer({ livenessProbe: { ...probe, tcpSocket: { port: 80 } } }),
      [
        "spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
      ],
    ],
    [
      "no action of a probe",
      withContainer({ readinessProbe: { periodSeconds: 3 } }),
      ["spec.containers[0].readinessProbe: Required value: must specify a handler type"],
    ],
    [
      "successes of a liveness probe",
      withContainer({ livenessProbe: { ...probe, successThreshold: 2 } }),
      ["spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1"],
    ],
    [
      "negative times",
      withContainer({ startupProbe: { ...probe, initialDelaySeconds: -1 } }),
      [
        "spec.containers[0].startupProbe.initialDelaySeconds: Invalid value: -1: must be greater than or equal to 0",
      ],
    ],
    [
      "a probe's port by an impossible name",
      withContainer({ readinessProbe: { tcpSocket: { port: "a--b" } } }),
      [
        'spec.containers[0].readinessProbe.tcpSocket.port: Invalid value: "a--b": must not contain consecutive hyphens',
      ],
    ],
    [
      "a mount without a volume",
      withContainer({ volumeMounts: [{ name: "v", mountPath: "/a" }] }),
      ['spec.containers[0].volumeMounts[0].name: Not found: "v"'],
    ],
    [
      "two sources of a volume",
      withSpec({ volumes: [{ name: "v", emptyDir: {}, hostPath: { path: "/a" } }] }),
      ["spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type"],
    ],
    [
      "a host path upwards, twice the same name",
      withSpec({
        volumes: [
          { name: "v", hostPath: { path: "/a/../b" } },
          { name: "w", emptyDir: {} },
          { name: "w", emptyDir: {} },
        ],
      }),
      [
        "spec.volumes[0].hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
        'spec.volumes[2].name: Duplicate value: "w"',
      ],
    ],
    [
      "requests above limits",
      withContainer({ resources: { requests: { cpu: "2" }, limits: { cpu: "1" } } }),
      [
        'spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1',
      ],
    ],
    [
      "resources nobody has",
      withContainer({ resources: { requests: { gpu: "1" } } }),
      [
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource type or fully qualified',
        'spec.containers[0].resources.requests[gpu]: Invalid value: "gpu": must be a standard resource for containers',
      ],
    ],
    [
      "environment from nowhere",
      withContainer({
        env: [
          { name: "A", valueFrom: {} },
          { name: "a=b", value: "" },
        ],
      }),
      [
        'spec.containers[0].env[0].valueFrom: Invalid value: "": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`',
        "spec.containers[0].env[1].name: Invalid value: \"a=b\": a valid environment variable name must consist only of printable ASCII characters other than '='",
      ],
    ],
    [
      "a field that variables cannot have",
      withContainer({ env: [{ name: "A", valueFrom: { fieldRef: { fieldPath: "spec.x" } } }] }),
      [
        'spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: "spec.x": error converting fieldPath: field label not supported: spec.x',
      ],
    ],
    [
      "policies nobody has",
      withSpec({ restartPolicy: "Sometimes", dnsPolicy: "Mine" }),
      [
        'spec.restartPolicy: Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
        'spec.dnsPolicy: Unsupported value: "Mine": supported values: "ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"',
      ],
    ],
    [
      "probes of an init container",
      withSpec({ initContainers: [{ ...container, name: "i", livenessProbe: probe }] }),
      [
        "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always",
      ],
    ],
    [
      "probes of a sidecar",
      withSpec({
        initContainers: [
          { ...container, name: "i", restartPolicy: "Always", livenessProbe: probe },
        ],
      }),
      [],
    ],
    [
      "a toleration without key",
      withSpec({ tolerations: [{ operator: "Equal", value: "x" }] }),
      [
        'spec.tolerations[0].operator: Invalid value: "Equal": operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ],
    ],
    [
      "ephemeral containers from the start",
      withSpec({ ephemeralContainers: [{ name: "d", image: "i" }] }),
      ["spec.ephemeralContainers: Forbidden: cannot be set on create"],
    ],
    [
      "privileges that contradict",
      withContainer({ securityContext: { privileged: true, allowPrivilegeEscalation: false } }),
      [
        'spec.containers[0].securityContext: Invalid value: {"privileged":true,"allowPrivilegeEscalation":false}: cannot set `allowPrivilegeEscalation` to false and `privileged` to true',
      ],
    ],
    [
      "host aliases and names",
      withSpec({ hostAliases: [{ ip: "x", hostnames: ["a"] }], hostname: "A" }),
      [
        `spec.hostname: Invalid value: "A": ${labelRule}`,
        'spec.hostAliases[0].ip: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    [
      "node affinity without terms",
      withSpec({
        affinity: {
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] },
          },
        },
      }),
      [
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term",
      ],
    ],
  ])("%s", (_, body, errors) => {
    expect(errorsOf(podKind, body)).toEqual(errors);
  });

  const updateErrors = (change: (spec: { [name: string]: unknown }) => void) => {
    const old = { metadata: { name: "a" }, spec: { containers: [{ ...container }] } };
    podKind.setDefaults!(old);
    const pod = structuredClone(old);
    change(pod.spec as never);
    return texts(podKind.validateUpdate!(pod, old));
  };

  test("images and added tolerations may change", () => {
    const errors = updateErrors((spec) => {
      spec.containers = [{ ...(spec.containers as object[])[0], image: "nginx:2" }];
      spec.tolerations = [{ key: "a", operator: "Exists" }];
    });
    expect(errors).toEqual([]);
  });

  test("other members may not, and the message shows what would", () => {
    const [error] = updateErrors((spec) => {
      spec.hostNetwork = true;
    });
    expect(error).toContain("spec: Forbidden: pod updates may not change fields other than `spec.");
    expect(error).toContain("\n@@ -");
    expect(error).toContain('\n+ "hostNetwork": true,\n');
  });

  test("containers may not come or go", () => {
    const errors = updateErrors((spec) => {
      spec.containers = [...(spec.containers as object[]), { name: "d", image: "i" }];
    });
    expect(errors).toEqual([
      "spec.containers: Forbidden: pod updates may not add or remove containers",
    ]);
  });
});

describe("deployments", () => {
  const template = { metadata: { labels: { app: "a" } }, spec: { containers: [container] } };
  const selector = { matchLabels: { app: "a" } };

  test.each<[string, object, string[]]>([
    ["a good one", { selector, template }, []],
    [
      "a selector that misses its own pods",
      { selector: { matchLabels: { app: "b" } }, template },
      [
        'spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "no selector",
      { template },
      [
        "spec.selector: Required value",
        'spec.template.metadata.labels: Invalid value: {"app":"a"}: `selector` does not match template `labels`',
      ],
    ],
    [
      "an empty selector",
      { selector: {}, template },
      ["spec.selector: Invalid value: {}: empty selector is invalid for deployment"],
    ],
    [
      "pods that do not restart",
      { selector, template: { ...template, spec: { ...template.spec, restartPolicy: "Never" } } },
      ['spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always"'],
    ],
    [
      "counts",
      { selector, template, replicas: -1, progressDeadlineSeconds: 5, minReadySeconds: 5 },
      [
        "spec.replicas: Invalid value: -1: must be greater than or equal to 0",
        "spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds",
      ],
    ],
    [
      "a rollout that cannot move",
      { selector, template, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 0 } } },
      [
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0",
      ],
    ],
    [
      "percentages",
      {
        selector,
        template,
        strategy: { rollingUpdate: { maxSurge: "x", maxUnavailable: "101%" } },
      },
      [
        "spec.strategy.rollingUpdate.maxSurge: Invalid value: \"x\": a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
        'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "101%": must not be greater than 100%',
      ],
    ],
    [
      "an old handler beside a new one",
      {
        selector,
        template: {
          ...template,
          spec: {
            containers: [{ ...container, livenessProbe: { ...probe, tcpSocket: { port: 1 } } }],
          },
        },
      },
      [
        "spec.template.spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type",
      ],
    ],
  ])("%s", (_, spec, errors) => {
    expect(errorsOf(deploymentKind, { spec })).toEqual(errors);
  });

  test("the selector is for ever", () => {
    const old = { metadata: {}, spec: { selector, template } };
    const changed = { ...old, spec: { selector: { matchLabels: { app: "b" } }, template } };
    expect(texts(deploymentKind.validateUpdate!(changed as never, old as never))).toEqual([
      'spec.selector: Invalid value: {"matchLabels":{"app":"b"}}: field is immutable',
    ]);
  });
});

describe("services", () => {
  test.each<[string, object, string[]]>([
    ["a good one", { ports: [{ port: 80 }], selector: { app: "a" } }, []],
    ["no ports", {}, ["spec.ports: Required value"]],
    ["headless without ports", { clusterIP: "None", clusterIPs: ["None"] }, []],
    [
      "two ports without names",
      { ports: [{ port: 80 }, { port: 81 }] },
      ["spec.ports[0].name: Required value", "spec.ports[1].name: Required value"],
    ],
    [
      "a node port of a cluster address",
      { ports: [{ port: 80, nodePort: 30000 }] },
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      "a type nobody has",
      { type: "Mine", ports: [{ port: 0, targetPort: 1 }] },
      [
        "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
        'spec.type: Unsupported value: "Mine": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"',
      ],
    ],
    [
      "an address that is none",
      { ports: [{ port: 80 }], clusterIP: "x", clusterIPs: ["x"] },
      [
        'spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
      ],
    ],
    ["an external name", { type: "ExternalName" }, ["spec.externalName: Required value"]],
  ])("%s", (_, spec, errors) => {
    expect(errorsOf(serviceKind, { spec })).toEqual(errors);
  });

  test("the cluster address is for ever", () => {
    const of = (ip: string) => ({
      metadata: {},
      spec: { type: "ClusterIP" as const, clusterIP: ip, clusterIPs: [ip] },
    });
    expect(texts(serviceKind.validateUpdate!(of("10.0.0.2"), of("10.0.0.1")))).toEqual([
      'spec.clusterIPs[0]: Invalid value: ["10.0.0.2"]: may not change once set',
    ]);
  });
});

test.each<[string, Kind, object, string[]]>([
  [
    "a ConfigMap's keys",
    configMapKind,
    { data: { "a/b": "" } },
    [
      "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ],
  ],
  [
    "a ConfigMap's size",
    configMapKind,
    { data: { a: "ä".repeat(524289) } },
    [": Too long: may not be more than 1048576 bytes"],
  ],
  [
    "a TLS secret",
    secretKind,
    { type: "kubernetes.io/tls", data: { "tls.crt": "" } },
    ["data[tls.key]: Required value"],
  ],
  [
    "a lease",
    leaseKind,
    { spec: { leaseDurationSeconds: 0 } },
    ["spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0"],
  ],
  [
    "an endpoint slice",
    endpointSliceKind,
    { addressType: "IPv4", endpoints: [{ addresses: ["127.0.0.1"] }, { addresses: [] }] },
    [
      'endpoints[0].addresses[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      "endpoints[1].addresses: Required value: must contain at least 1 address",
    ],
  ],
  [
    "a node's taints",
    nodeKind,
    { spec: { taints: [{ key: "a", effect: "Never" }] } },
    [
      'metadata.taints[0].effect: Unsupported value: "Never": supported values: "NoSchedule", "PreferNoSchedule", "NoExecute"',
    ],
  ],
  [
    "a namespace's finalizers",
    namespaceKind,
    { spec: { finalizers: ["mine"] } },
    [
      'spec.finalizers: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
    ],
  ],
])("%s", (_, kind, body, errors) => {
  expect(errorsOf(kind, body)).toEqual(errors);
});

describe("metadata", () => {
  const check = (metadata: KubernetesObject["metadata"]) =>
    texts(validateObjectMeta(metadata, podKind));

  test("a good one", () => {
    expect(check({ name: "a.b-1", namespace: "c", labels: { "x.y/z": "V_1" } })).toEqual([]);
  });

  test.each<[string, KubernetesObject["metadata"], RegExp]>([
    ["no name", { namespace: "a" }, /^metadata.name: Required value: name or generateName is req/],
    [
      "a name",
      { name: "A", namespace: "a" },
      /^metadata.name: Invalid value: "A": a lowercase RFC 1123 subdomain/,
    ],
    ["no namespace", { name: "a" }, /^metadata.namespace: Required value$/],
    [
      "a label",
      { name: "a", namespace: "a", labels: { a: "b c" } },
      /^metadata.labels: Invalid value: "b c": a valid label/,
    ],
    [
      "an annotation",
      { name: "a", namespace: "a", annotations: { "a b": "" } },
      /^metadata.annotations: Invalid value: "a b": name part must consist/,
    ],
    [
      "much",
      { name: "a", namespace: "a", annotations: { a: "x".repeat(262144) } },
      /^metadata.annotations: Too long: may not be more than 262144 bytes/,
    ],
    [
      "an owner",
      {
        name: "a",
        namespace: "a",
        ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: "x", uid: "" }],
      },
      /^metadata.ownerReferences.uid: Invalid value: "": must not be empty/,
    ],
    [
      "a finalizer",
      { name: "a", namespace: "a", finalizers: ["mine"] },
      /^metadata.finalizers\[0\]: Invalid value: "mine": name is neither/,
    ],
  ])("%s", (_, metadata, message) => {
    expect(check(metadata)).toEqual([expect.stringMatching(message)]);
  });

  test("what may not change", () => {
    const old = { name: "a", uid: "1", resourceVersion: "1", deletionTimestamp: "t" };
    const changed = { ...old, uid: "2", finalizers: ["a/b"] };
    expect(texts(validateObjectMetaUpdate(changed, old))).toEqual([
      'metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"a/b"}',
      'metadata.uid: Invalid value: "2": field is immutable',
    ]);
  });
});
