// Job: a delete that does not say what becomes of its pods leaves them, and says so.
// @see kubernetes pkg/registry/batch/job/storage/storage.go

import type { Behaviour } from "../behaviour.ts";

const preserved =
  "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to " +
  "remove them or set propagationPolicy=Orphan to suppress this warning";

export const jobBehaviour = (): Behaviour => ({
  delete(_key, options, usual) {
    if (options.propagationPolicy === undefined) options.warn(preserved);
    return usual();
  },
});
