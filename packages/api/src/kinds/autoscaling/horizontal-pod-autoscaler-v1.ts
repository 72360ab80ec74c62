// HorizontalPodAutoscaler of autoscaling/v1; stored as one of v2.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import {
  beginWithoutReplicas,
  setHorizontalPodAutoscalerV1Defaults,
} from "../../defaults/autoscaling.ts";
import { keepSpec, keepStatus } from "../../preparation/status.ts";
import {
  validateAutoscalerCreate,
  validateAutoscalerStatusUpdate,
  validateAutoscalerUpdate,
  validateHorizontalPodAutoscaler,
} from "../../validation/autoscaling.ts";
import { autoscalerStorage } from "./autoscaler-conversion.ts";
import { checkedAsNewer, columnsAsNewer, preparedAsNewer } from "./through-newer.ts";
import {
  horizontalPodAutoscalerV1,
  type HorizontalPodAutoscalerV1,
} from "../../messages/autoscaling/v1/horizontal-pod-autoscaler.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { statusOf } from "../subresource.ts";

export const horizontalPodAutoscalerV1Kind: Kind<HorizontalPodAutoscalerV1> = {
  group: "autoscaling",
  version: "v1",
  resource: "horizontalpodautoscalers",
  namespaced: true,
  kind: "HorizontalPodAutoscaler",
  listKind: "HorizontalPodAutoscalerList",
  singular: "horizontalpodautoscaler",
  shortNames: ["hpa"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: horizontalPodAutoscalerV1,
  subresources: [statusOf("autoscaling", "v1", "HorizontalPodAutoscaler")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: columnsAsNewer,
  setDefaults: setHorizontalPodAutoscalerV1Defaults,
  prepareForCreate: beginWithoutReplicas,
  prepareForUpdate: preparedAsNewer(keepStatus),
  prepareForStatusUpdate: preparedAsNewer(keepSpec),
  validate: (object) => checkedAsNewer(validateHorizontalPodAutoscaler)(object),
  validateCreate: (object) => checkedAsNewer(validateAutoscalerCreate)(object),
  validateUpdate: checkedAsNewer(validateAutoscalerUpdate),
  validateStatusUpdate: checkedAsNewer(validateAutoscalerStatusUpdate),
  storedAs: autoscalerStorage,
  defaultPropagation: "Background",
};
