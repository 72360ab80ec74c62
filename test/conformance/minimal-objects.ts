// The least that each kind accepts, by `<group>/<version> <resource>`; names come from the test. What
// controllers would act upon is held still: paused, suspended, gated, or without replicas.

const labels = { app: "conformance" };
const container = { name: "main", image: "nginx" };
const template = { metadata: { labels }, spec: { containers: [container] } };
const selector = { matchLabels: labels };
const oneTime = { ...template, spec: { ...template.spec, restartPolicy: "Never" } };

/** `/CN=jane/O=dev`, signed with its own key */
const certificateRequest = [
  "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURSBSRVFVRVNULS0tLS0KTUlIWU1IOENBUUF3SFRFTk1Bc0dBMVVF",
  "QXd3RWFtRnVaVEVNTUFvR0ExVUVDZ3dEWkdWMk1Ga3dFd1lIS29aSQp6ajBDQVFZSUtvWkl6ajBEQVFj",
  "RFFnQUVGMzJkUUEvRWxsVnhvSGVhbldQYk5VZFdJTGFPZFhXemZvTkdvcE1SCkhyMmFSbmV2QWVkQ2hr",
  "RnQvRUlLS3k2K2VTanVGMGlyczlpSlFNZDJOSW5TbktBQU1Bb0dDQ3FHU000OUJBTUMKQTBrQU1FWUNJ",
  "UURObkdaWDh5cnhFRWVPTW5yQW5QTnk1ak1JQ282OW5YemU2c2hOKzNuYjJnSWhBSlFobXdIUgpnczI0",
  "QkkxYnNVdktESmNjOXIwbEQvT05hNWV3YTM5R05Xb0UKLS0tLS1FTkQgQ0VSVElGSUNBVEUgUkVRVUVT",
  "VC0tLS0tCg==",
].join("");

