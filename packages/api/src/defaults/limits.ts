// What limit ranges and quotas get when their manifests do not say.
// @see kubernetes pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem

import type { LimitRange } from "../messages/core/v1/limit-range.ts";
import type { ResourceQuota } from "../messages/core/v1/resource-quota.ts";
import { roundResourceList } from "./resources.ts";

export function setLimitRangeDefaults({ spec }: LimitRange): void {
  for (const item of spec.limits ?? []) {
    const lists = [item.max, item.min, item.default, item.defaultRequest];
    [...lists, item.maxLimitRequestRatio].forEach(roundResourceList);
    if (item.type !== "Container") continue;
    item.default = { ...item.max, ...item.default };
    item.defaultRequest = { ...item.min, ...item.default, ...item.defaultRequest };
    if (Object.keys(item.default).length === 0) delete item.default;
    if (Object.keys(item.defaultRequest).length === 0) delete item.defaultRequest;
  }
}

export function setResourceQuotaDefaults(quota: ResourceQuota): void {
  quota.spec ??= {};
  quota.status ??= {};
  [quota.spec.hard, quota.status.hard, quota.status.used].forEach(roundResourceList);
}
