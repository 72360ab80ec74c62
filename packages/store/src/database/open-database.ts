// Opens the LevelDB folder, and says in one line why it cannot be opened.

import { Level } from "level";
import { FORMAT_ROW } from "./layout.ts";

export type Database = Level<Buffer, Buffer> & {
  /** LevelDB's own, which the type of all platforms does not have. */
  compactRange(start: Buffer, end: Buffer): Promise<void>;
};

/** The layout's version; a folder with another one is not touched. */
const FORMAT = "1";

const CACHE_BYTES = 32 * 1024 * 1024;
export const WRITE_BUFFER_BYTES = 16 * 1024 * 1024;

/** @throws Error with a line for a person: in use, damaged, of another version, no permission */
export async function openDatabase(directory: string): Promise<Database> {
  const database = new Level<Buffer, Buffer>(directory, {
    keyEncoding: "buffer",
    valueEncoding: "buffer",
    cacheSize: CACHE_BYTES,
    writeBufferSize: WRITE_BUFFER_BYTES,
  }) as Database;
  try {
    await database.open();
  } catch (error) {
    throw new Error(explanation(directory, error), { cause: error });
  }
  await checkFormat(database, directory);
  return database;
}

async function checkFormat(database: Database, directory: string): Promise<void> {
  const found = (await database.get(FORMAT_ROW))?.toString();
  if (found === FORMAT) return;
  if (found === undefined && (await isEmpty(database))) {
    return database.put(FORMAT_ROW, Buffer.from(FORMAT));
  }
  await database.close();
  throw new Error(`the store in ${directory} has format ${found ?? "unknown"}, not ${FORMAT}`);
}

async function isEmpty(database: Database): Promise<boolean> {
  const rows = await database.keys({ limit: 1 }).all();
  return rows.length === 0;
}

function explanation(directory: string, error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : undefined;
  const code = (cause as { code?: string } | undefined)?.code;
  const detail = (cause ?? (error as Error)).message;
  if (code === "LEVEL_LOCKED") return `the store in ${directory} is in use by another process`;
  if (code === "LEVEL_CORRUPTION") {
    return `the store in ${directory} is damaged (${detail}): restore a snapshot, or put a copy of the folder back`;
  }
  return `the store in ${directory} cannot be opened: ${detail}`;
}
