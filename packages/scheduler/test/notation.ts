// Pods and nodes in few words, so that a case is one line.

import type { Node, Pod, PodSpec, Taint } from "@kubonsai/api";
import { ClusterState } from "../src/nodes/cluster-state.ts";
import { demandOf } from "../src/pods/pod-demand.ts";

/** `cpu=2 memory=1Gi` */
const resources = (text: string): { [resource: string]: string } =>
  Object.fromEntries(
    text
      .split(" ")
      .filter(Boolean)
      .map((one) => one.split("=") as [string, string]),
  );

export interface NodeWords {
  /** `cpu=4 memory=8Gi pods=110` is the default. */
  has?: string;
  /** `disk=ssd zone=a` */
  labels?: string;
  /** `gpu=yes:NoSchedule` */
  taints?: string[];
  isCordoned?: boolean;
  /** `nginx:latest=100` in MiB */
  images?: string;
}

export function node(name: string, words: NodeWords = {}): Node {
  const allocatable = { ...resources("cpu=4 memory=8Gi pods=110"), ...resources(words.has ?? "") };
  const images = Object.entries(resources(words.images ?? "")).map(([image, mebibytes]) => ({
    names: [image],
    sizeBytes: Number(mebibytes) * 1024 * 1024,
  }));
  return {
    metadata: { name, labels: resources(words.labels ?? "") },
    spec: {
      ...(words.isCordoned ? { unschedulable: true } : {}),
      taints: (words.taints ?? []).map(taint),
    },
    status: { allocatable, images },
  } as Node;
}

function taint(text: string): Taint {
  const [, key = "", value, effect = ""] = /^([^=:]+)(?:=([^:]*))?:(.*)$/.exec(text)!;
  return { key, effect, ...(value === undefined ? {} : { value }) } as Taint;
}

/** `pod("web", "cpu=1 memory=1Gi", { nodeSelector: { disk: "ssd" } })` */
export function pod(name: string, requests = "", spec: Partial<PodSpec> = {}): Pod {
  const container = { name: "c", image: "nginx", resources: { requests: resources(requests) } };
  return {
    metadata: { name, namespace: "default", uid: `uid-${name}`, generation: 1 },
    spec: { containers: [container], ...spec },
  } as Pod;
}

export function withPorts(name: string, ...ports: string[]): Pod {
  const made = pod(name);
  made.spec.containers[0]!.ports = ports.map((text) => {
    const [, hostIP, protocol, port] = /^(?:([\d.]+):)?(?:(\w+)\/)?(\d+)$/.exec(text)!;
    const number = Number(port);
    return {
      containerPort: number,
      hostPort: number,
      ...(hostIP ? { hostIP } : {}),
      ...(protocol ? { protocol: protocol as "TCP" | "UDP" } : {}),
    };
  });
  return made;
}

/** A cluster of nodes with pods on them: `cluster([node("a")], { a: [pod("x", "cpu=1")] })`. */
export function cluster(nodes: Node[], pods: { [node: string]: Pod[] } = {}): ClusterState {
  const state = new ClusterState();
  for (const one of nodes) state.setNode(one);
  for (const [name, list] of Object.entries(pods)) {
    for (const one of list) state.assume(demandOf(one), name);
  }
  return state;
}
