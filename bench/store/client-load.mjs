// What the API server feels: transactions with the store's own client, so many under way at once, in a
// process of its own. Told by message, answers { perSecond, p50, p99, cpuUs }, of CPU per transaction.

process.on("message", async (order) => process.send(await run(order)));

async function run({ client: module, address, inFlight, seconds, valueBytes }) {
  const { connectStore, systemClock } = await import(module);
  const client = connectStore({ address, clock: systemClock });
  const value = Buffer.alloc(valueBytes, "v");
  await client.range({ key: "/bench" });
  const end = performance.now() + seconds * 1000;
  const latencies = [];
  const before = process.cpuUsage();
  const began = performance.now();
  await Promise.all(Array.from({ length: inFlight }, (_, n) => work(n)));
  const tookMs = performance.now() - began;
  const { user, system } = process.cpuUsage(before);
  await client.close();
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.floor(latencies.length * share)];
  const cpuUs = (user + system) / latencies.length;
  return { perSecond: (latencies.length / tookMs) * 1000, p50: at(0.5), p99: at(0.99), cpuUs };

  async function work(n) {
    for (let count = 0; performance.now() < end; count++) {
      const sentAt = performance.now();
      const key = `/bench/${n}/${count % 200}`;
      await client.txn({ compare: [], success: [{ put: { key, value } }] });
      latencies.push(performance.now() - sentAt);
    }
  }
}
