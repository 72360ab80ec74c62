// The store goes away and comes back: requests fail in Kubernetes' words, and nothing is lost.

import { afterEach, beforeEach, expect, test } from "vitest";
import {
  configMap,
  makeNamespace,
  startFixture,
  watching,
  type Fixture,
} from "./registry-fixture.ts";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
  await makeNamespace(fixture, "default");
});
afterEach(() => fixture.close());

const make = (name: string) =>
  fixture.of("configmaps").create("default", configMap(name), fixture.write);

test("writes are refused while it is away, reads go on, watches lose nothing", async () => {
  const { of, clock } = fixture;
  await make("a");
  const seen = await watching(of("configmaps"), "default");
  expect(await fixture.registry.ready()).toBe(true);
  await fixture.stopStore();
  expect(await fixture.registry.ready()).toBe(false);
  await expect(make("b")).rejects.toMatchObject({ code: 503, reason: "ServiceUnavailable" });
  expect((await of("configmaps").list("default", {})).items).toHaveLength(1);
  await fixture.startStore();
  await make("c");
  await clock.advanceUntil(() => seen.lines.length === 2);
  expect(seen.lines).toEqual(["ADDED default/a", "ADDED default/c"]);
});

test("what was acknowledged just before is read after", async () => {
  const { of, clock } = fixture;
  await Promise.all(["a", "b", "c"].map(make));
  await fixture.stopStore();
  await fixture.startStore();
  await clock.advance(5_000);
  expect((await of("configmaps").list("default", {})).items).toHaveLength(3);
});

test("history that was forgotten meanwhile means reading everything again", async () => {
  const { of, store, clock } = fixture;
  await make("a");
  const seen = await watching(of("configmaps"), "default");
  await fixture.stopStore();
  await fixture.startStore();
  // another server's write, and then the history that would have told of it goes
  const value = Buffer.from(
    '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"b","namespace":"default"}}',
  );
  for (const name of ["b", "c"]) {
    const key = `/registry/configmaps/default/${name}`;
    await store.txn({ compare: [], success: [{ put: { key, value } }] });
  }
  await store.compact((await store.status()).revision);
  await clock.advanceUntil(() => seen.lines.some((line) => line.startsWith("END")));
  await clock.advanceUntil(() => fixture.registry.ready());
  expect((await of("configmaps").list("default", {})).items).toHaveLength(3);
});

test("it need not be there at the start", async () => {
  const { clock } = fixture;
  await make("a");
  await fixture.stopStore();
  const restarted = fixture.restart();
  await clock.advance(1_000);
  await fixture.startStore();
  await clock.advance(1_000);
  await restarted;
  expect((await fixture.of("configmaps").list("default", {})).items).toHaveLength(1);
});
