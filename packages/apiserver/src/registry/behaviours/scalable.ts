// Kinds that keep so many pods: their size, as a Scale.
// @see kubernetes pkg/registry/apps/deployment/storage/storage.go ScaleREST

import {
  conflict,
  formatLabelMatcher,
  invalid,
  invalidError,
  matcherOfLabels,
  matcherOfSelector,
  type Deployment,
  type KubernetesObject,
  type ReplicaSet,
  type ReplicationController,
  type StatefulSet,
  type Scale,
} from "@kubonsai/api";
import type { Behaviour, BehaviourContext } from "../behaviour.ts";

type Scalable = Deployment | ReplicaSet | StatefulSet | ReplicationController;

export function scalableBehaviour({ resource, kind }: BehaviourContext): Behaviour {
  return {
    calls: {
      scale: {
        async get(key, options) {
          return scaleOf((await resource.get(key, options)).object as Scalable);
        },
        async update(key, change, options) {
          const resize = async (current: KubernetesObject | undefined) => {
            const object = current as Scalable;
            const scale = (await change(scaleOf(object))) as Scale;
            checkScale(scale, object, `${kind.resource}/scale`);
            object.spec.replicas = scale.spec?.replicas ?? 0;
            const { resourceVersion } = scale.metadata;
            if (resourceVersion) object.metadata.resourceVersion = resourceVersion;
            return object;
          };
          const flavour = { ...options, subresource: "scale", allowCreate: false };
          const { stored } = await resource.update(key, resize, flavour);
          return scaleOf(stored.object as Scalable);
        },
      },
    },
  };
}

function scaleOf(object: Scalable): Scale {
  const { metadata, spec, status } = object;
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas ?? 0 },
    status: {
      replicas: status?.replicas ?? 0,
      selector: formatLabelMatcher(matcherOf(object)),
    },
  };
}

/** A replication controller's selector is nothing but labels. */
const matcherOf = ({ apiVersion, spec }: Scalable) =>
  apiVersion === "v1"
    ? matcherOfLabels((spec as ReplicationController["spec"]).selector)
    : matcherOfSelector((spec as Deployment["spec"]).selector);

function checkScale({ metadata, spec }: Scale, object: Scalable, resource: string): void {
  const { name = "", uid } = object.metadata;
  const replicas = spec?.replicas ?? 0;
  if (replicas < 0) {
    const why = "must be greater than or equal to 0";
    const error = invalid("spec.replicas", replicas, why);
    throw invalidError({ group: "autoscaling", kind: "Scale" }, name, [error]);
  }
  if (!metadata?.uid || metadata.uid === uid) return;
  const why = `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${uid}`;
  throw conflict({ group: "apps", resource }, name, why);
}
