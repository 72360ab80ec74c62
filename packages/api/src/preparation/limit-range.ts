// A limit range without a name gets one that nobody else has.
// @see kubernetes pkg/registry/core/limitrange/strategy.go

import type { LimitRange } from "../messages/core/v1/limit-range.ts";

export function prepareLimitRangeForCreate({ metadata }: LimitRange): void {
  if (!metadata.name && metadata.uid) metadata.name = metadata.uid;
}
