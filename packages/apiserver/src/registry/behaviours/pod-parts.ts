// The parts of a running pod that may change: its ephemeral containers, and what containers may use.
// @see kubernetes pkg/registry/core/pod/strategy.go podEphemeralContainersStrategy, podResizeStrategy

import {
  copyValue,
  forbidden,
  type Container,
  type FieldError,
  type Kind,
  type KubernetesObject,
  type Pod,
} from "@kubonsai/api";
import type { Part } from "../behaviour.ts";
import { equalJson } from "../json.ts";

export function ephemeralContainersPart(kind: Kind): Part {
  return {
    prepare(object, old) {
      const { ephemeralContainers } = (object as Pod).spec;
      keepAllBut(object as Pod, old as Pod, { ephemeralContainers });
    },
    validate: (object, old) => [
      ...kind.validate(object),
      ...ephemeralErrors(object as Pod, old as Pod),
    ],
  };
}

export function resizePart(kind: Kind): Part {
  return {
    prepare(object, old) {
      const { spec } = object as Pod;
      const was = (old as Pod).spec;
      const containers = resized(spec.containers, was.containers);
      const initContainers = resized(spec.initContainers, was.initContainers);
      const part = { containers, ...(initContainers && { initContainers }) };
      keepAllBut(object as Pod, old as Pod, part);
    },
    validate: (object, old) => [...kind.validate(object), ...containerErrors(object, old)],
  };
}

/** Everything as it was but for `part`; counts a generation when that differs. */
function keepAllBut(pod: Pod, old: Pod, part: Partial<Pod["spec"]>): void {
  const { managedFields, resourceVersion } = pod.metadata;
  const was = copyValue(old);
  pod.metadata = { ...was.metadata, resourceVersion };
  if (managedFields) pod.metadata.managedFields = managedFields;
  pod.spec = { ...was.spec, ...part };
  pod.status = was.status;
  if (equalJson(pod.spec, old.spec)) return;
  pod.metadata.generation = (old.metadata.generation ?? 0) + 1;
}

/** Containers that were added, dropped or moved are left for validation to refuse. */
function resized(now: Container[] | undefined, old: Container[] | undefined) {
  if (!now || now.length !== old?.length) return now;
  if (now.some(({ name }, index) => name !== old[index]!.name)) return now;
  return old.map((was, index) => {
    const { resources, resizePolicy } = now[index]!;
    return { ...copyValue(was), resources, resizePolicy };
  });
}

function containerErrors(object: KubernetesObject, old: KubernetesObject): FieldError[] {
  const names = ({ spec }: Pod) =>
    [...(spec.initContainers ?? []), ...spec.containers].map(({ name }) => name);
  if (equalJson(names(object as Pod), names(old as Pod))) return [];
  return [
    forbidden("spec", "containers may not be added, removed, renamed or reordered on resize"),
  ];
}

function ephemeralErrors({ spec }: Pod, old: Pod): FieldError[] {
  const field = "spec.ephemeralContainers";
  const now = new Map((spec.ephemeralContainers ?? []).map((one) => [one.name, one]));
  return (old.spec.ephemeralContainers ?? []).flatMap((was) => {
    const name = JSON.stringify(was.name);
    const one = now.get(was.name);
    if (!one)
      return [forbidden(field, `existing ephemeral containers ${name} may not be removed\n`)];
    if (equalJson(one, was)) return [];
    return [forbidden(field, `existing ephemeral containers ${name} may not be changed\n`)];
  });
}
