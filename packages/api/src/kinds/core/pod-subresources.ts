// Everything below a pod's path.

import type { Subresource } from "../../kind.ts";
import { binding } from "../../messages/core/v1/binding.ts";
import { eviction } from "../../messages/policy/v1/eviction.ts";
import { statusOf } from "../subresource.ts";

const options = (name: string, kind: string, verbs: readonly string[]): Subresource => ({
  name,
  group: "",
  version: "v1",
  kind,
  verbs,
});

const partOfPod = (name: string, verbs: readonly string[]) => options(name, "Pod", verbs);

export const podSubresources: readonly Subresource[] = [
  options("attach", "PodAttachOptions", ["create", "get"]),
  { ...options("binding", "Binding", ["create"]), schema: binding },
  partOfPod("ephemeralcontainers", ["get", "patch", "update"]),
  {
    name: "eviction",
    group: "policy",
    version: "v1",
    kind: "Eviction",
    verbs: ["create"],
    schema: eviction,
  },
  options("exec", "PodExecOptions", ["create", "get"]),
  partOfPod("log", ["get"]),
  options("portforward", "PodPortForwardOptions", ["create", "get"]),
  options("proxy", "PodProxyOptions", ["create", "delete", "get", "patch", "update"]),
  partOfPod("resize", ["get", "patch", "update"]),
  statusOf("", "v1", "Pod"),
];
