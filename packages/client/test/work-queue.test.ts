// The work queue: once each, again if added meanwhile, later and later after failures.

import { VirtualClock } from "@kubonsai/clock";
import { createWorkQueue } from "@kubonsai/client";
import { expect, test } from "vitest";

function start(work: (key: string) => Promise<void>, concurrency = 1) {
  const clock = new VirtualClock();
  const queue = createWorkQueue({ clock });
  const stopping = new AbortController();
  const errors: unknown[] = [];
  const options = {
    concurrency,
    signal: stopping.signal,
    onError: (key: unknown) => errors.push(key),
  };
  const ended = queue.run(work, options);
  const stop = () => {
    stopping.abort();
    return ended;
  };
  return { clock, queue, errors, stop };
}

test("a key that waits is there once", async () => {
  const worked: string[] = [];
  const { clock, queue, stop } = start(async (key) => void worked.push(key));
  for (const key of ["a", "b", "a", "a"]) queue.add(key);
  expect(queue.length).toBe(2);
  await clock.settle();
  expect(worked).toEqual(["a", "b"]);
  await stop();
});

test("a key added while in work comes again afterwards, never twice at once", async () => {
  let running = 0;
  const worked: number[] = [];
  const { clock, queue, stop } = start(async () => {
    worked.push(++running);
    await clock.sleep(10);
    running--;
  }, 4);
  queue.add("a");
  await clock.settle();
  queue.add("a");
  queue.add("a");
  await clock.advance(100);
  expect(worked).toEqual([1, 1]);
  await stop();
});

test("at most `concurrency` keys are in work", async () => {
  let running = 0;
  let most = 0;
  const { clock, queue, stop } = start(async () => {
    most = Math.max(most, ++running);
    await clock.sleep(10);
    running--;
  }, 3);
  for (let i = 0; i < 20; i++) queue.add(`k${i}`);
  await clock.advance(200);
  expect(most).toBe(3);
  expect(running).toBe(0);
  await stop();
});

test("failures come back after 5, 10, 20 … ms, and a success ends the row", async () => {
  const at: number[] = [];
  let failing = 4;
  const { clock, queue, errors, stop } = start(async () => {
    at.push(clock.now());
    if (failing-- > 0) throw new Error("not yet");
  });
  const begin = clock.now();
  queue.add("a");
  await clock.advance(1000);
  expect(at.map((time) => time - begin)).toEqual([0, 5, 15, 35, 75]);
  expect(errors).toHaveLength(4);
  failing = 1;
  queue.add("a");
  await clock.advance(1000);
  expect(at.slice(5).map((time) => time - begin)).toEqual([1000, 1005]);
  await stop();
});

test("addAfter keeps the earlier date, and add overtakes it", async () => {
  const at: number[] = [];
  const { clock, queue, stop } = start(async () => void at.push(clock.now()));
  const begin = clock.now();
  queue.addAfter("a", 500);
  queue.addAfter("a", 100);
  queue.addAfter("a", 300);
  await clock.advance(1000);
  expect(at.map((time) => time - begin)).toEqual([100]);
  queue.addAfter("a", 500);
  queue.add("a");
  await clock.advance(1000);
  expect(at.map((time) => time - begin)).toEqual([100, 1000]);
  await stop();
});

test("stopping waits for the work under way and drops the rest", async () => {
  const worked: string[] = [];
  const { clock, queue, stop } = start(async (key) => {
    await clock.sleep(10);
    worked.push(key);
  });
  queue.add("a");
  queue.add("b");
  await clock.settle();
  const stopped = stop();
  await clock.advance(50);
  await stopped;
  expect(worked).toEqual(["a"]);
});
