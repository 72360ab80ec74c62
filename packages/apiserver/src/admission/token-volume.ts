// The volume that holds a pod's ServiceAccount token, the cluster's certificate and the namespace.

import type { Container, PodSpec, Volume } from "@kubonsai/api";
import { nameSuffix, type Random } from "@kubonsai/clock";

const PREFIX = "kube-api-access-";
const MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
/** An hour and seven seconds: tells the server's own mounts from requests for an hour. */
const EXPIRATION_SECONDS = 3607;

/** Mounts the token in every container that has nothing mounted in its place. */
export function mountToken(spec: PodSpec, random: Random): void {
  const present = spec.volumes?.find((volume) => volume.name.startsWith(PREFIX));
  const name = present?.name ?? PREFIX + nameSuffix(random);
  const containers: Container[] = [...(spec.initContainers ?? []), ...spec.containers];
  const wanting = containers.filter(
    ({ volumeMounts = [] }) => !volumeMounts.some((mount) => mount.mountPath === MOUNT_PATH),
  );
  for (const container of wanting) {
    const mount = { name, readOnly: true, mountPath: MOUNT_PATH };
    container.volumeMounts = [...(container.volumeMounts ?? []), mount];
  }
  if (!present && wanting.length > 0) spec.volumes = [...(spec.volumes ?? []), tokenVolume(name)];
}

function tokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      sources: [
        { serviceAccountToken: { expirationSeconds: EXPIRATION_SECONDS, path: "token" } },
        { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
        {
          downwardAPI: {
            items: [
              {
                path: "namespace",
                fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" },
              },
            ],
          },
        },
      ],
      defaultMode: 0o644,
    },
  };
}
