// The roles that users are given: cluster-admin, admin, edit and view, made of the parts that Kubernetes
// makes them of.
// @see kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go

import type { ClusterRole, ClusterRoleBinding, PolicyRule } from "@kubonsai/api";

const RBAC = "rbac.authorization.k8s.io";
const type = { apiVersion: `${RBAC}/v1` };
const bootstrapping = { "kubernetes.io/bootstrapping": "rbac-defaults" };
const annotations = { [`${RBAC}/autoupdate`]: "true" };

const READ = ["get", "list", "watch"];
const WRITE = ["create", "delete", "deletecollection", "patch", "update"];
const ALL = [...WRITE, ...READ].sort();

const rule = (apiGroups: string[], verbs: string[], resources: string): PolicyRule => ({
  apiGroups,
  resources: resources.split(" "),
  verbs,
});

const viewRules: PolicyRule[] = [
  rule(
    [""],
    READ,
    "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods " +
      "replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status",
  ),
  rule(
    [""],
    READ,
    "bindings limitranges namespaces/status pods/log pods/status replicationcontrollers/status " +
      "resourcequotas resourcequotas/status",
  ),
  rule([""], READ, "namespaces"),
  rule(["", "events.k8s.io"], READ, "events"),
  rule(["discovery.k8s.io"], READ, "endpointslices"),
  rule(
    ["apps"],
    READ,
    "controllerrevisions daemonsets daemonsets/status deployments deployments/scale " +
      "deployments/status replicasets replicasets/scale replicasets/status statefulsets " +
      "statefulsets/scale statefulsets/status",
  ),
  rule(["autoscaling"], READ, "horizontalpodautoscalers horizontalpodautoscalers/status"),
  rule(["batch"], READ, "cronjobs cronjobs/status jobs jobs/status"),
  rule(["policy"], READ, "poddisruptionbudgets poddisruptionbudgets/status"),
  rule(["networking.k8s.io"], READ, "ingresses ingresses/status networkpolicies"),
  rule(["resource.k8s.io"], READ, "resourceclaims resourceclaims/status resourceclaimtemplates"),
];

const editRules: PolicyRule[] = [
  rule([""], READ, "pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy"),
  rule([""], ["impersonate"], "serviceaccounts"),
  rule([""], WRITE, "pods pods/attach pods/exec pods/portforward pods/proxy"),
  rule([""], ["create"], "pods/eviction"),
  rule(
    [""],
    WRITE,
    "configmaps persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets " +
      "serviceaccounts services services/proxy",
  ),
  rule([""], ["create"], "serviceaccounts/token"),
  rule(["", "events.k8s.io"], WRITE, "events"),
  rule(
    ["apps"],
    WRITE,
    "daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale " +
      "statefulsets statefulsets/scale",
  ),
  rule(["autoscaling"], WRITE, "horizontalpodautoscalers"),
  rule(["batch"], WRITE, "cronjobs jobs"),
  rule(["policy"], WRITE, "poddisruptionbudgets"),
  rule(["networking.k8s.io"], WRITE, "ingresses networkpolicies"),
  rule(["coordination.k8s.io"], ALL, "leases"),
  rule(["resource.k8s.io"], WRITE, "resourceclaims resourceclaimtemplates"),
];

const adminRules: PolicyRule[] = [
  rule(["authorization.k8s.io"], ["create"], "localsubjectaccessreviews"),
  rule([RBAC], ALL, "rolebindings roles"),
];

type Level = "admin" | "edit" | "view";
const aggregateTo = (level: Level) => ({ [`${RBAC}/aggregate-to-${level}`]: "true" });

/** A part of a role, found by its label. */
const part = (level: Level, rules: PolicyRule[]): ClusterRole => ({
  ...type,
  kind: "ClusterRole",
  metadata: {
    name: `system:aggregate-to-${level}`,
    labels: { ...bootstrapping, ...aggregateTo(level) },
    annotations,
  },
  rules,
});

/** A role of all parts with its label; the larger ones hold the smaller. */
const whole = (name: Level, rules: PolicyRule[], within?: Level): ClusterRole => ({
  ...type,
  kind: "ClusterRole",
  metadata: {
    name,
    labels: { ...bootstrapping, ...(within ? aggregateTo(within) : {}) },
    annotations,
  },
  aggregationRule: { clusterRoleSelectors: [{ matchLabels: aggregateTo(name) }] },
  rules,
});

const clusterAdmin: ClusterRole = {
  ...type,
  kind: "ClusterRole",
  metadata: { name: "cluster-admin", labels: bootstrapping, annotations },
  rules: [
    { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
    { nonResourceURLs: ["*"], verbs: ["*"] },
  ],
};

export const userRoles: readonly ClusterRole[] = [
  clusterAdmin,
  part("admin", adminRules),
  part("edit", editRules),
  part("view", viewRules),
  whole("view", viewRules, "edit"),
  whole("edit", [...editRules, ...viewRules], "admin"),
  whole("admin", [...adminRules, ...editRules, ...viewRules]),
];

export const userRoleBindings: readonly ClusterRoleBinding[] = [
  {
    ...type,
    kind: "ClusterRoleBinding",
    metadata: { name: "cluster-admin", labels: bootstrapping, annotations },
    roleRef: { apiGroup: RBAC, kind: "ClusterRole", name: "cluster-admin" },
    subjects: [{ apiGroup: RBAC, kind: "Group", name: "system:masters" }],
  },
];
