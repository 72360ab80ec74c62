// Namespace: lives on as Terminating until its content is gone and its controller has let go of it.
// @see kubernetes pkg/registry/core/namespace/storage/storage.go

import { conflict, type KubernetesObject, type Namespace } from "@kubonsai/api";
import type { Behaviour, BehaviourContext, Deleted } from "../behaviour.ts";
import { timestamp } from "../metadata.ts";
import type { DeleteOptions, ObjectKey } from "../registry.ts";

const PROPAGATION = { Orphan: "orphan", Foreground: "foregroundDeletion" } as const;

export function namespaceBehaviour(context: BehaviourContext): Behaviour {
  return {
    isFinished: isEmptied,
    delete: (key, options, usual) => deleteNamespace(context, { key, options }, usual),
    parts: {
      finalize: {
        prepare: (object, old) => {
          const namespace = object as Namespace;
          namespace.status = (old as Namespace).status;
        },
        validate: () => [],
      },
    },
  };
}

function isEmptied(object: KubernetesObject): boolean {
  return !(object as Namespace).spec?.finalizers?.length;
}

async function deleteNamespace(
  context: BehaviourContext,
  { key, options }: { key: ObjectKey; options: DeleteOptions },
  usual: () => Promise<Deleted>,
): Promise<Deleted> {
  const found = await context.resource.get(key, {});
  checkPreconditions(found.object, options);
  if (found.object.metadata.deletionTimestamp) {
    return isEmptied(found.object) ? usual() : { stored: found, gone: false };
  }
  const nowMs = context.clock.now();
  const preconditions = { uid: found.object.metadata.uid, ...options.preconditions };
  const stored = await context.rewrite({
    key,
    change: (object) => terminate(object as Namespace, options, nowMs),
    preconditions,
    dryRun: options.dryRun,
  });
  return { stored, gone: false };
}

function terminate(
  namespace: Namespace,
  { propagationPolicy }: DeleteOptions,
  nowMs: number,
): void {
  const { metadata } = namespace;
  metadata.deletionTimestamp ??= timestamp(nowMs);
  namespace.status = { ...namespace.status, phase: "Terminating" };
  if (propagationPolicy === undefined) return;
  const others = (metadata.finalizers ?? []).filter(
    (one) => one !== PROPAGATION.Orphan && one !== PROPAGATION.Foreground,
  );
  const own = propagationPolicy === "Background" ? [] : [PROPAGATION[propagationPolicy]];
  const finalizers = [...others, ...own];
  if (finalizers.length > 0) metadata.finalizers = finalizers;
  else delete metadata.finalizers;
}

function checkPreconditions({ metadata }: KubernetesObject, { preconditions }: DeleteOptions) {
  const { name = "", uid, resourceVersion } = metadata;
  const fail = (what: string, asked: string, found: string | undefined) =>
    conflict(
      { group: "", resource: "namespaces" },
      name,
      `Precondition failed: ${what} in precondition: ${asked}, ${what} in object meta: ${found}`,
    );
  const { uid: askedUid, resourceVersion: askedVersion } = preconditions ?? {};
  if (askedUid && askedUid !== uid) throw fail("UID", askedUid, uid);
  if (askedVersion && askedVersion !== resourceVersion) {
    throw fail("ResourceVersion", askedVersion, resourceVersion);
  }
}
