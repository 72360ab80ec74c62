// NamespaceLifecycle: nothing is made in a namespace that is missing or going, and some never go.
// @see kubernetes apiserver/pkg/admission/plugin/namespace/lifecycle/admission.go

import { notFoundError, StatusError, type Namespace } from "@kubonsai/api";
import { isAbout, refuse } from "./admission.ts";
import type { AdmissionContext, AdmissionPlugin, AdmissionRequest } from "./admission.ts";

const IMMORTAL: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public"]);
const NAMESPACES = { group: "", resource: "namespaces" };

export function namespaceLifecycle({ lookup }: AdmissionContext): AdmissionPlugin {
  return {
    name: "NamespaceLifecycle",
    async mutate(request) {
      const { operation, namespace } = request;
      if (isAbout(request, "", "namespaces")) return checkImmortal(request);
      if (!request.kind.namespaced || operation === "DELETE") return;
      const key = { namespace: "", name: namespace };
      const found = (await lookup.get(NAMESPACES, key)) as Namespace | undefined;
      if (!found) throw notFoundError(NAMESPACES, namespace);
      const isGoing = found.status?.phase === "Terminating";
      if (operation === "CREATE" && isGoing) throw terminating(request);
    },
  };
}

function checkImmortal(request: AdmissionRequest): void {
  if (request.operation !== "DELETE" || !IMMORTAL.has(request.name)) return;
  throw refuse(request, "this namespace may not be deleted");
}

function terminating(request: AdmissionRequest): StatusError {
  const { namespace } = request;
  const error = refuse(
    request,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
  );
  const cause = {
    reason: "NamespaceTerminating",
    message: `namespace ${namespace} is being terminated`,
    field: "metadata.namespace",
  };
  const details = { ...error.status.details, causes: [cause] };
  return new StatusError(error.code, error.reason, error.message, details);
}
