// Admission policies and their bindings. Unlike Kubernetes, expressions are not compiled here.
// @see kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingAdmissionPolicy

import { duplicate, invalid, notSupported, required } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type {
  MatchResources,
  ParamKind,
  Variable,
} from "../messages/admissionregistration/v1/match-resources.ts";
import type { MutatingAdmissionPolicyBinding } from "../messages/admissionregistration/v1/mutating-admission-policy-binding.ts";
import type {
  MutatingAdmissionPolicy,
  Mutation,
} from "../messages/admissionregistration/v1/mutating-admission-policy.ts";
import type { ValidatingAdmissionPolicyBinding } from "../messages/admissionregistration/v1/validating-admission-policy-binding.ts";
import type {
  AuditAnnotation,
  ValidatingAdmissionPolicy,
  Validation,
} from "../messages/admissionregistration/v1/validating-admission-policy.ts";
import { failurePolicies, onlyMutable, validateMatchConditions } from "./admission-rules.ts";
import { validateMatchResources, validateParamRef } from "./admission-rules.ts";
import { validateConditions } from "./condition.ts";
import { dns1035Label, dns1123Subdomain } from "./names.ts";
import { each, isQualifiedName, isSubdomain, oneOf, optionalOneOf } from "./rules.ts";

const isBlank = (text: string | undefined) => (text ?? "").trim() === "";

export function validateValidatingPolicy({ metadata, spec }: ValidatingAdmissionPolicy) {
  const { validations = [], auditAnnotations = [] } = spec;
  const text = "validations or auditAnnotations must contain at least one item";
  const isEmpty = validations.length + auditAnnotations.length === 0;
  return [
    ...policyErrors(spec),
    ...(isEmpty
      ? [required("spec.validations", text), required("spec.auditAnnotations", text)]
      : []),
    ...each("spec.validations", validations, validationErrors),
    ...annotationErrors("spec.auditAnnotations", auditAnnotations, metadata.name ?? ""),
  ];
}

export function validateMutatingPolicy({ spec }: MutatingAdmissionPolicy): FieldError[] {
  const mutations = spec.mutations ?? [];
  const reinvocation = ["IfNeeded", "Never"];
  return [
    ...policyErrors(spec),
    ...onlyMutable("spec.matchConstraints", spec.matchConstraints),
    ...(mutations.length === 0
      ? [required("spec.mutations", "mutations must contain at least one item")]
      : each("spec.mutations", mutations, mutationErrors)),
    ...oneOf("spec.reinvocationPolicy", spec.reinvocationPolicy, reinvocation),
  ];
}

export const validatePolicyStatusUpdate = ({ status }: ValidatingAdmissionPolicy): FieldError[] => [
  ...each(
    "status.typeChecking.expressionWarnings",
    status?.typeChecking?.expressionWarnings,
    (path, { warning, fieldRef }) => [
      ...(warning ? [] : [required(`${path}.warning`)]),
      ...(isBlank(fieldRef) ? [required(`${path}.fieldRef`)] : []),
    ],
  ),
  ...validateConditions("status.conditions", status?.conditions),
];

interface PolicySpec {
  failurePolicy?: string;
  paramKind?: ParamKind;
  matchConstraints?: MatchResources;
  matchConditions?: Parameters<typeof validateMatchConditions>[1];
  variables?: Variable[];
}

function policyErrors(spec: PolicySpec): FieldError[] {
  const { paramKind, matchConstraints: match } = spec;
  const field = "spec.matchConstraints";
  return [
    ...oneOf("spec.failurePolicy", spec.failurePolicy, failurePolicies),
    ...(paramKind ? paramKindErrors("spec.paramKind", paramKind) : []),
    ...(match ? validateMatchResources(field, match) : [required(field)]),
    ...(match && (match.resourceRules ?? []).length === 0
      ? [required(`${field}.resourceRules`)]
      : []),
    ...validateMatchConditions("spec.matchConditions", spec.matchConditions),
    ...each("spec.variables", spec.variables, variableErrors),
  ];
}

function paramKindErrors(field: string, { apiVersion = "", kind = "" }: ParamKind): FieldError[] {
  const path = `${field}.kind`;
  const texts = dns1035Label(kind.toLowerCase());
  const mixed = "may have mixed case, but should otherwise match: ";
  return [
    ...versionErrors(`${field}.apiVersion`, apiVersion),
    ...(kind === ""
      ? [required(path)]
      : texts.length > 0
        ? [invalid(path, kind, mixed + texts.join(","))]
        : []),
  ];
}

function versionErrors(field: string, apiVersion: string): FieldError[] {
  if (apiVersion === "") return [required(field)];
  const parts = apiVersion.split("/");
  if (parts.length > 2) {
    return [invalid(field, apiVersion, `unexpected GroupVersion string: ${apiVersion}`)];
  }
  const [version = "", group = ""] = parts.toReversed();
  const groups = group === "" ? [] : dns1123Subdomain(group);
  const errors = groups.length > 0 ? [invalid(field, group, groups.join(","))] : [];
  if (version === "") return [...errors, invalid(field, apiVersion, "version must be specified")];
  const texts = dns1035Label(version);
  return texts.length > 0 ? [...errors, invalid(field, version, texts.join(","))] : errors;
}

