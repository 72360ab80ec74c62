// `pods/binding`: a scheduler's decision, carried out in one write.
// @see kubernetes pkg/registry/core/pod/storage/storage.go BindingREST

import {
  badRequest,
  conflict,
  describeFieldError,
  setPodCondition,
  validateBinding,
  StatusError,
  type Binding,
  type KubernetesObject,
  type Node,
  type Pod,
} from "@kubonsai/api";
import type { BehaviourContext } from "../behaviour.ts";
import { setMember } from "../json.ts";
import { timestamp } from "../metadata.ts";
import type { ObjectKey, SubresourceHandler, WriteOptions } from "../registry.ts";
import { success } from "../success.ts";

const TOPOLOGY_LABELS = ["topology.kubernetes.io/region", "topology.kubernetes.io/zone"];

export function bindingCall(context: BehaviourContext): NonNullable<SubresourceHandler["create"]> {
  return async (key: ObjectKey, body: KubernetesObject, { dryRun }: WriteOptions) => {
    const binding = body as Binding;
    checkBinding(binding, key);
    const nodeName = binding.target.name!;
    const labels = { ...binding.metadata.labels, ...(await topologyOf(context, nodeName)) };
    const { uid, resourceVersion, annotations = {} } = binding.metadata;
    const nowMs = context.clock.now();
    await context.rewrite({
      key,
      change: (object) => {
        bind(object as Pod, nodeName, nowMs);
        object.metadata.annotations = merged(object.metadata.annotations, annotations);
        object.metadata.labels = merged(object.metadata.labels, labels);
      },
      preconditions: { uid, resourceVersion },
      dryRun,
    });
    return success(201);
  };
}

function checkBinding(binding: Binding, { name }: ObjectKey): void {
  if (binding.metadata.name !== name)
    throw badRequest("name in URL does not match name in Binding object");
  const errors = validateBinding(binding);
  if (errors.length === 0) return;
  const texts = errors.map(describeFieldError);
  throw new StatusError(500, "", texts.length === 1 ? texts[0]! : `[${texts.join(", ")}]`);
}

function bind(pod: Pod, nodeName: string, nowMs: number): void {
  const { metadata, spec } = pod;
  const { name = "" } = metadata;
  const refuse = (why: string) =>
    conflict({ group: "", resource: "pods/binding" }, name, `pod ${name} ${why}`);
  if (metadata.deletionTimestamp) throw refuse("is being deleted, cannot be assigned to a host");
  if (spec.nodeName) {
    throw refuse(`is already assigned to node ${JSON.stringify(spec.nodeName)}`);
  }
  if (spec.schedulingGates?.length) throw refuse("has non-empty .spec.schedulingGates");
  spec.nodeName = nodeName;
  const status = (pod.status ??= {});
  delete status.nominatedNodeName;
  const lastTransitionTime = timestamp(nowMs);
  setPodCondition(status, { type: "PodScheduled", status: "True", lastTransitionTime });
}

/** Where the node stands, for the pod to read of itself. */
async function topologyOf({ lookup }: BehaviourContext, name: string) {
  const key = { namespace: "", name };
  const node = (await lookup.get({ group: "", resource: "nodes" }, key)) as Node | undefined;
  const labels = node?.metadata.labels ?? {};
  const present = TOPOLOGY_LABELS.filter((label) => Object.hasOwn(labels, label));
  return Object.fromEntries(present.map((label) => [label, labels[label]!]));
}

type Texts = { [name: string]: string };

function merged(present: Texts | undefined, added: Texts): Texts | undefined {
  const entries = Object.entries(added);
  if (entries.length === 0) return present;
  const all = present ?? {};
  for (const [name, value] of entries) setMember(all, name, value);
  return all;
}
