// Who exists in a cluster from the start, and the names that their certificates carry.

export interface Identity {
  /** The file names in the pki folder: `admin` → admin.crt, admin.key */
  readonly file: string;
  readonly commonName: string;
  readonly organizations: readonly string[];
  readonly usage: "client" | "server";
  /** Names and addresses that a server certificate is valid for. */
  readonly hosts: readonly string[];
}

const client = (file: string, commonName: string, organizations: string[] = []): Identity => ({
  file,
  commonName,
  organizations,
  usage: "client",
  hosts: [],
});

const server = (file: string, commonName: string, hosts: string[]): Identity => ({
  file,
  commonName,
  organizations: [],
  usage: "server",
  hosts,
});

/** Kubernetes' own names for its components, so that policies written for it fit. */
export const identities = {
  apiserver: server("apiserver", "kube-apiserver", [
    "localhost",
    "127.0.0.1",
    "::1",
    "10.96.0.1",
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
  ]),
  kubeletServing: server("kubelet-serving", "kubelet", ["localhost", "127.0.0.1", "::1"]),
  admin: client("admin", "kubernetes-admin", ["system:masters"]),
  apiserverKubeletClient: client("apiserver-kubelet-client", "kube-apiserver-kubelet-client", [
    "system:masters",
  ]),
  controllerManager: client("controller-manager", "system:kube-controller-manager"),
  scheduler: client("scheduler", "system:kube-scheduler"),
  kubelet: client("kubelet", "system:node:kubonsai", ["system:nodes"]),
} as const;

export type IdentityName = keyof typeof identities;
