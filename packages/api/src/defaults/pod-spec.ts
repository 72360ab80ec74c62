// What a pod's spec gets when its manifest does not say; templates get the same.
// @see kubernetes pkg/apis/core/v1/defaults.go SetDefaults_PodSpec

import type { PodTemplateSpec } from "../messages/core/v1/pod.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import { allContainers } from "../pod/containers.ts";
import { setContainerDefaults } from "./container.ts";
import { roundResourceList } from "./resources.ts";
import { setVolumeDefaults } from "./volume.ts";

export function setPodSpecDefaults(spec: PodSpec): void {
  spec.restartPolicy ||= "Always";
  spec.terminationGracePeriodSeconds ??= 30;
  spec.dnsPolicy ||= "ClusterFirst";
  spec.securityContext ??= {};
  spec.schedulerName ||= "default-scheduler";
  nameServiceAccount(spec);
  roundResourceList(spec.overhead);
  roundResourceList(spec.resources?.limits);
  roundResourceList(spec.resources?.requests);
  spec.volumes?.forEach(setVolumeDefaults);
  for (const { container } of allContainers(spec)) setContainerDefaults(container);
}

/** The account has two names; the older follows the newer. */
function nameServiceAccount(spec: PodSpec): void {
  spec.serviceAccountName ||= spec.serviceAccount;
  if (spec.serviceAccountName) spec.serviceAccount = spec.serviceAccountName;
  else delete spec.serviceAccountName;
}

export function setTemplateDefaults(template: PodTemplateSpec): void {
  template.metadata ??= {};
  template.spec ??= { containers: [] };
  setPodSpecDefaults(template.spec);
}
