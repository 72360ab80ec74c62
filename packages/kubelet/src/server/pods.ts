// /pods and /runningpods: what the kubelet believes to run.

import type { Pod } from "@kubonsai/api";
import type { ServerResponse } from "node:http";
import type { HttpRoute } from "./routes.ts";

export const listPods: HttpRoute = ({ workers }, { response }) => {
  const pods = [...workers.all()].map(({ self }) => ({
    ...self.newest,
    status: self.status() ?? self.newest.status,
  }));
  sendList(response, pods);
};

export const listRunningPods: HttpRoute = ({ workers }, { response }) => {
  const running = [...workers.all()].filter(({ self }) => self.record.running().length > 0);
  const pods = running.map(({ self }): Pod => {
    const { name = "", namespace = "", uid = "" } = self.newest.metadata;
    const names = self.record.running().map((container) => container.name);
    const containers = self.newest.spec.containers
      .filter((container) => names.includes(container.name))
      .map((container) => ({ name: container.name, image: container.image ?? "", resources: {} }));
    return { metadata: { name, namespace, uid }, spec: { containers }, status: {} };
  });
  sendList(response, pods);
};

function sendList(response: ServerResponse, items: Pod[]): void {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ kind: "PodList", apiVersion: "v1", metadata: {}, items }));
}
