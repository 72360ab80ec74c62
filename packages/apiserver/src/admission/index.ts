// The admission plugins, in the order in which they are asked.
// @see kubernetes pkg/kubeapiserver/options/plugins.go AllOrderedPlugins

import type { AdmissionContext, AdmissionPlugin } from "./admission.ts";
import { defaultTolerationSeconds } from "./default-toleration-seconds.ts";
import { namespaceLifecycle } from "./namespace-lifecycle.ts";
import { priority } from "./priority.ts";
import { serviceAccount } from "./service-account.ts";
import { taintNodesByCondition } from "./taint-nodes-by-condition.ts";

export function admissionPlugins(context: AdmissionContext): readonly AdmissionPlugin[] {
  return [
    // first: nothing else matters in a namespace that is not there
    namespaceLifecycle(context),
    serviceAccount(context),
    taintNodesByCondition(),
    priority(context),
    defaultTolerationSeconds(),
  ];
}
