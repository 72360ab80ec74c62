// Everything in one stream of bytes, and back: a first line, every row with its lengths, and a
// checksum, without which nothing is restored.
//
//   "kubonsai-store 1\n"   { LENGTH (4)  LENGTH (4)  key  value }*   FFFFFFFF  SHA-256 (32)

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { BOOT_ROW } from "./layout.ts";
import { openDatabase, type Database } from "./open-database.ts";

const FIRST_LINE = Buffer.from("kubonsai-store 1\n");
const END = Buffer.from([0xff, 0xff, 0xff, 0xff]);
const HASH_BYTES = 32;
const BLOB_BYTES = 64 * 1024;

type Snapshot = ReturnType<Database["snapshot"]>;

/** As of the moment in which `snapshot` was taken. */
export async function* writeSnapshot(
  database: Database,
  snapshot: Snapshot,
): AsyncGenerator<Buffer, void, undefined> {
  const hash = createHash("sha256");
  let parts: Buffer[] = [FIRST_LINE];
  let length = 0;
  const blob = () => {
    const bytes = Buffer.concat(parts);
    hash.update(bytes);
    parts = [];
    length = 0;
    return bytes;
  };
  for await (const [key, value] of database.iterator({ snapshot })) {
    if (key.equals(BOOT_ROW)) continue;
    const lengths = Buffer.allocUnsafe(8);
    lengths.writeUInt32BE(key.length, 0);
    lengths.writeUInt32BE(value.length, 4);
    parts.push(lengths, key, value);
    length += key.length + value.length;
    if (length > BLOB_BYTES) yield blob();
  }
  parts.push(END);
  yield blob();
  yield hash.digest();
}

/**
 * Fills a new folder from a file with the gateway's answer, a line for each blob.
 * @throws Error with a line for a person when the folder is not empty or the file is not whole
 */
export async function restoreSnapshot(file: string, directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length > 0) throw new Error(`${directory} is not empty`);
  await checkWhole(file);
  const database = await openDatabase(directory);
  try {
    for await (const rows of rowsIn(file)) await database.batch(rows, { sync: true });
  } finally {
    await database.close();
  }
}

async function checkWhole(file: string): Promise<void> {
  const hash = createHash("sha256");
  let held = Buffer.alloc(0);
  for await (const blob of blobsIn(file)) {
    held = Buffer.concat([held, blob]);
    hash.update(held.subarray(0, -HASH_BYTES));
    held = held.subarray(-HASH_BYTES);
  }
  if (!hash.digest().equals(held)) throw new Error(`${file} is not a whole snapshot of the store`);
}

async function* rowsIn(file: string) {
  let bytes = Buffer.alloc(0);
  let isFirst = true;
  for await (const blob of blobsIn(file)) {
    bytes = Buffer.concat([bytes, blob]);
    let at = isFirst ? FIRST_LINE.length : 0;
    isFirst = false;
    const rows: { type: "put"; key: Buffer; value: Buffer }[] = [];
    for (;;) {
      if (bytes.length < at + 8 || bytes.subarray(at, at + 4).equals(END)) break;
      const keyEnd = at + 8 + bytes.readUInt32BE(at);
      const end = keyEnd + bytes.readUInt32BE(at + 4);
      if (bytes.length < end) break;
      rows.push({
        type: "put",
        key: bytes.subarray(at + 8, keyEnd),
        value: bytes.subarray(keyEnd, end),
      });
      at = end;
    }
    yield rows;
    if (bytes.subarray(at, at + 4).equals(END)) return;
    bytes = bytes.subarray(at);
  }
}

async function* blobsIn(file: string): AsyncGenerator<Buffer, void, undefined> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    let blob: unknown;
    try {
      blob = (JSON.parse(line) as { result?: { blob?: unknown } }).result?.blob;
    } catch {
      throw new Error(`${file} is not a snapshot: a line is no JSON`);
    }
    if (typeof blob === "string") yield Buffer.from(blob, "base64");
  }
}
