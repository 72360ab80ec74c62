// One file of the write-ahead log. A record is written over what an earlier use of the file left, or
// over zeros, and carries the segment's number, so that what is left over is never taken for a record:
//
//   SEGMENT (8)  LENGTH (4)  CRC (4)  payload

import { crc32 } from "node:zlib";

export const SEGMENT_BYTES = 8 * 1024 * 1024;
export const RECORD_HEADER_BYTES = 16;

/** Fills in the head of `record`, whose payload stands behind it. */
export function seal(record: Buffer, segment: number): void {
  record.writeUIntBE(segment, 2, 6);
  record.writeUInt16BE(0, 0);
  record.writeUInt32BE(record.length - RECORD_HEADER_BYTES, 8);
  record.writeUInt32BE(sumOf(record), 12);
}

export interface Scan {
  payloads: Buffer[];
  /** Where the next record belongs. */
  end: number;
  /** A record began here and did not reach the disk whole. */
  isTorn: boolean;
  /** A good record stands behind a bad one: the file was not torn, it was damaged. */
  isDamaged: boolean;
}

/** Reads all records of the segment from the bytes of its file. */
export function scan(bytes: Buffer, segment: number): Scan {
  const payloads: Buffer[] = [];
  let end = 0;
  for (;;) {
    const size = sizeAt(bytes, end, segment);
    if (size === undefined) return { payloads, end, isTorn: false, isDamaged: false };
    const record = bytes.subarray(end, end + size);
    if (!isWhole(record, size)) {
      const isDamaged = isWholeAt(bytes, end + size, segment);
      return { payloads, end, isTorn: true, isDamaged };
    }
    payloads.push(record.subarray(RECORD_HEADER_BYTES));
    end += size;
  }
}

/** Of the record that stands there, by its head; undefined when none of this segment does. */
function sizeAt(bytes: Buffer, at: number, segment: number): number | undefined {
  if (at + RECORD_HEADER_BYTES > bytes.length) return undefined;
  if (bytes.readUIntBE(at + 2, 6) !== segment) return undefined;
  return RECORD_HEADER_BYTES + bytes.readUInt32BE(at + 8);
}

function isWholeAt(bytes: Buffer, at: number, segment: number): boolean {
  const size = sizeAt(bytes, at, segment);
  return size !== undefined && isWhole(bytes.subarray(at, at + size), size);
}

const isWhole = (record: Buffer, size: number): boolean =>
  record.length === size && record.readUInt32BE(12) === sumOf(record);

/** Over segment, length and payload. */
function sumOf(record: Buffer): number {
  return crc32(record.subarray(RECORD_HEADER_BYTES), crc32(record.subarray(0, 12)));
}
