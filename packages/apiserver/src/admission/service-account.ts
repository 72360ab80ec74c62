// ServiceAccount: whom a pod acts as, and the token by which it proves that.
// @see kubernetes plugin/pkg/admission/serviceaccount/admission.go

import type { Pod, ServiceAccount } from "@kubonsai/api";
import { integerBelow } from "@kubonsai/clock";
import { isAbout, refuse } from "./admission.ts";
import type { AdmissionContext, AdmissionPlugin, AdmissionRequest } from "./admission.ts";
import { mountToken } from "./token-volume.ts";

const SERVICE_ACCOUNTS = { group: "", resource: "serviceaccounts" };
const DEFAULT_NAME = "default";
const MIRROR = "kubernetes.io/config.mirror";

export function serviceAccount(context: AdmissionContext): AdmissionPlugin {
  return {
    name: "ServiceAccount",
    async mutate(request) {
      if (!isAbout(request, "", "pods") || request.operation !== "CREATE") return;
      const pod = request.object as Pod;
      // a kubelet's image of a static pod stays as the kubelet made it
      if (Object.hasOwn(pod.metadata.annotations ?? {}, MIRROR)) return checkMirror(request);
      const { spec } = pod;
      const name = spec.serviceAccountName || DEFAULT_NAME;
      spec.serviceAccountName = name;
      spec.serviceAccount = name;
      const account = await find(context, request, name);
      if (spec.automountServiceAccountToken ?? account.automountServiceAccountToken ?? true) {
        mountToken(spec, context.random);
      }
      if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length) {
        spec.imagePullSecrets = account.imagePullSecrets.map((secret) => ({ name: secret.name }));
      }
    },
  };
}

/** The default account of a new namespace is about to be made: worth a moment's wait. */
async function find(
  { lookup, random }: AdmissionContext,
  request: AdmissionRequest,
  name: string,
): Promise<ServiceAccount> {
  const { namespace } = request;
  const patienceMs = name === DEFAULT_NAME ? 9 * (100 + integerBelow(random, 100)) : 0;
  const found = await lookup.appearing(SERVICE_ACCOUNTS, { namespace, name }, patienceMs);
  if (found) return found as ServiceAccount;
  throw refuse(
    request,
    `error looking up service account ${namespace}/${name}: ` +
      `serviceaccount ${JSON.stringify(name)} not found`,
  );
}

function checkMirror(request: AdmissionRequest): void {
  const { spec } = request.object as Pod;
  if (spec.serviceAccountName)
    throw refuse(request, "a mirror pod may not reference service accounts");
  const volumes = spec.volumes ?? [];
  if (volumes.some(({ secret }) => secret !== undefined)) {
    throw refuse(request, "a mirror pod may not reference secrets");
  }
  const hasToken = volumes.some(({ projected }) =>
    projected?.sources?.some((source) => source.serviceAccountToken !== undefined),
  );
  if (hasToken) {
    throw refuse(request, "a mirror pod may not use ServiceAccountToken volume projections");
  }
}
