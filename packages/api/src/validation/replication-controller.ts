// Replication controllers and pod templates of the core group.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateReplicationController

import { invalid, required, type FieldError } from "../errors/field-error.ts";
import type { PodTemplate } from "../messages/core/v1/pod-template.ts";
import type { ReplicationController } from "../messages/core/v1/replication-controller.ts";
import { matcherOfLabels } from "../selectors/label-selector.ts";
import { longRunning, templateMatch } from "./pod-controller.ts";
import { validatePodTemplate } from "./pod-spec.ts";
import { nonNegative } from "./rules.ts";

export function validateReplicationController({ spec }: ReplicationController): FieldError[] {
  const { selector = {}, template, replicas } = spec;
  const field = "spec.template";
  const pods = template
    ? [
        ...templateMatch(field, template, matcherOfLabels(selector)),
        ...validatePodTemplate(field, template),
        ...longRunning(field, template, "ReplicationController"),
      ]
    : [required(field)];
  return [
    ...nonNegative("spec.minReadySeconds", spec.minReadySeconds),
    ...(Object.keys(selector).length === 0 ? [required("spec.selector")] : []),
    ...(replicas === undefined
      ? [required("spec.replicas")]
      : nonNegative("spec.replicas", replicas)),
    ...pods,
  ];
}

export function validateReplicationControllerStatusUpdate({ status }: ReplicationController) {
  const parts = ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"] as const;
  const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = status ?? {};
  const errors = [
    ...nonNegative("status.replicas", replicas),
    ...parts.flatMap((part) => nonNegative(`status.${part}`, status?.[part])),
    ...nonNegative("status.observedGeneration", status?.observedGeneration),
  ];
  for (const part of parts) {
    const count = status?.[part] ?? 0;
    const text = "cannot be greater than status.replicas";
    if (count > replicas) errors.push(invalid(`status.${part}`, count, text));
  }
  if (availableReplicas <= readyReplicas) return errors;
  const text = "cannot be greater than readyReplicas";
  return [...errors, invalid("status.availableReplicas", availableReplicas, text)];
}

export const validateTemplateObject = ({ template }: PodTemplate): FieldError[] =>
  validatePodTemplate("template", template ?? { spec: { containers: [] } });
