// As whom a container runs, and the refusal to run as root where the pod forbids it.
// @see kubernetes pkg/kubelet/kuberuntime/security_context_others.go verifyRunAsNonRoot

import type { Container, Pod } from "@kubonsai/api";
import type { ContainerConfig, NodeImage } from "../../runtime/runtime.ts";
import { describePod } from "../../text/describe.ts";

/** The container's own settings go before the pod's; absent: the image's user. */
export function containerUser(
  { spec }: Pod,
  { securityContext: own }: Container,
): Pick<ContainerConfig, "user"> {
  const shared = spec.securityContext;
  const uid = own?.runAsUser ?? shared?.runAsUser;
  const gid = own?.runAsGroup ?? shared?.runAsGroup;
  const groups = [...(shared?.supplementalGroups ?? [])];
  if (shared?.fsGroup !== undefined) groups.push(shared.fsGroup);
  if (uid === undefined && gid === undefined && groups.length === 0) return {};
  return {
    user: {
      ...(uid === undefined ? {} : { uid }),
      ...(gid === undefined ? {} : { gid }),
      ...(groups.length === 0 ? {} : { groups }),
    },
  };
}

/** @throws Error when runAsNonRoot is asked for and root is what would run, or may be */
export function refuseRoot(pod: Pod, container: Container, image: NodeImage): void {
  const { securityContext: own } = container;
  const shared = pod.spec.securityContext;
  if (!(own?.runAsNonRoot ?? shared?.runAsNonRoot)) return;
  const uid = own?.runAsUser ?? shared?.runAsUser;
  const subject = `(pod: "${describePod(pod)}", container: ${container.name})`;
  if (uid === 0) throw new Error(`container's runAsUser breaks non-root policy ${subject}`);
  if (uid !== undefined) return;
  const [user = ""] = image.user.split(":");
  if (user === "" || Number(user) === 0) {
    throw new Error(`container has runAsNonRoot and image will run as root ${subject}`);
  }
  if (!/^[0-9]+$/.test(user)) {
    throw new Error(
      `container has runAsNonRoot and image has non-numeric user (${user}), ` +
        `cannot verify user is non-root ${subject}`,
    );
  }
}