const rule = { apiGroups: ["none"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["a"] };
const webhook = {
  name: "a.example.com",
  clientConfig: { url: "https://127.0.0.1:1/check" },
  admissionReviewVersions: ["v1"],
  sideEffects: "None",
  rules: [rule],
};
const matchConstraints = { resourceRules: [rule] };

export const minimalObjects: { readonly [kind: string]: object } = {
  "v1 configmaps": { data: { a: "b" } },
  "v1 endpoints": {},
  "v1 events": { involvedObject: { kind: "Pod", name: "a", namespace: "conformance" } },
  "v1 limitranges": { spec: { limits: [{ type: "Container", max: { cpu: "1" } }] } },
  "v1 namespaces": {},
  "v1 nodes": {},
  "v1 persistentvolumeclaims": {
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  },
  "v1 persistentvolumes": {
    spec: {
      accessModes: ["ReadWriteOnce"],
      capacity: { storage: "1Gi" },
      hostPath: { path: "/data" },
    },
  },
  "v1 pods": { spec: { containers: [container], schedulingGates: [{ name: "test/wait" }] } },
  "v1 podtemplates": { template },
  "v1 replicationcontrollers": { spec: { replicas: 0, selector: labels, template } },
  "v1 resourcequotas": { spec: { hard: { pods: "100" } } },
  "v1 secrets": { data: { a: "Yg==" } },
  "v1 serviceaccounts": {},
  "v1 services": { spec: { clusterIP: "None", ports: [{ port: 80 }] } },
  "admissionregistration.k8s.io/v1 mutatingadmissionpolicies": {
    spec: {
      matchConstraints,
      reinvocationPolicy: "Never",
      mutations: [{ patchType: "JSONPatch", jsonPatch: { expression: "[]" } }],
    },
  },
  "admissionregistration.k8s.io/v1 mutatingadmissionpolicybindings": { spec: { policyName: "a" } },
  "admissionregistration.k8s.io/v1 mutatingwebhookconfigurations": { webhooks: [webhook] },
  "admissionregistration.k8s.io/v1 validatingadmissionpolicies": {
    spec: { matchConstraints, validations: [{ expression: "true" }] },
  },
  "admissionregistration.k8s.io/v1 validatingadmissionpolicybindings": {
    spec: { policyName: "a", validationActions: ["Deny"] },
  },
  "admissionregistration.k8s.io/v1 validatingwebhookconfigurations": { webhooks: [webhook] },
  "apps/v1 controllerrevisions": { revision: 1, data: { a: 1 } },
  "apps/v1 daemonsets": {
    spec: {
      selector,
      template: { ...template, spec: { ...template.spec, nodeSelector: { none: "such" } } },
    },
  },
  "apps/v1 deployments": { spec: { replicas: 0, paused: true, selector, template } },
  "apps/v1 replicasets": { spec: { replicas: 0, selector, template } },
  "apps/v1 statefulsets": { spec: { replicas: 0, selector, template } },
  "events.k8s.io/v1 events": {
    eventTime: "2026-06-01T08:00:00.000000Z",
    action: "Test",
    reason: "Testing",
    type: "Normal",
    reportingController: "test.io/conformance",
    reportingInstance: "one",
    regarding: { kind: "Pod", name: "a", namespace: "conformance" },
  },
  "autoscaling/v1 horizontalpodautoscalers": {
    spec: {
      maxReplicas: 2,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" },
    },
  },
  "autoscaling/v2 horizontalpodautoscalers": {
    spec: {
      maxReplicas: 2,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "a" },
    },
  },
  "batch/v1 cronjobs": {
    spec: { schedule: "0 0 1 1 *", suspend: true, jobTemplate: { spec: { template: oneTime } } },
  },
  "batch/v1 jobs": { spec: { suspend: true, template: oneTime } },
  "certificates.k8s.io/v1 certificatesigningrequests": {
    spec: {
      request: certificateRequest,
      signerName: "example.com/signer",
      usages: ["client auth"],
    },
  },
  "coordination.k8s.io/v1 leases": { spec: { holderIdentity: "me" } },
  "discovery.k8s.io/v1 endpointslices": { addressType: "IPv4", endpoints: [] },
  "flowcontrol.apiserver.k8s.io/v1 flowschemas": {
    spec: { priorityLevelConfiguration: { name: "catch-all" } },
  },
  "flowcontrol.apiserver.k8s.io/v1 prioritylevelconfigurations": {
    spec: { type: "Limited", limited: { limitResponse: { type: "Reject" } } },
  },
  "networking.k8s.io/v1 ingressclasses": { spec: { controller: "example.com/ingress" } },
  "networking.k8s.io/v1 ingresses": {
    spec: { defaultBackend: { service: { name: "web", port: { number: 80 } } } },
  },
  "networking.k8s.io/v1 ipaddresses": { spec: { parentRef: { resource: "services", name: "a" } } },
  "networking.k8s.io/v1 networkpolicies": { spec: { podSelector: {} } },
  "networking.k8s.io/v1 servicecidrs": { spec: { cidrs: ["10.200.0.0/24"] } },
  "node.k8s.io/v1 runtimeclasses": { handler: "runc" },
  "policy/v1 poddisruptionbudgets": { spec: { minAvailable: 1, selector } },
  "rbac.authorization.k8s.io/v1 clusterrolebindings": {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "view" },
  },
  "rbac.authorization.k8s.io/v1 clusterroles": {
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
  },
  "rbac.authorization.k8s.io/v1 rolebindings": {
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "view" },
  },
  "rbac.authorization.k8s.io/v1 roles": {
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
  },
  "scheduling.k8s.io/v1 priorityclasses": { value: 1000 },
  "storage.k8s.io/v1 csidrivers": { spec: {} },
  "storage.k8s.io/v1 csinodes": { spec: { drivers: [{ name: "csi.example.com", nodeID: "n" }] } },
  "storage.k8s.io/v1 csistoragecapacities": { storageClassName: "fast", capacity: "1Gi" },
  "storage.k8s.io/v1 storageclasses": { provisioner: "example.com/none" },
  "storage.k8s.io/v1 volumeattachments": {
    spec: { attacher: "csi.example.com", nodeName: "a", source: { persistentVolumeName: "a" } },
  },
  "storage.k8s.io/v1 volumeattributesclasses": {
    driverName: "csi.example.com",
    parameters: { a: "b" },
  },
};

/** Kinds whose names must look otherwise than `one`, `two`. */
export const specialNames: { readonly [kind: string]: readonly [string, string] } = {
  "networking.k8s.io/v1 ipaddresses": ["10.200.0.1", "10.200.0.2"],
};