const reserved = new Set(
  (
    "true false null in as break const continue else for function if import let loop package " +
    "namespace return var void while"
  ).split(" "),
);

function variableErrors(field: string, { name, expression }: Variable): FieldError[] {
  const isIdentifier = /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name ?? "") && !reserved.has(name);
  return [
    ...(isBlank(name)
      ? [required(`${field}.name`, "name is not specified")]
      : isIdentifier
        ? []
        : [invalid(`${field}.name`, name, "must be a valid CEL identifier")]),
    ...(isBlank(expression)
      ? [required(`${field}.expression`, "expression is not specified")]
      : []),
  ];
}

function validationErrors(field: string, validation: Validation): FieldError[] {
  const { expression, message = "", messageExpression = "", reason } = validation;
  const nonEmpty = "must be non-empty if specified";
  const isUnsaid = (text: string) => text !== "" && isBlank(text);
  return [
    ...(isBlank(expression)
      ? [required(`${field}.expression`, "expression is not specified")]
      : []),
    ...(isUnsaid(messageExpression)
      ? [invalid(`${field}.messageExpression`, messageExpression, nonEmpty)]
      : []),
    ...(isUnsaid(message)
      ? [invalid(`${field}.message`, message, nonEmpty)]
      : /[\n\r]/.test(message.trim())
        ? [invalid(`${field}.message`, message, "must not contain line breaks")]
        : []),
    ...optionalOneOf(`${field}.reason`, reason, ["Forbidden", "Invalid", "RequestEntityTooLarge"]),
  ];
}

const mostAnnotations = 20;
const longestExpressionBytes = 5 * 1024;

function annotationErrors(
  field: string,
  annotations: readonly AuditAnnotation[],
  policyName: string,
): FieldError[] {
  const keys = new Set<string>();
  const tooMany = `must not have more than ${mostAnnotations} auditAnnotations`;
  return [
    ...(annotations.length > mostAnnotations ? [invalid(field, annotations, tooMany)] : []),
    ...each(field, annotations, (path, { key, valueExpression }) => {
      const errors = isQualifiedName(`${path}.key`, `${policyName}/${key}`);
      const value = `${path}.valueExpression`;
      if (isBlank(valueExpression)) {
        errors.push(required(value, "valueExpression is not specified"));
      } else if (valueExpression.trim().length > longestExpressionBytes) {
        const text = `must not exceed ${longestExpressionBytes} bytes in length`;
        errors.push(required(value, text));
      }
      if (keys.has(key)) errors.push(duplicate(`${path}.key`, key));
      keys.add(key);
      return errors;
    }),
  ];
}

const patchMembers = { ApplyConfiguration: "applyConfiguration", JSONPatch: "jsonPatch" } as const;

function mutationErrors(field: string, mutation: Mutation): FieldError[] {
  const type = mutation.patchType as keyof typeof patchMembers | undefined;
  if (!type) return [required(`${field}.patchType`)];
  if (!Object.hasOwn(patchMembers, type)) {
    return [notSupported(`${field}.patchType`, type, Object.keys(patchMembers))];
  }
  const member = patchMembers[type];
  const other = member === "jsonPatch" ? "applyConfiguration" : "jsonPatch";
  const patch = mutation[member];
  const when = `specified when patchType is ${type}`;
  return [
    ...(!patch
      ? [required(`${field}.${member}`, `must be ${when}`)]
      : isBlank(patch.expression)
        ? [required(`${field}.${member}.expression`)]
        : []),
    ...(mutation[other] ? [invalid(`${field}.${other}`, `{${other}}`, `must not be ${when}`)] : []),
  ];
}

type Binding = ValidatingAdmissionPolicyBinding | MutatingAdmissionPolicyBinding;

function bindingErrors({ spec }: Binding): FieldError[] {
  const { policyName, paramRef, matchResources } = spec;
  const field = "spec.policyName";
  return [
    ...(policyName ? isSubdomain(field, policyName) : [required(field)]),
    ...validateParamRef("spec.paramRef", paramRef),
    ...(matchResources ? validateMatchResources("spec.matchResources", matchResources) : []),
  ];
}

export function validateValidatingPolicyBinding(binding: ValidatingAdmissionPolicyBinding) {
  const field = "spec.validationActions";
  const actions = binding.spec.validationActions ?? [];
  const seen = new Set<string>();
  const errors = each(field, actions, (path, action) => {
    const wrong = optionalOneOf(path, action, ["Audit", "Deny", "Warn"]);
    if (seen.has(action)) wrong.push(duplicate(path, action));
    seen.add(action);
    return wrong;
  });
  if (seen.has("Deny") && seen.has("Warn")) {
    const text =
      "must not contain both Deny and Warn (repeating the same validation failure information in " +
      "the API response and headers serves no purpose)";
    errors.push(invalid(field, actions, text));
  }
  if (seen.size === 0) errors.push(required(field, "at least one validation action is required"));
  return [...bindingErrors(binding), ...errors];
}

export const validateMutatingPolicyBinding = (binding: MutatingAdmissionPolicyBinding) => [
  ...bindingErrors(binding),
  ...onlyMutable("spec.matchResources", binding.spec.matchResources),
];
