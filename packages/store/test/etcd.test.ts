// The contract, kept by a real etcd: what both keep, the apiserver may rely on. Runs when the
// environment variable ETCD_BINARY names etcd's program (`npm run test:etcd`).

import { describe, it } from "vitest";
import { describeStore } from "./contract.ts";
import { randomTests } from "./random.ts";
import { startScratchEtcd } from "./real-etcd.ts";

const binary = process.env["ETCD_BINARY"];

if (binary) {
  describeStore("a real etcd", () => startScratchEtcd(binary));
  randomTests(() => startScratchEtcd(binary), [1, 2]);
} else describe("a real etcd", () => it.skip("keeps the contract: set ETCD_BINARY", () => {}));
