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
  return range.bytes.every((byte, i) => {
    const mask = (0xff00 >> Math.min(Math.max(bits - i * 8, 0), 8)) & 0xff;
    return (byte & mask) === (address.bytes[i]! & mask);
  });
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
