// The versions of a pod template are counted.
// @see kubernetes pkg/registry/core/podtemplate/strategy.go

import { semanticEqual } from "../equality/semantic-equal.ts";
import type { PodTemplate } from "../messages/core/v1/pod-template.ts";
import { countGeneration } from "./status.ts";

export function preparePodTemplateForUpdate(object: PodTemplate, old: PodTemplate): void {
  countGeneration(object, old, !semanticEqual(object.template, old.template));
}
