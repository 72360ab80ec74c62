// The contract, kept in memory.

import { MemoryStore } from "../src/index.ts";
import { describeStore } from "./contract.ts";
import { randomTests } from "./random.ts";

async function start() {
  const client = new MemoryStore();
  return { client, stop: () => client.close() };
}

describeStore("the store in memory", start);
randomTests(start, [1, 2, 3, 4, 5, 6, 7, 8]);
