// Writes many revisions to a store as fast as it takes them, in a process of its own.
// Told by message { client, address, revisions, keys }, ends when done.

process.once("message", async ({ client: module, address, revisions, keys }) => {
  const { connectStore, systemClock } = await import(module);
  const client = connectStore({ address, clock: systemClock });
  const value = Buffer.alloc(200, "v");
  let next = 0;
  await Promise.all(
    Array.from({ length: 512 }, async () => {
      while (next < revisions) {
        const key = `/fill/${next++ % keys}`;
        await client.txn({ compare: [], success: [{ put: { key, value } }] });
      }
    }),
  );
  await client.close();
  process.exit(0);
});
