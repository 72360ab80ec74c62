// The contract, kept by the store of this package, and what it keeps beyond etcd 3.4.

import { expect, it } from "vitest";
import { describeStore, follow, put, remove, write } from "./contract.ts";
import { randomTests } from "./random.ts";
import { startScratchStore } from "./scratch-store.ts";

describeStore("the LevelDB store", startScratchStore);
randomTests(startScratchStore, [1, 2, 3, 4, 5, 6]);

it("replays a deletion at the very revision that history was compacted to", async () => {
  const { client, stop } = await startScratchStore();
  await write(client, put("/a", "1"));
  await write(client, remove("/a"));
  await write(client, put("/a", "2"));
  await client.compact(3);
  const watch = follow(client, { key: "/", rangeEnd: "0", startRevision: 3 });
  expect(await watch.told(2)).toBe("3:/a- 4:/a=2");
  await stop();
});
