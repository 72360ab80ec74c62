// What deployments and replica sets get when their manifests do not say.
// @see kubernetes pkg/apis/apps/v1/defaults.go

import type { Deployment, DeploymentStrategy } from "../messages/apps/v1/deployment.ts";
import type { ReplicaSet } from "../messages/apps/v1/replica-set.ts";
import { setTemplateDefaults } from "./pod-spec.ts";

export function setDeploymentDefaults({ spec }: Deployment): void {
  spec.replicas ??= 1;
  spec.strategy ??= {};
  setStrategyDefaults(spec.strategy);
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  spec.template ??= { spec: { containers: [] } };
  setTemplateDefaults(spec.template);
}

export function setReplicaSetDefaults({ spec }: ReplicaSet): void {
  spec.replicas ??= 1;
  spec.template ??= { spec: { containers: [] } };
  setTemplateDefaults(spec.template);
}

function setStrategyDefaults(strategy: DeploymentStrategy): void {
  strategy.type ||= "RollingUpdate";
  if (strategy.type !== "RollingUpdate") return;
  strategy.rollingUpdate ??= {};
  strategy.rollingUpdate.maxUnavailable ??= "25%";
  strategy.rollingUpdate.maxSurge ??= "25%";
}
