// Every kind is complete, and says what the real API says in discovery.

import { describe, expect, test } from "vitest";
import { apiVersionOf, kinds, type Kind, type KubernetesObject } from "../src/index.ts";

const named = kinds.map((kind) => [`${apiVersionOf(kind)} ${kind.kind}`, kind] as const);

/** `group/version resource kind` → short names; categories; subresources; columns, wide ones in brackets */
const discovery: { [name: string]: string } = {
  "v1 ConfigMap": "configmaps cm | | | Name Data Age",
  "v1 Endpoints": "endpoints ep | | | Name Endpoints Age",
  "v1 Event":
    "events ev | | | Last-Seen Type Reason Object (Subobject) (Source) Message (First-Seen) (Count) (Name)",
  "v1 Namespace": "namespaces ns | | finalize status | Name Status Age",
  "v1 Node":
    "nodes no | | proxy status | Name Status Roles Age Version (Internal-IP) (External-IP) (OS-Image) (Kernel-Version) (Container-Runtime)",
  "v1 Pod":
    "pods po | all | attach binding ephemeralcontainers eviction exec log portforward proxy resize status | Name Ready Status Restarts Age (IP) (Node) (Nominated-Node) (Readiness-Gates)",
  "v1 Secret": "secrets | | | Name Type Data Age",
  "v1 ServiceAccount": "serviceaccounts sa | | token | Name Age",
  "v1 Service":
    "services svc | all | proxy status | Name Type Cluster-IP External-IP Port(s) Age (Selector)",
  "apps/v1 Deployment":
    "deployments deploy | all | scale status | Name Ready Up-to-date Available Age (Containers) (Images) (Selector)",
  "apps/v1 ReplicaSet":
    "replicasets rs | all | scale status | Name Desired Current Ready Age (Containers) (Images) (Selector)",
  "events.k8s.io/v1 Event":
    "events ev | | | Last-Seen Type Reason Object (Subobject) (Source) Message (First-Seen) (Count) (Name)",
  "coordination.k8s.io/v1 Lease": "leases | | | Name Holder Age",
  "discovery.k8s.io/v1 EndpointSlice": "endpointslices | | | Name AddressType Ports Endpoints Age",
  "v1 PersistentVolume":
    "persistentvolumes pv | | status | Name Capacity Access-Modes Reclaim-Policy Status Claim StorageClass VolumeAttributesClass Reason Age (VolumeMode)",
  "v1 PersistentVolumeClaim":
    "persistentvolumeclaims pvc | | status | Name Status Volume Capacity Access-Modes StorageClass VolumeAttributesClass Age (VolumeMode)",
  "storage.k8s.io/v1 StorageClass":
    "storageclasses sc | | | Name Provisioner ReclaimPolicy VolumeBindingMode AllowVolumeExpansion Age",
  "networking.k8s.io/v1 NetworkPolicy": "networkpolicies netpol | | | Name Pod-Selector Age",
  "networking.k8s.io/v1 Ingress": "ingresses ing | | status | Name Class Hosts Address Ports Age",
  "networking.k8s.io/v1 IngressClass": "ingressclasses | | | Name Controller Parameters Age",
  "batch/v1 Job":
    "jobs | all | status | Name Status Completions Duration Age (Containers) (Images) (Selector)",
  "batch/v1 CronJob":
    "cronjobs cj | all | status | Name Schedule Timezone Suspend Active Last-Schedule Age (Containers) (Images) (Selector)",
  "apps/v1 DaemonSet":
    "daemonsets ds | all | status | Name Desired Current Ready Up-to-date Available Node-Selector Age (Containers) (Images) (Selector)",
  "apps/v1 StatefulSet":
    "statefulsets sts | all | scale status | Name Ready Age (Containers) (Images)",
  "apps/v1 ControllerRevision": "controllerrevisions | | | Name Controller Revision Age",
  "v1 ReplicationController":
    "replicationcontrollers rc | all | scale status | Name Desired Current Ready Age (Containers) (Images) (Selector)",
  "v1 LimitRange": "limitranges limits | | | Name Created-At",
  "v1 ResourceQuota": "resourcequotas quota | | status | Name Request Limit Age",
  "v1 PodTemplate": "podtemplates | | | Name Containers Images Pod-Labels",
  "policy/v1 PodDisruptionBudget":
    "poddisruptionbudgets pdb | | status | Name Min-Available Max-Unavailable Allowed-Disruptions Age",
  "scheduling.k8s.io/v1 PriorityClass":
    "priorityclasses pc | | | Name Value Global-Default Age PreemptionPolicy",
  "node.k8s.io/v1 RuntimeClass": "runtimeclasses | | | Name Handler Age",
  "rbac.authorization.k8s.io/v1 Role": "roles | | | Name Created-At",
  "rbac.authorization.k8s.io/v1 ClusterRole": "clusterroles | | | Name Created-At",
  "rbac.authorization.k8s.io/v1 RoleBinding":
    "rolebindings | | | Name Role Age (Users) (Groups) (ServiceAccounts)",
  "rbac.authorization.k8s.io/v1 ClusterRoleBinding":
    "clusterrolebindings | | | Name Role Age (Users) (Groups) (ServiceAccounts)",
  "authentication.k8s.io/v1 SelfSubjectReview": "selfsubjectreviews | | | Name Created-At",
  "authentication.k8s.io/v1 TokenReview": "tokenreviews | | | Name Created-At",
  "authorization.k8s.io/v1 LocalSubjectAccessReview":
    "localsubjectaccessreviews | | | Name Created-At",
  "authorization.k8s.io/v1 SelfSubjectAccessReview":
    "selfsubjectaccessreviews | | | Name Created-At",
  "authorization.k8s.io/v1 SelfSubjectRulesReview": "selfsubjectrulesreviews | | | Name Created-At",
  "authorization.k8s.io/v1 SubjectAccessReview": "subjectaccessreviews | | | Name Created-At",
  "autoscaling/v2 HorizontalPodAutoscaler":
    "horizontalpodautoscalers hpa | all | status | Name Reference Targets MinPods MaxPods Replicas Age",
  "autoscaling/v1 HorizontalPodAutoscaler":
    "horizontalpodautoscalers hpa | all | status | Name Reference Targets MinPods MaxPods Replicas Age",
  "storage.k8s.io/v1 CSIDriver":
    "csidrivers | | | Name AttachRequired PodInfoOnMount StorageCapacity TokenRequests RequiresRepublish Modes Age",
  "storage.k8s.io/v1 CSINode": "csinodes | | | Name Drivers Age",
  "storage.k8s.io/v1 CSIStorageCapacity":
    "csistoragecapacities | | | Name StorageClassName Capacity",
  "storage.k8s.io/v1 VolumeAttachment":
    "volumeattachments | | status | Name Attacher PV Node Attached Age",
  "storage.k8s.io/v1 VolumeAttributesClass":
    "volumeattributesclasses vac | | | Name DriverName Age",
  "networking.k8s.io/v1 ServiceCIDR": "servicecidrs | | status | Name CIDRs Age",
  "networking.k8s.io/v1 IPAddress": "ipaddresses ip | | | Name ParentRef",
  "certificates.k8s.io/v1 CertificateSigningRequest":
    "certificatesigningrequests csr | | approval status | Name Age SignerName Requestor RequestedDuration Condition",
  "flowcontrol.apiserver.k8s.io/v1 FlowSchema":
    "flowschemas | | status | Name PriorityLevel MatchingPrecedence DistinguisherMethod Age MissingPL",
  "flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration":
    "prioritylevelconfigurations | | status | Name Type NominalConcurrencyShares Queues HandSize QueueLengthLimit Age",
  "admissionregistration.k8s.io/v1 ValidatingWebhookConfiguration":
    "validatingwebhookconfigurations | api-extensions | | Name Webhooks Age",
  "admissionregistration.k8s.io/v1 MutatingWebhookConfiguration":
    "mutatingwebhookconfigurations | api-extensions | | Name Webhooks Age",
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy":
    "validatingadmissionpolicies | api-extensions | status | Name Validations ParamKind Age",
  "admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding":
    "validatingadmissionpolicybindings | api-extensions | | Name PolicyName ParamRef Age",
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicy":
    "mutatingadmissionpolicies | api-extensions | | Name Mutations ParamKind Age",
  "admissionregistration.k8s.io/v1 MutatingAdmissionPolicyBinding":
    "mutatingadmissionpolicybindings | api-extensions | | Name PolicyName ParamRef Age",
};

