// Admission: plugins that may change an object (mutate), then such that only judge it (validate).

import { forbiddenError, type Kind, type KubernetesObject, type StatusError } from "@kubonsai/api";
import type { Random } from "@kubonsai/clock";
import type { Lookup } from "../registry/lookup.ts";
import type { WriteOptions } from "../registry/registry.ts";

export interface AdmissionRequest {
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  readonly kind: Kind;
  /** "" for the object itself */
  readonly subresource: string;
  readonly namespace: string;
  /** "" while a generated name is not yet known */
  readonly name: string;
  /** Absent with DELETE; `mutate` changes it in place. */
  readonly object?: KubernetesObject;
  readonly oldObject?: KubernetesObject;
  readonly options: WriteOptions;
}

export interface AdmissionPlugin {
  /** As in `--enable-admission-plugins`: `NamespaceLifecycle` */
  readonly name: string;
  readonly mutate?: (request: AdmissionRequest) => Promise<void> | void;
  readonly validate?: (request: AdmissionRequest) => Promise<void> | void;
}

/** What plugins are made from. */
export interface AdmissionContext {
  readonly lookup: Lookup;
  readonly random: Random;
}

export class Admission {
  readonly #plugins: readonly AdmissionPlugin[];

  constructor(plugins: readonly AdmissionPlugin[]) {
    this.#plugins = plugins;
  }

  async mutate(request: AdmissionRequest): Promise<void> {
    for (const { mutate } of this.#plugins) await mutate?.(request);
  }

  async validate(request: AdmissionRequest): Promise<void> {
    for (const { validate } of this.#plugins) await validate?.(request);
  }
}

/** 403: `pods "web" is forbidden: …`; an object that will be named gives its generateName. */
export function refuse(request: AdmissionRequest, why: string): StatusError {
  const metadata = request.object?.metadata;
  const name = request.name || metadata?.name || metadata?.generateName || "Unknown";
  return forbiddenError(request.kind, name, why);
}

export function isAbout(request: AdmissionRequest, group: string, resource: string): boolean {
  return request.kind.group === group && request.kind.resource === resource;
}
