// Which objects of a resource a list or a watch is about: a namespace, labels, fields.

import {
  everything,
  fieldMatcher,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
  type FieldMatcher,
  type FieldRequirement,
  type Kind,
  type KubernetesObject,
  type LabelMatcher,
} from "@kubonsai/api";
import { objectPath } from "./keys.ts";

const AFTER_EVERY_PATH = "\uffff";

export class Selection {
  /** Paths from `start` to `end`, which is exclusive: a namespace, one object, or everything. */
  readonly start: string;
  readonly end: string;
  /** Every object between `start` and `end` is selected. */
  readonly isWholePath: boolean;
  readonly #labels: LabelMatcher;
  readonly #fields: readonly FieldRequirement[];
  readonly #hasFields: FieldMatcher;

  constructor(kind: Kind, namespace: string, { labels, fields }: Requirements) {
    const paths = pathsOf(kind, namespace, fields);
    this.start = paths.start;
    this.end = paths.end;
    this.isWholePath = labels.requirements.length === 0 && fields.length === 0;
    this.#labels = labels;
    this.#fields = fields;
    this.#hasFields = fieldMatcher(kind, fields);
  }

  hasPath(path: string): boolean {
    return path >= this.start && path < this.end;
  }

  /** Of an object whose path is right already. */
  matches(object: KubernetesObject): boolean {
    return this.#hasFields(object) && matchesLabels(this.#labels, object.metadata.labels);
  }

  /** The value that `field` must have, when the selection demands one. */
  exact(field: string): string | undefined {
    return exactValue(this.#fields, field);
  }
}

interface Requirements {
  readonly labels: LabelMatcher;
  readonly fields: readonly FieldRequirement[];
}

export interface SelectionRequest {
  labelSelector?: string;
  fieldSelector?: string;
}

/** @throws StatusError BadRequest for selectors that cannot be read or name unknown fields */
export function selectionOf(kind: Kind, namespace: string, request: SelectionRequest): Selection {
  const { labelSelector, fieldSelector } = request;
  const labels = labelSelector ? parseLabelSelector(labelSelector) : everything;
  const fields = fieldSelector ? parseFieldSelector(fieldSelector) : [];
  return new Selection(kind, namespace, { labels, fields });
}

/** `metadata.name=web` in one namespace is one path: nothing else need be looked at. */
function pathsOf(kind: Kind, namespace: string, fields: readonly FieldRequirement[]) {
  const within = kind.namespaced
    ? namespace || (exactValue(fields, "metadata.namespace") ?? "")
    : "";
  const name = exactValue(fields, "metadata.name");
  if (name !== undefined && (within !== "" || !kind.namespaced)) {
    const path = objectPath(within, name);
    return { start: path, end: `${path}\0` };
  }
  if (within === "") return { start: "", end: AFTER_EVERY_PATH };
  // "0" follows "/": `default0` sorts after every path below `default/`
  return { start: `${within}/`, end: `${within}0` };
}

function exactValue(fields: readonly FieldRequirement[], field: string): string | undefined {
  return fields.find((one) => one.field === field && !one.isNegated)?.value;
}
