// When a container restarts by its own rules rather than by the pod's policy.
// @see kubernetes pkg/apis/core/validation/validation.go validateContainerRestartPolicy

import { notSupported, required, tooMany, type FieldError } from "../errors/field-error.ts";
import type { Container } from "../messages/core/v1/container.ts";
import { each, optionalOneOf } from "./rules.ts";

export function validateRestartRules(field: string, container: Container): FieldError[] {
  const { restartPolicy, restartPolicyRules: rules = [] } = container;
  const errors: FieldError[] = [];
  if (restartPolicy === undefined && rules.length > 0) {
    const text = "must specify restartPolicy when restart rules are used";
    errors.push(required(`${field}.restartPolicy`, text));
  }
  errors.push(
    ...optionalOneOf(`${field}.restartPolicy`, restartPolicy, ["Always", "Never", "OnFailure"]),
  );
  const path = `${field}.restartPolicyRules`;
  if (rules.length > 20) errors.push(tooMany(path, rules.length, 20));
  return [...errors, ...each(path, rules, validateRule)];
}

type Rule = NonNullable<Container["restartPolicyRules"]>[number];

function validateRule(field: string, { action = "", exitCodes }: Rule): FieldError[] {
  const actions = ["Restart", "RestartAllContainers"];
  const errors = actions.includes(action) ? [] : [notSupported(`${field}.action`, action, actions)];
  if (!exitCodes) return [...errors, required(`${field}.exitCodes`, "must be specified")];
  const { operator = "", values = [] } = exitCodes;
  if (operator !== "In" && operator !== "NotIn") {
    errors.push(notSupported(`${field}.exitCodes.operator`, operator, ["In", "NotIn"]));
  }
  if (values.length > 255) errors.push(tooMany(`${field}.exitCodes.values`, values.length, 255));
  return errors;
}
