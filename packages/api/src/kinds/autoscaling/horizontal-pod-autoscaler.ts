// HorizontalPodAutoscaler: as many replicas as the load needs.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { horizontalPodAutoscalerColumns } from "../../columns/autoscaling.ts";
import { setHorizontalPodAutoscalerDefaults } from "../../defaults/autoscaling.ts";
import { dropStatus, keepSpec, keepStatus } from "../../preparation/status.ts";
import {
  validateAutoscalerCreate,
  validateAutoscalerStatusUpdate,
  validateAutoscalerUpdate,
  validateHorizontalPodAutoscaler,
} from "../../validation/autoscaling.ts";
import {
  horizontalPodAutoscaler,
  type HorizontalPodAutoscaler,
} from "../../messages/autoscaling/v2/horizontal-pod-autoscaler.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const horizontalPodAutoscalerKind: Kind<HorizontalPodAutoscaler> = {
  group: "autoscaling",
  version: "v2",
  resource: "horizontalpodautoscalers",
  namespaced: true,
  kind: "HorizontalPodAutoscaler",
  listKind: "HorizontalPodAutoscalerList",
  singular: "horizontalpodautoscaler",
  shortNames: ["hpa"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: horizontalPodAutoscaler,
  subresources: [statusOf("autoscaling", "v2", "HorizontalPodAutoscaler")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: horizontalPodAutoscalerColumns,
  setDefaults: setHorizontalPodAutoscalerDefaults,
  prepareForCreate: dropStatus,
  prepareForUpdate: keepStatus,
  prepareForStatusUpdate: keepSpec,
  validate: validateHorizontalPodAutoscaler,
  validateCreate: validateAutoscalerCreate,
  validateUpdate: validateAutoscalerUpdate,
  validateStatusUpdate: validateAutoscalerStatusUpdate,
  defaultPropagation: "Background",
};
