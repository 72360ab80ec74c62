// Deployment: how pods should be, and how to get there from how they were.

import { standardVerbs } from "../standard-verbs.ts";
import type { Kind } from "../../kind.ts";
import { setDeploymentDefaults } from "../../defaults/workload.ts";
import {
  prepareDeploymentForCreate,
  prepareDeploymentForStatusUpdate,
  prepareDeploymentForUpdate,
} from "../../preparation/workload.ts";
import {
  validateDeployment,
  validateDeploymentStatusUpdate,
  validateSelectorUpdate,
} from "../../validation/workload.ts";
import { workloadWarnings } from "../../warnings/pod.ts";
import { deploymentColumns } from "../../columns/workload.ts";
import { deployment, type Deployment } from "../../messages/apps/v1/deployment.ts";
import { dns1123Subdomain } from "../../validation/names.ts";
import { scaleSubresource, statusOf } from "../subresource.ts";

export const deploymentKind: Kind<Deployment> = {
  group: "apps",
  version: "v1",
  resource: "deployments",
  namespaced: true,
  kind: "Deployment",
  listKind: "DeploymentList",
  singular: "deployment",
  shortNames: ["deploy"],
  categories: ["all"],
  verbs: standardVerbs,
  schema: deployment,
  subresources: [scaleSubresource, statusOf("apps", "v1", "Deployment")],
  nameRule: dns1123Subdomain,
  selectableFields: {},
  columns: deploymentColumns,
  setDefaults: setDeploymentDefaults,
  prepareForCreate: prepareDeploymentForCreate,
  prepareForUpdate: prepareDeploymentForUpdate,
  prepareForStatusUpdate: prepareDeploymentForStatusUpdate,
  validate: validateDeployment,
  validateUpdate: validateSelectorUpdate,
  validateStatusUpdate: validateDeploymentStatusUpdate,
  warnings: workloadWarnings,
  defaultPropagation: "Background",
};
