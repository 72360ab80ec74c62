// `pods/eviction`: a delete that says why.
// @see kubernetes pkg/registry/core/pod/storage/eviction.go

import { badRequest, setPodCondition, type Eviction, type Pod } from "@kubonsai/api";
import type { BehaviourContext } from "../behaviour.ts";
import { timestamp } from "../metadata.ts";
import type { DeleteOptions, ObjectKey, SubresourceHandler, WriteOptions } from "../registry.ts";
import { success } from "../success.ts";

export function evictionCall(context: BehaviourContext): NonNullable<SubresourceHandler["create"]> {
  return async (key, body, options) => {
    const eviction = body as Eviction;
    if (eviction.metadata.name !== key.name) {
      throw badRequest("name in URL does not match name in Eviction object");
    }
    const deletion = deleteOptionsOf(eviction, options);
    if (!deletion.dryRun) await explain(context, key, deletion);
    await context.resource.delete(key, deletion);
    return success(201);
  };
}

function deleteOptionsOf({ deleteOptions = {} }: Eviction, options: WriteOptions): DeleteOptions {
  const { gracePeriodSeconds, preconditions, propagationPolicy, dryRun } = deleteOptions;
  return {
    ...options,
    gracePeriodSeconds,
    preconditions,
    propagationPolicy: propagationPolicy as DeleteOptions["propagationPolicy"],
    dryRun: options.dryRun || Boolean(dryRun?.length),
  };
}

async function explain(context: BehaviourContext, key: ObjectKey, options: DeleteOptions) {
  const lastTransitionTime = timestamp(context.clock.now());
  await context.rewrite({
    key,
    change: (object) => {
      const status = ((object as Pod).status ??= {});
      setPodCondition(status, {
        type: "DisruptionTarget",
        status: "True",
        reason: "EvictionByEvictionAPI",
        message: "Eviction API: evicting",
        lastTransitionTime,
      });
    },
    preconditions: { uid: options.preconditions?.uid },
    dryRun: false,
  });
}
