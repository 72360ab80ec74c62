// The shop whose life these tests follow: a web server behind a node port, as people write it down.

/** Labels that any of its pods carries. */
export const SHOP = "app=shop-web";

/** Asked after 5 s, every 3 s; three failures count. */
export const probing = (handler: string) =>
  `{${handler}, initialDelaySeconds: 5, periodSeconds: 3, failureThreshold: 3}`;

export const asksForPage = probing("httpGet: {path: /index.html, port: 80}");

export interface Shop {
  namespace?: string;
  replicas?: number;
  graceSeconds?: number;
  /** `livenessProbe: {…}`, a line each. */
  probes?: string[];
  image?: string;
}

/** A deployment named `shop` with one container named `web`. Comments and stray blanks mean nothing. */
export function deployment(shop: Shop = {}): string {
  const { namespace = "shop", replicas = 1, graceSeconds, probes = [], image } = shop;
  const grace = graceSeconds ? [`      terminationGracePeriodSeconds: ${graceSeconds}`] : [];
  return [
    "kind: Deployment # the kind may come first",
    "apiVersion: apps/v1",
    "metadata:",
    "  name: shop",
    `  namespace: ${namespace} `,
    "spec:",
    `  replicas: ${replicas}`,
    "  selector:",
    "    matchLabels: {app: shop-web}",
    "  template:",
    "    metadata:",
    "      labels:",
    "        app: shop-web ",
    "    spec:",
    ...grace,
    "      containers:",
    "      - name: web",
    `        image: ${image ?? "nginx:1.20.2"} `,
    "        ports:",
    "        - containerPort: 80",
    ...probes.map((probe) => `        ${probe}`),
    "",
  ].join("\n");
}

/** Port 81 of the service, `nodePort` of the machine, port 80 of the pods. */
export const service = (nodePort: number, namespace = "shop") => `apiVersion: v1
kind: Service
metadata:
  name: shop-door
  namespace: ${namespace}
spec:
  type: NodePort
  selector:
    app: shop-web 
  ports:
  - {name: http, port: 81, targetPort: 80, nodePort: ${nodePort}, protocol: TCP}
`;

export const together = (...documents: string[]) => documents.join("   \n---\n");

/** A pod of one container named `main`; `spec` lines belong to the pod, `container` lines to it. */
export const pod = (name: string, { spec = [], container = [] }: PodLines = {}) =>
  [
    "apiVersion: v1",
    "kind: Pod",
    `metadata: {name: ${name}, namespace: shop}`,
    "spec:",
    ...spec.map((line) => `  ${line}`),
    "  containers:",
    "  - name: main",
    ...(container.some((line) => line.startsWith("image:")) ? [] : ["    image: nginx:1.20.2"]),
    ...container.map((line) => `    ${line}`),
    "",
  ].join("\n");

interface PodLines {
  spec?: string[];
  container?: string[];
}
