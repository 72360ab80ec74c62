// How `down` and `status` reach a running cluster: a unix socket in its data folder. Whoever listens
// there owns the folder, so the socket is the lock as well.

import { rmSync } from "node:fs";
import http from "node:http";
import type { DataFolder } from "./data-folder.ts";
import { systemCode, UserError } from "./user-error.ts";

export interface ClusterState {
  pid: number;
  startedAt: string;
  server: string;
  kubeconfig: string;
  processes: ProcessState[];
}

export interface ProcessState {
  name: string;
  /** The parent's pid with `--processes single`. */
  pid: number;
  state: "starting" | "ready" | "restarting" | "stopped";
  restarts: number;
}

export interface Control {
  close(): Promise<void>;
}

/** @throws UserError when a live cluster uses the folder */
export async function openControl(
  folder: DataFolder,
  handlers: { state(): ClusterState; stop(): void },
): Promise<Control> {
  await refuseSecondOwner(folder);
  rmSync(folder.controlSocket, { force: true });
  const server = http.createServer((request, response) => {
    if (request.method === "POST" && request.url === "/stop") {
      response.end("{}");
      handlers.stop();
    } else {
      response.end(JSON.stringify(handlers.state()));
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(folder.controlSocket, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @returns undefined when no cluster runs on this folder */
export async function readState(folder: DataFolder): Promise<ClusterState | undefined> {
  const answer = await ask(folder, "GET", "/state");
  return answer === undefined ? undefined : (JSON.parse(answer) as ClusterState);
}

/** @returns false when no cluster runs on this folder */
export async function requestStop(folder: DataFolder): Promise<boolean> {
  return (await ask(folder, "POST", "/stop")) !== undefined;
}

async function refuseSecondOwner(folder: DataFolder): Promise<void> {
  const state = await readState(folder);
  if (!state) return;
  throw new UserError(
    `the data folder ${folder.path} is in use by a running cluster (pid ${state.pid}, ` +
      `${state.server}): stop it with "kubonsai down", or choose another with --data-dir`,
  );
}

function ask(folder: DataFolder, method: string, path: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { socketPath: folder.controlSocket, method, path, agent: false },
      (response) => {
        response.setEncoding("utf8");
        let text = "";
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve(text));
      },
    );
    request.on("error", (error) => {
      const isNobodyThere = ["ENOENT", "ECONNREFUSED", "ENOTSOCK"].includes(systemCode(error));
      if (isNobodyThere) resolve(undefined);
      else reject(error);
    });
    request.end();
  });
}
