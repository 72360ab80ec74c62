// Flow schemas: which requests belong to which priority level.
// @see kubernetes pkg/apis/flowcontrol/validation/validation.go ValidateFlowSchema

import { duplicate, forbidden, invalid, notSupported } from "../errors/field-error.ts";
import { required, type FieldError } from "../errors/field-error.ts";
import type {
  FlowSchema,
  FlowSchemaSubject,
  NonResourcePolicyRule,
  PolicyRulesWithSubjects,
  ResourcePolicyRule,
} from "../messages/flowcontrol/v1/flow-schema.ts";
import { dns1123Label, dns1123Subdomain } from "./names.ts";
import { each, invalidFor, isLabel, isSubdomain } from "./rules.ts";

const highestPrecedence = 10_000;

export function validateFlowSchema({ metadata, spec }: FlowSchema): FieldError[] {
  const { matchingPrecedence = 0, distinguisherMethod, priorityLevelConfiguration } = spec;
  const level = "spec.priorityLevelConfiguration.name";
  const name = priorityLevelConfiguration?.name;
  const types = ["ByNamespace", "ByUser"];
  return [
    ...precedenceErrors("spec.matchingPrecedence", matchingPrecedence, metadata.name ?? ""),
    ...(distinguisherMethod && !types.includes(distinguisherMethod.type)
      ? [notSupported("spec.distinguisherMethod.type", distinguisherMethod, types)]
      : []),
    ...(name ? isSubdomain(level, name) : [required(level, "must reference a priority level")]),
    ...each("spec.rules", spec.rules, ruleErrors),
  ];
}

export const validateFlowSchemaStatusUpdate = ({ status }: FlowSchema): FieldError[] =>
  typedOnce("status.conditions", status?.conditions);

/** Conditions with types, each once. */
export function typedOnce(field: string, conditions: readonly { type?: string }[] | undefined) {
  const seen = new Set<string>();
  return each(field, conditions, (path, { type = "" }) => {
    const errors = seen.has(type) ? [duplicate(`${path}.type`, type)] : [];
    seen.add(type);
    return type === "" ? [...errors, required(`${path}.type`)] : errors;
  });
}

function precedenceErrors(field: string, precedence: number, name: string): FieldError[] {
  const errors: FieldError[] = [];
  if (precedence <= 0) errors.push(invalid(field, precedence, "must be a positive value"));
  if (precedence > highestPrecedence) {
    errors.push(invalid(field, precedence, `must not be greater than ${highestPrecedence}`));
  }
  if (precedence !== 1 || name === "exempt") return errors;
  const text = "only the schema named 'exempt' may have matchingPrecedence 1";
  return [...errors, invalid(field, precedence, text)];
}

function ruleErrors(field: string, rule: PolicyRulesWithSubjects): FieldError[] {
  const { subjects = [], resourceRules = [], nonResourceRules = [] } = rule;
  const text = "at least one of resourceRules and nonResourceRules has to be non-empty";
  return [
    ...(subjects.length === 0
      ? [required(`${field}.subjects`, "subjects must contain at least one value")]
      : each(`${field}.subjects`, subjects, subjectErrors)),
    ...(resourceRules.length + nonResourceRules.length === 0 ? [required(field, text)] : []),
    ...each(`${field}.resourceRules`, resourceRules, resourceErrors),
    ...each(`${field}.nonResourceRules`, nonResourceRules, pathRuleErrors),
  ];
}

const members = { Group: "group", ServiceAccount: "serviceAccount", User: "user" } as const;

function subjectErrors(field: string, subject: FlowSchemaSubject): FieldError[] {
  const kind = subject.kind as keyof typeof members;
  if (!Object.hasOwn(members, kind)) {
    return [notSupported(`${field}.kind`, kind, Object.keys(members))];
  }
  const member = members[kind];
  const others = Object.entries(members).filter(
    ([other, name]) => other !== kind && subject[name] !== undefined,
  );
  return [
    ...(subject[member]
      ? nameErrors(`${field}.${member}`, subject)
      : [required(`${field}.${member}`, `${member} is required when subject kind is '${kind}'`)]),
    ...others.map(([other, name]) =>
      forbidden(`${field}.${name}`, `${name} is forbidden when subject kind is not '${other}'`),
    ),
  ];
}

