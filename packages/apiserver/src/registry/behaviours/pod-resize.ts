// `pods/resize`: what the containers of a running pod may use.
// @see kubernetes pkg/apis/core/validation/validation.go ValidatePodResize

import {
  copyValue,
  forbidden,
  invalid,
  qosClassOf,
  semanticEqual,
  type Container,
  type FieldError,
  type Kind,
  type Pod,
} from "@kubonsai/api";
import type { Part } from "../behaviour.ts";
import { keepOldMetadata } from "./part-metadata.ts";

type Lists = "containers" | "initContainers";

export function resizePart(kind: Kind): Part {
  return {
    prepare: (object, old) => prepareResize(object as Pod, old as Pod),
    validate(object, old) {
      const errors = [...kind.validate(object), ...podErrors(object as Pod, old as Pod)];
      const moved = [
        ...orderErrors(object as Pod, old as Pod, "containers"),
        ...orderErrors(object as Pod, old as Pod, "initContainers"),
      ];
      if (moved.length > 0) return [...errors, ...moved];
      return [
        ...errors,
        ...resourceErrors(object as Pod, old as Pod, "containers"),
        ...resourceErrors(object as Pod, old as Pod, "initContainers"),
      ];
    },
  };
}

/** Containers that were added, dropped or moved are left for validation to refuse. */
function prepareResize(pod: Pod, old: Pod): void {
  keepOldMetadata(pod, old);
  if (old.status) pod.status = old.status;
  const containers = resized(pod.spec.containers, old.spec.containers);
  const initContainers = resized(pod.spec.initContainers, old.spec.initContainers);
  if (!containers || initContainers === undefined) return;
  pod.spec = { ...old.spec, containers };
  if (initContainers.length > 0) pod.spec.initContainers = initContainers;
  if (!semanticEqual(pod.spec, old.spec)) {
    pod.metadata.generation = (old.metadata.generation ?? 0) + 1;
  }
}

/** Undefined when they are not the same containers. */
function resized(now: Container[] = [], old: Container[] = []): Container[] | undefined {
  if (now.length !== old.length) return undefined;
  if (now.some(({ name }, index) => name !== old[index]!.name)) return undefined;
  return old.map((was, index) => {
    const { resources, resizePolicy } = now[index]!;
    const container = { ...copyValue(was) };
    if (resources) container.resources = resources;
    else delete container.resources;
    if (resizePolicy) container.resizePolicy = resizePolicy;
    return container;
  });
}

function podErrors({ spec }: Pod, old: Pod): FieldError[] {
  const errors: FieldError[] = [];
  const { qosClass } = old.status ?? {};
  if (qosClass && qosClass !== qosClassOf(spec)) {
    const why = "Pod QOS Class may not change as a result of resizing";
    errors.push(invalid("spec", qosClass, why));
  }
  const running = old.status?.containerStatuses?.find(({ state }) => state?.running);
  if (running && !running.resources) {
    errors.push(forbidden("spec", "Pod running on node without support for resize"));
  }
  return errors;
}

function orderErrors({ spec }: Pod, old: Pod, list: Lists): FieldError[] {
  const now = spec[list] ?? [];
  const before = old.spec[list] ?? [];
  const field = `spec.${list}`;
  if (now.length !== before.length) {
    return [forbidden(field, `${list} may not be added or removed on resize`)];
  }
  return before.flatMap(({ name }, index) => {
    if (now[index]!.name === name) return [];
    const why = `${list} may not be renamed or reordered on resize`;
    return [forbidden(`${field}[${index}].name`, why)];
  });
}

function resourceErrors({ spec }: Pod, old: Pod, list: Lists): FieldError[] {
  return (old.spec[list] ?? []).flatMap((was, index) => {
    const field = `spec.${list}[${index}].resources`;
    const now = spec[list]![index]!;
    const errors = (["requests", "limits"] as const).flatMap((part) => {
      const isGone = ([name]: [string, unknown]) =>
        !Object.hasOwn(now.resources?.[part] ?? {}, name);
      if (!Object.entries(was.resources?.[part] ?? {}).some(isGone)) return [];
      return [forbidden(`${field}.${part}`, `resource ${part} cannot be removed`)];
    });
    if (semanticEqual(fixedPart(now), fixedPart(was))) return errors;
    return [...errors, forbidden("spec", "only cpu and memory resources are mutable")];
  });
}

/** What a container asks for beside cpu and memory. */
function fixedPart({ resources }: Container): object {
  const fixed = (amounts: { [name: string]: string } = {}) =>
    Object.entries(amounts)
      .filter(([name]) => name !== "cpu" && name !== "memory")
      .sort();
  return { requests: fixed(resources?.requests), limits: fixed(resources?.limits) };
}
