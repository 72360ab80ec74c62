// RBAC: what roles allow those whom bindings give them to.
// @see kubernetes plugin/pkg/auth/authorizer/rbac/rbac.go, pkg/registry/rbac/validation/rule.go

import { isReason } from "@kubonsai/api";
import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  RoleBinding,
  RoleBindingSubject,
} from "@kubonsai/api";
import type { UserInfo } from "../authentication/user-info.ts";
import type { Registry } from "../registry/registry.ts";
import type { Attributes, Authorizer, RulesFor } from "./authorizer.ts";

const RBAC = { group: "rbac.authorization.k8s.io", version: "v1" };

export interface RoleBasedPolicy {
  readonly authorizer: Authorizer;
  readonly rulesFor: RulesFor;
}

export function roleBasedPolicy(registry: Registry): RoleBasedPolicy {
  const policy = new Policy(registry);
  return {
    authorizer: (attributes) => policy.decide(attributes),
    rulesFor: (user, namespace) => policy.rulesFor(user, namespace),
  };
}

type Binding = RoleBinding | ClusterRoleBinding;

/** A binding that is about the user, with what its role allows. */
interface Grant {
  readonly binding: Binding;
  readonly subject: RoleBindingSubject;
  readonly rules: readonly PolicyRule[];
}

class Policy {
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  async decide(attributes: Attributes) {
    const problems: string[] = [];
    for await (const grant of this.#grants(attributes.user, attributes.namespace, problems)) {
      if (!grant.rules.some((rule) => permits(rule, attributes))) continue;
      return { allowed: true, reason: reasonOf(grant) };
    }
    const reason = problems.length === 0 ? "" : `RBAC: ${listed(problems)}`;
    return { allowed: undefined, reason };
  }

  async rulesFor(user: UserInfo, namespace: string) {
    const problems: string[] = [];
    const rules: PolicyRule[] = [];
    for await (const grant of this.#grants(user, namespace, problems)) rules.push(...grant.rules);
    return {
      resourceRules: rules
        .filter(({ resources = [] }) => resources.length > 0)
        .map(({ nonResourceURLs: _, ...rule }) => rule),
      nonResourceRules: rules
        .filter(({ nonResourceURLs = [] }) => nonResourceURLs.length > 0)
        .map(({ verbs, nonResourceURLs = [] }) => ({ verbs, nonResourceURLs })),
      incomplete: problems.length > 0,
    };
  }

  /** Of the cluster first, then of the namespace. Roles that are missing are told in `problems`. */
  async *#grants(user: UserInfo, namespace: string, problems: string[]): AsyncIterable<Grant> {
    const clusterWide = await this.#bindings("clusterrolebindings", "");
    const local = namespace === "" ? [] : await this.#bindings("rolebindings", namespace);
    for (const binding of [...clusterWide, ...local]) {
      const inNamespace = binding.metadata.namespace ?? "";
      const subject = binding.subjects?.find((one) => isAbout(one, user, inNamespace));
      if (!subject) continue;
      const rules = await this.#rulesOf(binding, problems);
      if (rules) yield { binding, subject, rules };
    }
  }

  /** As the cache has them: a decision need not wait for the store. */
  async #bindings(resource: string, namespace: string): Promise<Binding[]> {
    const found = await this.#registry
      .resource({ ...RBAC, resource })
      ?.list(namespace, { resourceVersion: "0" });
    return (found?.items ?? []).map(({ object }) => object as Binding);
  }

  async #rulesOf(
    { roleRef, metadata }: Binding,
    problems: string[],
  ): Promise<readonly PolicyRule[] | undefined> {
    const isLocal = roleRef.kind === "Role";
    const resource = isLocal ? "roles" : "clusterroles";
    const key = { namespace: isLocal ? (metadata.namespace ?? "") : "", name: roleRef.name };
    try {
      const role = await this.#registry.resource({ ...RBAC, resource })?.get(key, {});
      return (role?.object as ClusterRole | undefined)?.rules ?? [];
    } catch (error) {
      if (!isReason(error, "NotFound")) throw error;
      const kind = roleRef.kind.toLowerCase();
      problems.push(`${kind}.${RBAC.group} ${JSON.stringify(roleRef.name)} not found`);
      return undefined;
    }
  }
}

const listed = (problems: readonly string[]) =>
  problems.length === 1 ? problems[0]! : `[${problems.join(", ")}]`;

function isAbout(subject: RoleBindingSubject, user: UserInfo, namespace: string): boolean {
  const { kind, name } = subject;
  if (kind === "User") return user.name === name;
  if (kind === "Group") return user.groups.includes(name);
  if (kind !== "ServiceAccount") return false;
  const owner = subject.namespace || namespace;
  return owner !== "" && user.name === `system:serviceaccount:${owner}:${name}`;
}

function permits(rule: PolicyRule, asked: Attributes): boolean {
  if (!has(rule.verbs, asked.verb)) return false;
  if (!asked.isResource) {
    return (rule.nonResourceURLs ?? []).some((url) => coversPath(url, asked.path));
  }
  const { resourceNames = [] } = rule;
  return (
    has(rule.apiGroups, asked.group) &&
    (rule.resources ?? []).some((resource) => coversResource(resource, asked)) &&
    (resourceNames.length === 0 || resourceNames.includes(asked.name))
  );
}

const has = (values: readonly string[] | undefined, value: string) =>
  values?.includes("*") === true || values?.includes(value) === true;

/** `pods`, `pods/log`, `*` for everything, `*` before a slash for a part of any resource. */
function coversResource(rule: string, { resource, subresource }: Attributes): boolean {
  if (rule === "*") return true;
  if (subresource === "") return rule === resource;
  return rule === `${resource}/${subresource}` || rule === `*/${subresource}`;
}

const coversPath = (rule: string, path: string) =>
  rule === "*" || rule === path || (rule.endsWith("*") && path.startsWith(rule.slice(0, -1)));

/** `RBAC: allowed by RoleBinding "read/web" of Role "reader" to User "jane"` */
function reasonOf({ binding, subject }: Grant): string {
  const { namespace, name } = binding.metadata;
  const isLocal = namespace !== undefined;
  const kind = isLocal ? "RoleBinding" : "ClusterRoleBinding";
  const shown = isLocal ? `${name}/${namespace}` : name;
  const role = `${binding.roleRef.kind} ${JSON.stringify(binding.roleRef.name)}`;
  return `RBAC: allowed by ${kind} ${JSON.stringify(shown)} of ${role} to ${subjectText(subject)}`;
}

const subjectText = ({ kind, name, namespace }: RoleBindingSubject) =>
  kind === "ServiceAccount"
    ? `ServiceAccount ${JSON.stringify(`${name}/${namespace ?? ""}`)}`
    : `${kind} ${JSON.stringify(name)}`;
