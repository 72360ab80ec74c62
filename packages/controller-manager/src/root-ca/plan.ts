// The ConfigMap by which pods know the API server's certificate authority.
// @see kubernetes pkg/controller/certificates/rootcacertpublisher

import type { ConfigMap, Namespace } from "@kubonsai/api";
import { ROOT_CA_NAME } from "../informers.ts";

const DESCRIPTION = "kubernetes.io/description";
/** As Kubernetes words it: it is shown to users. */
const DESCRIPTION_TEXT =
  "Contains a CA bundle that can be used to verify the kube-apiserver when using internal " +
  "endpoints such as the internal service IP or kubernetes.default.svc. No other usage is " +
  "guaranteed across distributions of Kubernetes clusters.";

export interface RootCaView {
  namespace: Namespace | undefined;
  current: ConfigMap | undefined;
  rootCa: string;
}

/** The object to create or update; undefined when there is nothing to do. */
export function planRootCa({ namespace, current, rootCa }: RootCaView): ConfigMap | undefined {
  if (namespace?.status?.phase !== "Active") return undefined;
  const metadata = current?.metadata ?? {
    name: ROOT_CA_NAME,
    ...(namespace.metadata.name ? { namespace: namespace.metadata.name } : {}),
  };
  const isRight =
    current?.data?.["ca.crt"] === rootCa &&
    Object.keys(current.data).length === 1 &&
    metadata.annotations?.[DESCRIPTION] !== undefined;
  if (isRight) return undefined;
  const annotations = { ...metadata.annotations, [DESCRIPTION]: DESCRIPTION_TEXT };
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { ...metadata, annotations },
    data: { "ca.crt": rootCa },
  };
}
