// The rules of autoscaling/v1 are those of v2, applied to the same object in newer words.

import { horizontalPodAutoscalerColumns } from "../../columns/autoscaling.ts";
import type { Column } from "../../kind.ts";
import type { HorizontalPodAutoscalerV1 } from "../../messages/autoscaling/v1/horizontal-pod-autoscaler.ts";
import type { HorizontalPodAutoscaler } from "../../messages/autoscaling/v2/horizontal-pod-autoscaler.ts";
import { toNewerAutoscaler, toOlderAutoscaler } from "./autoscaler-conversion.ts";

type Prepare = (object: HorizontalPodAutoscaler, old: HorizontalPodAutoscaler) => void;

export const preparedAsNewer =
  (prepare: Prepare) =>
  (object: HorizontalPodAutoscalerV1, old: HorizontalPodAutoscalerV1): void => {
    const newer = toNewerAutoscaler(object);
    prepare(newer, toNewerAutoscaler(old));
    const { metadata, spec, status } = toOlderAutoscaler(newer);
    Object.assign(object, { metadata, spec, status });
  };

export const checkedAsNewer =
  <R>(check: (object: HorizontalPodAutoscaler, old: HorizontalPodAutoscaler) => R) =>
  (object: HorizontalPodAutoscalerV1, old: HorizontalPodAutoscalerV1 = object): R =>
    check(toNewerAutoscaler(object), toNewerAutoscaler(old));

export const columnsAsNewer: readonly Column<HorizontalPodAutoscalerV1>[] =
  horizontalPodAutoscalerColumns.map((column) => ({
    ...column,
    cell: (object, nowMs) => column.cell(toNewerAutoscaler(object), nowMs),
  }));
