// What users are warned of in quotas, sets with claims and runtime classes.

import type { DaemonSet } from "../messages/apps/v1/daemon-set.ts";
import type { StatefulSet } from "../messages/apps/v1/stateful-set.ts";
import type { PodTemplate } from "../messages/core/v1/pod-template.ts";
import type { ResourceQuota } from "../messages/core/v1/resource-quota.ts";
import type { RuntimeClass } from "../messages/node/v1/runtime-class.ts";
import { templateGeneration } from "../preparation/daemon-set.ts";
import { compareQuantities, tryParseQuantity } from "../quantity/quantity.ts";
import { deprecationOf } from "./node-labels.ts";
import { podWarnings } from "./pod.ts";
import { claimSpecWarnings } from "./storage.ts";

export function resourceQuotaWarnings({ spec }: ResourceQuota, old?: ResourceQuota): string[] {
  const hard = spec?.hard ?? {};
  if (old !== undefined) return [];
  return ["cpu", "memory", "storage", "ephemeral-storage"].flatMap((resource) => {
    const isShort = resource === "cpu" || resource === "memory";
    const names = [`requests.${resource}`, ...(isShort ? [resource] : [])];
    const request = names.find((name) => hard[name] !== undefined);
    const limit = `limits.${resource}`;
    const [low, high] = [tryParseQuantity(hard[request ?? ""]), tryParseQuantity(hard[limit])];
    if (!low || !high || compareQuantities(low, high) <= 0) return [];
    const said = `ResourceQuota ${request} (${hard[request!]})`;
    return [`${said} should be less than ${limit} (${hard[limit]})`];
  });
}

export function daemonSetWarnings(daemonSet: DaemonSet, old?: DaemonSet): string[] {
  const count = ({ metadata }: DaemonSet) => metadata.annotations?.[templateGeneration];
  if (old !== undefined && count(daemonSet) === count(old)) return [];
  return podWarnings("spec.template.", daemonSet.spec.template);
}

export function statefulSetWarnings({ metadata, spec }: StatefulSet, old?: StatefulSet): string[] {
  const isSame = old !== undefined && metadata.generation === old.metadata.generation;
  const suffix = old === undefined ? "" : ".Spec";
  const history =
    "spec.revisionHistoryLimit: a negative value retains all historical revisions; " +
    "a value >= 0 is recommended";
  return [
    ...(isSame ? [] : podWarnings("spec.template.", spec.template)),
    ...(spec.volumeClaimTemplates ?? []).flatMap((claim, i) =>
      claimSpecWarnings(`spec.volumeClaimTemplates[${i}]${suffix}`, claim.spec),
    ),
    ...((spec.revisionHistoryLimit ?? 0) < 0 ? [history] : []),
  ];
}

export function podTemplateWarnings({ metadata, template }: PodTemplate, old?: PodTemplate) {
  if (old !== undefined && metadata.generation === old.metadata.generation) return [];
  return template ? podWarnings("template.", template) : [];
}

export const runtimeClassWarnings = ({ scheduling }: RuntimeClass): string[] =>
  Object.keys(scheduling?.nodeSelector ?? {}).flatMap((key) => {
    const text = deprecationOf(key);
    return text ? [`scheduling.nodeSelector: ${text}`] : [];
  });
