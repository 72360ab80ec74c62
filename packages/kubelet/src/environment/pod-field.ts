// What of itself a pod may read: the fields of fieldRef, in variables and in files.

import type { Pod } from "@kubonsai/api";

export interface PodFieldContext {
  hostIP: string;
  podIP: string;
}

/** @throws Error when the path is none that pods may read */
export function podField(pod: Pod, path: string, { hostIP, podIP }: PodFieldContext): string {
  const { metadata, spec } = pod;
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript) return metadata[subscript[1] as "labels" | "annotations"]?.[subscript[2]!] ?? "";
  switch (path) {
    case "metadata.name":
      return metadata.name ?? "";
    case "metadata.namespace":
      return metadata.namespace ?? "";
    case "metadata.uid":
      return metadata.uid ?? "";
    case "metadata.labels":
      return mapText(metadata.labels);
    case "metadata.annotations":
      return mapText(metadata.annotations);
    case "spec.nodeName":
      return spec.nodeName ?? "";
    case "spec.serviceAccountName":
      return spec.serviceAccountName ?? "";
    case "status.hostIP":
    case "status.hostIPs":
      return hostIP;
    case "status.podIP":
    case "status.podIPs":
      return podIP;
    default:
      throw new Error(`unsupported fieldPath: ${path}`);
  }
}

/** One `key="value"` a line, sorted. */
function mapText(map: { [key: string]: string } = {}): string {
  const keys = Object.keys(map).sort();
  return keys.map((key) => `${key}=${JSON.stringify(map[key])}`).join("\n");
}