function describeKind(kind: Kind): string {
  const columns = kind.columns.map(({ name, priority }) => {
    const shown = name.replaceAll(" ", "-");
    return priority === 1 ? `(${shown})` : shown;
  });
  return [
    [kind.resource, ...kind.shortNames].join(" "),
    kind.categories.join(" "),
    kind.subresources.map(({ name }) => name).join(" "),
    columns.join(" "),
  ]
    .join(" | ")
    .replace(/ +/g, " ");
}

test.each(named)("%s is as discovered", (name, kind) => {
  expect(describeKind(kind)).toBe(discovery[name]);
});

test("nothing is missing and nothing comes twice", () => {
  const names = named.map(([name]) => name);
  expect([...names].sort()).toEqual(Object.keys(discovery).sort());
  expect(new Set(names).size).toBe(names.length);
});

describe.each(named)("%s", (_, kind) => {
  const bare = (): KubernetesObject => ({
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    metadata: { name: "a", namespace: "default" },
    ...(Object.hasOwn(kind.schema.fields, "spec") ? { spec: {} } : {}),
    ...(kind.kind === "Event" ? { involvedObject: {}, regarding: {} } : {}),
  });

  test("names agree with its schema", () => {
    expect(kind.schema.name.endsWith(`.${kind.kind}`)).toBe(true);
    expect(kind.listKind).toBe(`${kind.kind}List`);
    expect(kind.singular).toBe(kind.kind.toLowerCase());
    expect(kind.schema.fields.metadata).toBeDefined();
  });

  test("every status subresource has a status and a way to write it", () => {
    if (!kind.subresources.some(({ name }) => name === "status")) return;
    expect(kind.schema.fields.status).toBeDefined();
    expect(kind.prepareForStatusUpdate).toBeDefined();
    expect(kind.prepareForUpdate).toBeDefined();
  });

  test("a nearly empty object is checked and shown without falling over", () => {
    const object = bare();
    kind.setDefaults?.(object);
    kind.prepareForCreate?.(object);
    expect(Array.isArray(kind.validate(object))).toBe(true);
    expect(Array.isArray(kind.validateCreate?.(object) ?? [])).toBe(true);
    const old = structuredClone(object);
    expect(kind.validateUpdate?.(object, old) ?? []).toEqual([]);
    kind.prepareForUpdate?.(object, old);
    expect(object).toEqual(old);
    for (const column of kind.columns) {
      expect(String(column.cell(object, 0))).not.toMatch(/undefined|NaN/);
    }
    for (const read of Object.values(kind.selectableFields)) {
      expect(read(object)).toBeTypeOf("string");
    }
  });

  test("defaults are filled in once", () => {
    const object = bare();
    kind.setDefaults?.(object);
    const once = structuredClone(object);
    kind.setDefaults?.(object);
    expect(object).toEqual(once);
  });
});
