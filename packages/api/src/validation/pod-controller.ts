// What kinds that keep pods of one template share: a selector that its pods fit, and pods that go on.
// @see kubernetes pkg/apis/apps/validation/validation.go

import { forbidden, invalid, notSupported } from "../errors/field-error.ts";
import type { FieldError } from "../errors/field-error.ts";
import type { LabelSelector } from "../metadata/label-selector.ts";
import type { PodTemplateSpec } from "../messages/core/v1/pod.ts";
import {
  matcherOfSelector,
  matchesLabels,
  type LabelMatcher,
} from "../selectors/label-selector.ts";

/** Of a template whose pods must fit `matcher`; without one they fit anyway. */
export function templateMatch(
  field: string,
  template: PodTemplateSpec,
  matcher: LabelMatcher,
): FieldError[] {
  const labels = template.metadata?.labels;
  const isOpen = matcher.matchesAnything && matcher.requirements.length === 0;
  if (isOpen || matchesLabels(matcher, labels ?? {})) return [];
  const text = "`selector` does not match template `labels`";
  return [invalid(`${field}.metadata.labels`, labels ?? null, text)];
}

/** Pods that always start again, without an end. */
export function longRunning(
  field: string,
  { spec }: PodTemplateSpec,
  kind: "DaemonSet" | "ReplicationController" | "StatefulSet",
): FieldError[] {
  const { restartPolicy = "", activeDeadlineSeconds } = spec;
  const path = `${field}.spec`;
  const errors =
    restartPolicy === "Always"
      ? []
      : [notSupported(`${path}.restartPolicy`, restartPolicy, ["Always"])];
  if (activeDeadlineSeconds === undefined) return errors;
  const text = `activeDeadlineSeconds in ${kind} is not Supported`;
  return [...errors, forbidden(`${path}.activeDeadlineSeconds`, text)];
}

/** Undefined when it cannot be read; what is wrong with it is said elsewhere. */
export function readSelector(selector: LabelSelector | undefined): LabelMatcher | undefined {
  try {
    return matcherOfSelector(selector);
  } catch {
    return undefined;
  }
}

export const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions ?? []).length === 0;
