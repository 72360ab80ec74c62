// Reads a kubeconfig file, as kubectl does, into a connection.

import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { load } from "js-yaml";
import type { Connection } from "./connection.ts";

export interface KubeconfigQuery {
  /** Default: the file's current context. */
  context?: string;
  userAgent?: string;
}

interface ClusterEntry {
  server?: string;
  "certificate-authority"?: string;
  "certificate-authority-data"?: string;
}

interface UserEntry {
  token?: string;
  tokenFile?: string;
  "client-certificate"?: string;
  "client-certificate-data"?: string;
  "client-key"?: string;
  "client-key-data"?: string;
}

interface Kubeconfig {
  "current-context"?: string;
  clusters?: { name: string; cluster?: ClusterEntry }[];
  users?: { name: string; user?: UserEntry }[];
  contexts?: { name: string; context?: { cluster: string; user: string } }[];
}

/** @throws Error that names the file and what it lacks */
export function loadKubeconfig(path: string, query: KubeconfigQuery = {}): Connection {
  const config = parsed(path);
  const contextName = query.context ?? config["current-context"] ?? "";
  const lacks = (what: string): never => {
    throw new Error(`kubeconfig ${path}: ${what}`);
  };
  const context =
    byName(config.contexts, contextName)?.context ??
    lacks(`there is no context ${JSON.stringify(contextName)}`);
  const cluster =
    byName(config.clusters, context.cluster)?.cluster ??
    lacks(`there is no cluster ${JSON.stringify(context.cluster)}`);
  const user = byName(config.users, context.user)?.user ?? {};
  const pem = pemReader(dirname(path));
  return {
    server: cluster.server ?? lacks(`cluster ${JSON.stringify(context.cluster)} has no server`),
    ca: pem(cluster["certificate-authority-data"], cluster["certificate-authority"]) ?? "",
    ...defined({
      certificate: pem(user["client-certificate-data"], user["client-certificate"]),
      key: pem(user["client-key-data"], user["client-key"]),
      token: user.token ?? pem(undefined, user.tokenFile)?.trim(),
    }),
    userAgent: query.userAgent ?? "kubonsai",
  };
}

function parsed(path: string): Kubeconfig {
  const text = readFileSync(path, "utf8");
  try {
    return text.trim() === "" ? {} : (load(text) as Kubeconfig);
  } catch (error) {
    throw new Error(`kubeconfig ${path}: ${(error as Error).message}`, { cause: error });
  }
}

const byName = <T extends { name: string }>(entries: T[] | undefined, name: string) =>
  entries?.find((entry) => entry.name === name);

/** base64 data, else a file whose path is relative to the kubeconfig. */
const pemReader = (folder: string) => (data: string | undefined, file: string | undefined) => {
  if (data !== undefined) return Buffer.from(data, "base64").toString("utf8");
  return file === undefined ? undefined : readFileSync(resolve(folder, file), "utf8");
};

function defined<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
