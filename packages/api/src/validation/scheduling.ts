// Where a pod may run: tolerations, node and pod affinity, topology spread.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateTolerations, validateAffinity

import { duplicate, forbidden, invalid, notSupported } from "../errors/field-error.ts";
import { required, type FieldError } from "../errors/field-error.ts";
import type { LabelSelector } from "../metadata/label-selector.ts";
import type { Affinity, NodeSelectorRequirement } from "../messages/core/v1/affinity.ts";
import type {
  NodeSelector,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from "../messages/core/v1/affinity.ts";
import type { Toleration, TopologySpreadConstraint } from "../messages/core/v1/pod-spec.ts";
import { labelValue } from "./label-names.ts";
import { validateLabelSelector } from "./labels.ts";
import { dns1123Label, dns1123Subdomain } from "./names.ts";
import { each, invalidFor, isLabelValue, isQualifiedName, optionalOneOf } from "./rules.ts";

export const taintEffects = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

export const validateTolerations = (field: string, all: readonly Toleration[] | undefined) =>
  each(field, all, (path, toleration) => {
    const { key = "", operator = "" as never, effect, tolerationSeconds } = toleration;
    const errors: FieldError[] = key === "" ? [] : isQualifiedName(`${path}.key`, key);
    if (key === "" && operator !== "Exists") {
      const text =
        'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${path}.operator`, operator, text));
    }
    if (tolerationSeconds !== undefined && effect !== "NoExecute") {
      const text = "effect must be 'NoExecute' when `tolerationSeconds` is set";
      errors.push(invalid(`${path}.effect`, effect ?? "", text));
    }
    errors.push(...tolerationOperator(`${path}.operator`, toleration));
    return effect ? [...errors, ...optionalOneOf(`${path}.effect`, effect, taintEffects)] : errors;
  });

function tolerationOperator(field: string, { operator, value = "" }: Toleration): FieldError[] {
  switch (operator as string | undefined) {
    case undefined:
    case "":
    case "Equal": {
      const texts = labelValue(value);
      return texts.length === 0 ? [] : [invalid(field, value, texts.join(";"))];
    }
    case "Exists":
      if (value === "") return [];
      return [invalid(field, value, "value must be empty when `operator` is 'Exists'")];
    case "Lt":
    case "Gt":
      return [notSupported(field, operator, ["Equal", "Exists", "Lt", "Gt"])];
    default:
      return [notSupported(field, operator, ["Equal", "Exists"])];
  }
}

export function validateAffinity(field: string, affinity: Affinity | undefined): FieldError[] {
  const { nodeAffinity, podAffinity, podAntiAffinity } = affinity ?? {};
  return [
    ...(nodeAffinity ? validateNodeAffinity(`${field}.nodeAffinity`, nodeAffinity) : []),
    ...(podAffinity ? validatePodAffinity(`${field}.podAffinity`, podAffinity) : []),
    ...(podAntiAffinity ? validatePodAffinity(`${field}.podAntiAffinity`, podAntiAffinity) : []),
  ];
}

const requiredTerms = "requiredDuringSchedulingIgnoredDuringExecution";
const preferredTerms = "preferredDuringSchedulingIgnoredDuringExecution";

function validateNodeAffinity(field: string, affinity: NonNullable<Affinity["nodeAffinity"]>) {
  const errors: FieldError[] = [];
  const hard = affinity[requiredTerms];
  if (hard) errors.push(...validateNodeSelector(`${field}.${requiredTerms}`, hard));
  const soft = each(`${field}.${preferredTerms}`, affinity[preferredTerms], (path, term) => [
    ...weightErrors(path, term.weight),
    ...validatePreference(`${path}.preference`, term.preference),
  ]);
  return [...errors, ...soft];
}

export function validateNodeSelector(field: string, { nodeSelectorTerms }: NodeSelector) {
  const terms = `${field}.nodeSelectorTerms`;
  const isEmpty = (nodeSelectorTerms ?? []).length === 0;
  return [
    ...(isEmpty ? [required(terms, "must have at least one node selector term")] : []),
    ...each(terms, nodeSelectorTerms, validateNodeSelectorTerm),
  ];
}

const weightErrors = (field: string, weight: number): FieldError[] =>
  weight > 0 && weight <= 100
    ? []
    : [invalid(`${field}.weight`, weight, "must be in the range 1-100")];

/** Label values of a preference are only warned of: a wrong one just never matches. */
const validatePreference = (field: string, term: NodeSelectorTerm): FieldError[] => [
  ...each(`${field}.matchExpressions`, term.matchExpressions, validateNodeExpression),
  ...each(`${field}.matchFields`, term.matchFields, validateNodeField),
];

const validateNodeSelectorTerm = (field: string, term: NodeSelectorTerm): FieldError[] => [
  ...validatePreference(field, term),
  ...each(`${field}.matchExpressions`, term.matchExpressions, (path, { values }) =>
    each(`${path}.values`, values, isLabelValue),
  ),
];

function validateNodeExpression(field: string, one: NodeSelectorRequirement): FieldError[] {
  return [...nodeOperatorErrors(field, one), ...isQualifiedName(`${field}.key`, one.key)];
}

function nodeOperatorErrors(field: string, one: NodeSelectorRequirement): FieldError[] {
  const { operator, values = [] } = one;
  const path = `${field}.values`;
  switch (operator) {
    case "In":
    case "NotIn":
      if (values.length > 0) return [];
      return [required(path, "must be specified when `operator` is 'In' or 'NotIn'")];
    case "Exists":
    case "DoesNotExist": {
      const text = "may not be specified when `operator` is 'Exists' or 'DoesNotExist'";
      return values.length === 0 ? [] : [forbidden(path, text)];
    }
    case "Gt":
    case "Lt":
      if (values.length === 1) return [];
      return [required(path, "must be specified single value when `operator` is 'Lt' or 'Gt'")];
    default:
      return [invalid(`${field}.operator`, operator, "not a valid selector operator")];
  }
}

/** Only the node's name can be selected by field. */
function validateNodeField(field: string, one: NodeSelectorRequirement): FieldError[] {
  const { key, operator, values = [] } = one;
  const errors: FieldError[] = [];
  if (operator !== "In" && operator !== "NotIn") {
    errors.push(invalid(`${field}.operator`, operator, "not a valid selector operator"));
  } else if (values.length !== 1) {
    const text =
      "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(`${field}.values`, text));
  }
  if (key !== "metadata.name") {
    return [...errors, invalid(`${field}.key`, key, "not a valid field selector key")];
  }
  const names = each(`${field}.values`, values, (path, name) =>
    invalidFor(path, name, dns1123Subdomain(name)),
  );
  return [...errors, ...names];
}

const validatePodAffinity = (field: string, affinity: PodAffinity): FieldError[] => [
  ...each(`${field}.${requiredTerms}`, affinity[requiredTerms], validatePodAffinityTerm),
  ...each(`${field}.${preferredTerms}`, affinity[preferredTerms], (path, term) => [
    ...weightErrors(path, term.weight),
    ...validatePodAffinityTerm(`${path}.podAffinityTerm`, term.podAffinityTerm),
  ]),
];

function validatePodAffinityTerm(field: string, term: PodAffinityTerm): FieldError[] {
  const { topologyKey, namespaces = [], matchLabelKeys = [], mismatchLabelKeys = [] } = term;
  return [
    ...validateLabelSelector(`${field}.labelSelector`, term.labelSelector),
    ...validateLabelSelector(`${field}.namespaceSelector`, term.namespaceSelector),
    ...namespaces.flatMap((one) => invalidFor(`${field}.namespace`, one, dns1123Label(one))),
    ...labelKeyErrors(`${field}.matchLabelKeys`, matchLabelKeys, term.labelSelector),
    ...labelKeyErrors(`${field}.mismatchLabelKeys`, mismatchLabelKeys, term.labelSelector),
    ...each(`${field}.matchLabelKeys`, matchLabelKeys, (path, key) =>
      mismatchLabelKeys.includes(key)
        ? [invalid(path, key, "exists in both matchLabelKeys and mismatchLabelKeys")]
        : [],
    ),
    ...(topologyKey === "" ? [required(`${field}.topologyKey`, "can not be empty")] : []),
    ...isQualifiedName(`${field}.topologyKey`, topologyKey),
  ];
}

function labelKeyErrors(
  field: string,
  keys: readonly string[],
  selector: LabelSelector | undefined,
): FieldError[] {
  if (keys.length === 0) return [];
  if (!selector) return [forbidden(field, "must not be specified when labelSelector is not set")];
  return each(field, keys, (path, key) => isQualifiedName(path, key));
}

export const validateTopologySpread = (
  field: string,
  constraints: readonly TopologySpreadConstraint[] | undefined,
) =>
  each(field, constraints, (path, constraint, index) => [
    ...spreadErrors(path, constraint),
    ...repeatErrors(path, constraint, (constraints ?? []).slice(index + 1)),
    ...domainErrors(`${path}.minDomains`, constraint),
    ...optionalOneOf(`${path}.nodeAffinityPolicy`, constraint.nodeAffinityPolicy, policies),
    ...optionalOneOf(`${path}.nodeTaintsPolicy`, constraint.nodeTaintsPolicy, policies),
    ...labelKeyErrors(
      `${path}.matchLabelKeys`,
      constraint.matchLabelKeys ?? [],
      constraint.labelSelector,
    ),
    ...validateLabelSelector(`${path}.labelSelector`, constraint.labelSelector),
  ]);

const policies = ["Honor", "Ignore"];

function spreadErrors(field: string, constraint: TopologySpreadConstraint): FieldError[] {
  const { maxSkew, topologyKey, whenUnsatisfiable } = constraint;
  const errors: FieldError[] = [];
  if (maxSkew <= 0) errors.push(invalid(`${field}.maxSkew`, maxSkew, "must be greater than zero"));
  if (topologyKey === "") errors.push(required(`${field}.topologyKey`, "can not be empty"));
  const path = `${field}.whenUnsatisfiable`;
  return [
    ...errors,
    ...optionalOneOf(path, whenUnsatisfiable, ["DoNotSchedule", "ScheduleAnyway"]),
  ];
}

function repeatErrors(
  field: string,
  { topologyKey, whenUnsatisfiable }: TopologySpreadConstraint,
  others: readonly TopologySpreadConstraint[],
): FieldError[] {
  const isRepeated = others.some(
    (one) => one.topologyKey === topologyKey && one.whenUnsatisfiable === whenUnsatisfiable,
  );
  if (!isRepeated) return [];
  const pair = `{${topologyKey}, ${whenUnsatisfiable}}`;
  return [duplicate(`${field}.{topologyKey, whenUnsatisfiable}`, pair)];
}

function domainErrors(field: string, constraint: TopologySpreadConstraint): FieldError[] {
  const { minDomains, whenUnsatisfiable } = constraint;
  if (minDomains === undefined) return [];
  const errors: FieldError[] = [];
  if (minDomains <= 0) errors.push(invalid(field, minDomains, "must be greater than zero"));
  if (whenUnsatisfiable !== "DoNotSchedule") {
    const text = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
    errors.push(invalid(field, minDomains, text));
  }
  return errors;
}
