// Pod: containers that run together on one node.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setPodDefaults } from "../../defaults/pod.ts";
import {
  preparePodForCreate,
  preparePodForStatusUpdate,
  preparePodForUpdate,
} from "../../preparation/pod.ts";
import {
  validatePod,
  validatePodCreate,
  validatePodStatusUpdate,
  validatePodUpdate,
} from "../../validation/pod.ts";
import { podWarnings } from "../../warnings/pod.ts";
import { podColumns, podRowConditions } from "../../columns/pod.ts";
import { pod, type Pod } from "../../messages/core/v1/pod.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { podSubresources } from "./pod-subresources.ts";

export const podKind: Kind<Pod> = {
  group: "",
  version: "v1",
  resource: "pods",
  namespaced: true,
  kind: "Pod",
  listKind: "PodList",
  singular: "pod",
  shortNames: ["po"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: pod,
  subresources: podSubresources,
  nameRule: dns1123Subdomain,
  selectableFields: {
    "spec.nodeName": ({ spec }) => spec.nodeName ?? "",
    "spec.restartPolicy": ({ spec }) => spec.restartPolicy ?? "",
    "spec.schedulerName": ({ spec }) => spec.schedulerName ?? "",
    "spec.serviceAccountName": ({ spec }) => spec.serviceAccountName ?? "",
    "spec.hostNetwork": ({ spec }) => String(spec.hostNetwork ?? false),
    "status.phase": ({ status }) => status?.phase ?? "",
    "status.podIP": ({ status }) => status?.podIPs?.[0]?.ip ?? "",
    "status.podIPs": ({ status }) => (status?.podIPs ?? []).map(({ ip }) => ip).join(","),
    "status.nominatedNodeName": ({ status }) => status?.nominatedNodeName ?? "",
  },
  columns: podColumns,
  rowConditions: podRowConditions,
  setDefaults: setPodDefaults,
  prepareForCreate: preparePodForCreate,
  prepareForUpdate: preparePodForUpdate,
  prepareForStatusUpdate: preparePodForStatusUpdate,
  validate: validatePod,
  validateCreate: validatePodCreate,
  validateUpdate: validatePodUpdate,
  validateStatusUpdate: validatePodStatusUpdate,
  warnings: (pod) => podWarnings("", pod),
  defaultPropagation: "Background",
};