function nameErrors(field: string, { serviceAccount, user, group }: FlowSchemaSubject) {
  const { name } = serviceAccount ?? user ?? group ?? {};
  if (!serviceAccount) return name ? [] : [required(`${field}.name`)];
  const { namespace } = serviceAccount;
  const text = "must specify namespace for service account";
  return [
    ...(!name
      ? [required(`${field}.name`)]
      : name === "*"
        ? []
        : invalidFor(`${field}.name`, name, dns1123Subdomain(name))),
    ...(namespace
      ? isLabel(`${field}.namespace`, namespace)
      : [required(`${field}.namespace`, text)]),
  ];
}

const verbs = [
  ...["connect", "create", "delete", "deletecollection", "get", "head", "list", "options"],
  ...["patch", "post", "proxy", "put", "update", "watch"],
];

function verbErrors(field: string, wanted: readonly string[]): FieldError[] {
  if (wanted.length === 0) return [required(field, "verbs must contain at least one value")];
  if (wanted.includes("*")) return alone(field, wanted, "verbs");
  return wanted.every((verb) => verbs.includes(verb)) ? [] : [notSupported(field, wanted, verbs)];
}

const alone = (field: string, values: readonly string[], what: string): FieldError[] =>
  values.length > 1 && values.includes("*")
    ? [invalid(field, values, `if '*' is present, must not specify other ${what}`)]
    : [];

function resourceErrors(field: string, rule: ResourcePolicyRule): FieldError[] {
  const { apiGroups = [], resources = [], namespaces = [], clusterScope } = rule;
  const must = "resource rules must supply at least one";
  return [
    ...verbErrors(`${field}.verbs`, rule.verbs ?? []),
    ...(apiGroups.length === 0
      ? [required(`${field}.apiGroups`, `${must} api group`)]
      : alone(`${field}.apiGroups`, apiGroups, "api groups")),
    ...(resources.length === 0
      ? [required(`${field}.resources`, `${must} resource`)]
      : alone(`${field}.resources`, resources, "resources")),
    ...namespaceErrors(`${field}.namespaces`, namespaces, clusterScope === true),
  ];
}

function namespaceErrors(
  field: string,
  namespaces: readonly string[],
  isClusterWide: boolean,
): FieldError[] {
  if (namespaces.length === 0) {
    const text = "resource rules that are not cluster scoped must supply at least one namespace";
    return isClusterWide ? [] : [required(field, text)];
  }
  if (namespaces.includes("*")) return alone(field, namespaces, "namespaces");
  const text = "each member of this list must be '*' or a DNS-1123 label; ";
  return each(field, namespaces, (path, namespace) =>
    dns1123Label(namespace).map((problem) => invalid(path, namespace, text + problem)),
  );
}

function pathRuleErrors(field: string, rule: NonResourcePolicyRule): FieldError[] {
  const urls = rule.nonResourceURLs ?? [];
  const path = `${field}.nonResourceURLs`;
  const text = "nonResourceURLs must contain at least one value";
  return [
    ...verbErrors(`${field}.verbs`, rule.verbs ?? []),
    ...(urls.length === 0 ? [required(path, text)] : []),
    ...(urls.includes("*")
      ? alone(path, urls, "non-resource URLs")
      : each(path, urls, (one, url) => {
          const problem = urlProblem(url);
          return problem === "" ? [] : [invalid(one, url, problem)];
        })),
  ];
}

function urlProblem(url: string): string {
  if (url === "") return "must not be empty";
  if (url === "/") return "";
  if (!url.startsWith("/")) return "must start with slash";
  if (url.includes(" ")) return "must not contain white-space";
  if (url.includes("//")) return "must not contain double slash";
  const stars = url.split("*").length - 1;
  const isWrong = stars > 1 || (stars === 1 && !url.endsWith("/*"));
  return isWrong ? "wildcard can only do suffix matching" : "";
}
