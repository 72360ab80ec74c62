// The kubelet's door.

export { startKubelet, type KubeletOptions } from "./kubelet.ts";
export type { ServingCertificate } from "./server/server.ts";
