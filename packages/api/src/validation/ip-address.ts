// IP addresses and ranges, as leniently as Kubernetes still reads them: leading zeros are decimal.
// @see kubernetes apimachinery/pkg/util/validation/ip.go

import { invalid, type FieldError } from "../errors/field-error.ts";
import { invalidFor } from "./rules.ts";

/** The sixteen bytes of an address (IPv4 in the last four), or undefined. */
export type AddressBytes = readonly number[];

export interface IpAddress {
  readonly family: "IPv4" | "IPv6";
  readonly bytes: AddressBytes;
}

export function parseIp(text: string): IpAddress | undefined {
  const four = parseIpv4(text);
  if (four !== undefined) return { family: "IPv4", bytes: four };
  const sixteen = parseIpv6(text);
  if (sixteen === undefined) return undefined;
  const isMapped = sixteen.slice(0, 10).every((b) => b === 0) && sixteen[10] === 255;
  if (isMapped && sixteen[11] === 255) return { family: "IPv4", bytes: sixteen.slice(12) };
  return { family: "IPv6", bytes: sixteen };
}

export const isIpv4 = (text: string): boolean => parseIp(text)?.family === "IPv4";
export const isIpv6 = (text: string): boolean => parseIp(text)?.family === "IPv6";

const notAnIp = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

export const validateIp = (field: string, value: string): FieldError[] =>
  parseIp(value) === undefined ? [invalid(field, value, notAnIp)] : [];

export function validateCidr(field: string, value: string): FieldError[] {
  const [address = "", bits = "", ...rest] = value.split("/");
  const ip = parseIp(address);
  const limit = ip?.family === "IPv4" ? 32 : 128;
  const isGood = ip !== undefined && rest.length === 0 && /^\d{1,3}$/.test(bits);
  if (isGood && Number(bits) <= limit) return [];
  return [invalid(field, value, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")];
}

export interface AddressRange {
  readonly address: IpAddress;
  readonly bits: number;
}

/** `10.0.0.0/8`; undefined when it is none. */
export function parseCidr(text: string): AddressRange | undefined {
  if (validateCidr("", text).length > 0) return undefined;
  const [address = "", bits = ""] = text.split("/");
  return { address: parseIp(address)!, bits: Number(bits) };
}

/** Whether the first `bits` of both are alike. */
export function rangeHolds({ address: range, bits }: AddressRange, address: IpAddress): boolean {
  if (range.family !== address.family) return false;
  const [first, other] = [masked(range.bytes, bits), masked(address.bytes, bits)];
  return first.every((byte, i) => byte === other[i]);
}

/** Not an address that only means something on one machine or link. */
export function validateEndpointIp(field: string, value: string): FieldError[] {
  const ip = parseIp(value);
  if (ip === undefined) return [invalid(field, value, "must be a valid IP address")];
  return invalidFor(field, value, specialRanges(ip, value));
}

function specialRanges({ family, bytes }: IpAddress, text: string): string[] {
  const [a = 0, b = 0] = bytes;
  const isFour = family === "IPv4";
  const isZeroUpTo = (end: number) => bytes.slice(0, end).every((byte) => byte === 0);
  if (isZeroUpTo(bytes.length)) return [`may not be unspecified (${text})`];
  if (isFour ? a === 127 : isZeroUpTo(15) && bytes[15] === 1) {
    return ["may not be in the loopback range (127.0.0.0/8, ::1/128)"];
  }
  if (isFour ? a === 169 && b === 254 : a === 0xfe && (b & 0xc0) === 0x80) {
    return ["may not be in the link-local range (169.254.0.0/16, fe80::/10)"];
  }
  if (isFour ? a === 224 && b === 0 && bytes[2] === 0 : a === 0xff && (b & 0x0f) === 2) {
    return ["may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"];
  }
  return [];
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,10}$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function parseIpv6(text: string): number[] | undefined {
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const left = groups(head, tail === undefined);
  const right = tail === undefined ? [] : groups(tail, true);
  if (left === undefined || right === undefined) return undefined;
  const missing = 16 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...left, ...new Array<number>(missing).fill(0), ...right];
}

function groups(text: string, isEnd: boolean): number[] | undefined {
  if (text === "") return [];
  const parts = text.split(":");
  const bytes: number[] = [];
  for (const [i, part] of parts.entries()) {
    const four = isEnd && i === parts.length - 1 ? parseIpv4(part) : undefined;
    if (four !== undefined) bytes.push(...four);
    else if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return undefined;
    else bytes.push(parseInt(part, 16) >> 8, parseInt(part, 16) & 255);
  }
  return bytes;
}

/** The one way to write an address: without leading zeros, the longest run of zeros as `::`. */
export function canonicalIp({ family, bytes }: IpAddress): string {
  if (family === "IPv4") return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, i) => bytes[2 * i]! * 256 + bytes[2 * i + 1]!);
  const text = groups.map((group) => group.toString(16)).join(":");
  const [longest] = [...text.matchAll(/(?<![0-9a-f])0(:0)+(?![0-9a-f])/g)]
    .map(([run]) => run)
    .sort((a, b) => b.length - a.length);
  if (longest === undefined) return text;
  const at = text.search(new RegExp(`(?<![0-9a-f])${longest}(?![0-9a-f])`));
  const [before, after] = [text.slice(0, at), text.slice(at + longest.length)];
  return `${before.replace(/:$/, "")}::${after.replace(/^:/, "")}`;
}

const isMapped = (text: string) => text.includes(":") && isIpv4(text);

/** As newer kinds want it: in its one canonical form. */
export function strictIp(field: string, value: string): FieldError[] {
  const ip = parseIp(value);
  if (ip === undefined) return [invalid(field, value, notAnIp)];
  if (isMapped(value)) return [invalid(field, value, "must not be an IPv4-mapped IPv6 address")];
  if (hasLeadingZeros(value)) return [invalid(field, value, "must not have leading 0s")];
  return canonicalErrors(field, value, canonicalIp(ip));
}

export function strictCidr(field: string, value: string): FieldError[] {
  const range = parseCidr(value);
  if (range === undefined) return validateCidr(field, value);
  const { address, bits } = range;
  const [text = "", length = ""] = value.split("/");
  if (isMapped(text)) return [invalid(field, value, "must not have an IPv4-mapped IPv6 address")];
  if (hasLeadingZeros(text) || /^0\d/.test(length)) {
    return [invalid(field, value, "must not have leading 0s in IP or prefix length")];
  }
  const first = { family: address.family, bytes: masked(address.bytes, bits) };
  const canonical = `${canonicalIp(first)}/${bits}`;
  if (canonicalIp(first) === canonicalIp(address)) return canonicalErrors(field, value, canonical);
  return [invalid(field, value, "must not have bits set beyond the prefix length")];
}

const hasLeadingZeros = (text: string) => text.includes(".") && /(^|[.:])0\d/.test(text);

const canonicalErrors = (field: string, value: string, canonical: string): FieldError[] =>
  value === canonical
    ? []
    : [invalid(field, value, `must be in canonical form (${JSON.stringify(canonical)})`)];

const masked = (bytes: AddressBytes, bits: number): AddressBytes =>
  bytes.map((byte, i) => byte & ((0xff00 >> Math.min(Math.max(bits - i * 8, 0), 8)) & 0xff));
