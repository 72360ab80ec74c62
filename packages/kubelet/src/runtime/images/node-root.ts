// A simulated node's own files: what hostPath volumes find there before anyone wrote anything.

import type { Directory } from "../file-system/file-system.ts";
import { directory, tree } from "../file-system/tree.ts";
import { debianRoot } from "./roots/debian-root.ts";

let root: Directory | undefined;

/** Shared by all nodes as their lower layer. */
export function nodeRoot(): Directory {
  return (root ??= tree(
    {
      "/etc/kubernetes/manifests/": directory(),
      "/var/lib/kubelet/": directory(),
      "/var/log/pods/": directory(),
      "/var/log/containers/": directory(),
      "/sys/fs/cgroup/": directory(),
      "/usr/lib/modules/": directory(),
    },
    debianRoot("12"),
  ));
}
