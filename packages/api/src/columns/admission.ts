// The tables of webhook configurations and admission policies.

import type { Column, KubernetesObject } from "../kind.ts";
import type { ParamKind, ParamRef } from "../messages/admissionregistration/v1/match-resources.ts";
import type { MutatingAdmissionPolicy } from "../messages/admissionregistration/v1/mutating-admission-policy.ts";
import type { ValidatingAdmissionPolicy } from "../messages/admissionregistration/v1/validating-admission-policy.ts";
import { formatLabelSelector } from "../selectors/label-selector.ts";
import { column, integerColumn } from "./column.ts";
import { ageColumn, nameColumn } from "./metadata.ts";

interface WithWebhooks extends KubernetesObject {
  webhooks?: unknown[];
}

export const webhookColumns: readonly Column<WithWebhooks>[] = [
  nameColumn,
  integerColumn("Webhooks", "How many", ({ webhooks }) => (webhooks ?? []).length),
  ageColumn,
];

export const validatingPolicyColumns: readonly Column<ValidatingAdmissionPolicy>[] = [
  nameColumn,
  integerColumn("Validations", "How many", ({ spec }) => (spec.validations ?? []).length),
  column("ParamKind", "What its parameters are", ({ spec }) => kindText(spec.paramKind)),
  ageColumn,
];

export const mutatingPolicyColumns: readonly Column<MutatingAdmissionPolicy>[] = [
  nameColumn,
  integerColumn("Mutations", "How many", ({ spec }) => (spec.mutations ?? []).length),
  column("ParamKind", "What its parameters are", ({ spec }) => kindText(spec.paramKind)),
  ageColumn,
];

interface Binding extends KubernetesObject {
  spec: { policyName?: string; paramRef?: ParamRef };
}

export const policyBindingColumns: readonly Column<Binding>[] = [
  nameColumn,
  column("PolicyName", "Which policy", ({ spec }) => spec.policyName ?? ""),
  column("ParamRef", "With which parameters", ({ spec: { paramRef } }) => {
    if (paramRef?.name) return `${paramRef.namespace || "*"}/${paramRef.name}`;
    return paramRef?.selector ? formatLabelSelector(paramRef.selector) : "<unset>";
  }),
  ageColumn,
];

function kindText(kind: ParamKind | undefined): string {
  return kind ? `${kind.apiVersion ?? ""}/${kind.kind ?? ""}` : "<unset>";
}
