// What the simulated nodes of this process are: names, addresses, sizes.

export interface NodeIdentity {
  name: string;
  /** Counts from 1 within the cluster. */
  index: number;
  ip: string;
  podCIDR: string;
}

/** Nodes live at 172.18.0.2 and up, their pods in 10.244.N.0/24. */
export function nodeIdentity(name: string, index: number): NodeIdentity {
  const place = index + 1;
  const ip = `172.18.${Math.floor(place / 256)}.${place % 256}`;
  // beyond 255 nodes the pod ranges go on in the next block of addresses
  const podCIDR = `10.${244 + Math.floor(index / 256)}.${index % 256}.0/24`;
  return { name, index, ip, podCIDR };
}

export const CAPACITY = {
  cpu: "8",
  "ephemeral-storage": "256Gi",
  "hugepages-1Gi": "0",
  "hugepages-2Mi": "0",
  memory: "16Gi",
  pods: "110",
};
