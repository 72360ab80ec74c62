// What components and everybody may do before any policy object exists.
// @see kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go

import type { Attributes, Authorizer, RulesFor } from "./authorizer.ts";

interface Rule {
  /** `user:…` or `group:…` */
  readonly subjects: readonly string[];
  readonly verbs: readonly string[];
  readonly groups?: readonly string[];
  /** `pods`, `pods/status`; `*` is everything */
  readonly resources?: readonly string[];
  /** Paths that are no resources; a trailing `*` matches the rest */
  readonly paths?: readonly string[];
}

const READ = ["get", "list", "watch"];
const WRITE = ["create", "update", "patch", "delete"];

const SCHEDULER = ["user:system:kube-scheduler"];
const NODES = ["group:system:nodes"];

const rules: readonly Rule[] = [
  {
    subjects: ["group:system:authenticated", "group:system:unauthenticated"],
    verbs: ["get"],
    paths: ["/healthz", "/livez", "/readyz", "/version", "/version/"],
  },
  {
    subjects: ["group:system:authenticated"],
    verbs: ["get"],
    paths: ["/api", "/api/*", "/apis", "/apis/*", "/openapi", "/openapi/*"],
  },
  {
    subjects: ["group:system:authenticated"],
    verbs: ["create"],
    groups: ["authorization.k8s.io", "authentication.k8s.io"],
    resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews", "selfsubjectreviews"],
  },
  {
    subjects: ["group:system:serviceaccounts"],
    verbs: ["get"],
    paths: ["/.well-known/openid-configuration", "/openid/v1/jwks"],
  },
  {
    subjects: ["user:system:kube-controller-manager"],
    verbs: ["*"],
    groups: ["*"],
    resources: ["*"],
  },
  {
    subjects: SCHEDULER,
    verbs: READ,
    groups: ["", "apps", "policy", "storage.k8s.io", "resource.k8s.io", "scheduling.k8s.io"],
    resources: ["*"],
  },
  {
    subjects: SCHEDULER,
    verbs: ["create", "update", "patch", "delete"],
    groups: [""],
    resources: ["bindings", "pods/binding", "pods/status"],
  },
  { subjects: SCHEDULER, verbs: ["delete"], groups: [""], resources: ["pods"] },
  {
    subjects: NODES,
    verbs: READ,
    groups: ["", "discovery.k8s.io", "storage.k8s.io", "node.k8s.io", "resource.k8s.io"],
    resources: [
      "pods",
      "nodes",
      "namespaces",
      "services",
      "endpoints",
      "endpointslices",
      "configmaps",
      "secrets",
      "serviceaccounts",
      "persistentvolumes",
      "persistentvolumeclaims",
      "csidrivers",
      "csinodes",
      "volumeattachments",
      "runtimeclasses",
      "resourceclaims",
      "resourceslices",
    ],
  },
  {
    subjects: NODES,
    verbs: ["create", "update", "patch", "delete"],
    groups: ["", "storage.k8s.io"],
    resources: ["nodes", "nodes/status", "pods", "pods/status", "pods/eviction", "csinodes"],
  },
  {
    subjects: NODES,
    verbs: ["create"],
    groups: ["", "certificates.k8s.io", "authentication.k8s.io", "authorization.k8s.io"],
    resources: [
      "serviceaccounts/token",
      "certificatesigningrequests",
      "tokenreviews",
      "subjectaccessreviews",
    ],
  },
  {
    subjects: [...SCHEDULER, ...NODES],
    verbs: [...READ, ...WRITE],
    groups: ["coordination.k8s.io", "events.k8s.io"],
    resources: ["leases", "events"],
  },
  {
    subjects: [...SCHEDULER, ...NODES],
    verbs: ["create", "update", "patch"],
    groups: [""],
    resources: ["events"],
  },
];

export const bootstrapPolicy: Authorizer = (attributes) => ({
  allowed: rulesOf(attributes).some((rule) => permits(rule, attributes)) ? true : undefined,
});

/** The same rules, told in advance. */
export const bootstrapRules: RulesFor = (user) => {
  const own = rulesOf({ user });
  const resourceRules = own
    .filter(({ resources }) => resources)
    .map(({ verbs, groups = [], resources = [] }) => ({
      verbs: [...verbs],
      apiGroups: [...groups],
      resources: [...resources],
    }));
  const nonResourceRules = own
    .filter(({ paths }) => paths)
    .map(({ verbs, paths = [] }) => ({ verbs: [...verbs], nonResourceURLs: [...paths] }));
  return { resourceRules, nonResourceRules, incomplete: false };
};

const bySubject = new Map<string, Rule[]>();
for (const rule of rules) {
  for (const subject of rule.subjects) {
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), rule]);
  }
}

function rulesOf({ user }: Pick<Attributes, "user">): Rule[] {
  const subjects = [`user:${user.name}`, ...user.groups.map((group) => `group:${group}`)];
  return subjects.flatMap((subject) => bySubject.get(subject) ?? []);
}

function permits(rule: Rule, { isResource, ...asked }: Attributes): boolean {
  if (!has(rule.verbs, asked.verb)) return false;
  if (!isResource) return (rule.paths ?? []).some((path) => coversPath(path, asked.path));
  const { resource, subresource } = asked;
  const what = subresource === "" ? resource : `${resource}/${subresource}`;
  return has(rule.groups ?? [], asked.group) && has(rule.resources ?? [], what);
}

const has = (values: readonly string[], value: string) =>
  values.includes("*") || values.includes(value);

const coversPath = (rule: string, path: string) =>
  rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : path === rule;
