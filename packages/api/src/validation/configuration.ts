// ConfigMaps and Secrets: keys, size, and what a type of secret must hold.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateConfigMap, ValidateSecret

import { forbidden, invalid, required, tooLong, type FieldError } from "../errors/field-error.ts";
import { semanticEqual } from "../equality/semantic-equal.ts";
import type { ConfigMap } from "../messages/core/v1/config-map.ts";
import type { Secret } from "../messages/core/v1/secret.ts";
import { byteLength } from "./labels.ts";
import { configKey } from "./names.ts";
import { immutable, invalidFor } from "./rules.ts";

type Values = { readonly [key: string]: string } | undefined;

const limitBytes = 1024 * 1024;

export function validateConfigMap({ data, binaryData }: ConfigMap): FieldError[] {
  const errors = [...keyErrors("data", data), ...keyErrors("binaryData", binaryData)];
  for (const key of Object.keys(data ?? {})) {
    if (binaryData === undefined || !Object.hasOwn(binaryData, key)) continue;
    errors.push(invalid(`data[${key}]`, key, "duplicate of key present in binaryData"));
  }
  const bytes =
    sum(Object.values(data ?? {}).map(byteLength)) +
    sum(Object.values(binaryData ?? {}).map(decodedLength));
  return bytes > limitBytes ? [...errors, tooLong("", limitBytes)] : errors;
}

export const validateConfigMapUpdate = (configMap: ConfigMap, old: ConfigMap): FieldError[] =>
  old.immutable === true ? frozenErrors(configMap, old, ["data", "binaryData"]) : [];

export function validateSecret(secret: Secret): FieldError[] {
  const errors = keyErrors("data", secret.data);
  const bytes = sum(Object.values(secret.data ?? {}).map(decodedLength));
  if (bytes > limitBytes) errors.push(tooLong("data", limitBytes));
  return [...errors, ...contentErrors(secret)];
}

export const validateSecretUpdate = (secret: Secret, old: Secret): FieldError[] => [
  ...immutable("type", secret.type, old.type),
  ...(old.immutable === true ? frozenErrors(secret, old, ["data"]) : []),
];

const keyErrors = (field: string, values: Values): FieldError[] =>
  Object.keys(values ?? {}).flatMap((key) => invalidFor(`${field}[${key}]`, key, configKey(key)));

function frozenErrors<T extends ConfigMap | Secret>(
  object: T,
  old: T,
  members: readonly (keyof T & string)[],
): FieldError[] {
  const text = "field is immutable when `immutable` is set";
  const errors = object.immutable === true ? [] : [forbidden("immutable", text)];
  for (const member of members) {
    if (!semanticEqual(object[member], old[member])) errors.push(forbidden(member, text));
  }
  return errors;
}

const accountName = "kubernetes.io/service-account.name";

function contentErrors({ type, data = {}, metadata }: Secret): FieldError[] {
  const needs = (...keys: string[]) =>
    keys.filter((key) => !Object.hasOwn(data, key)).map((key) => required(`data[${key}]`));
  switch (type) {
    case "kubernetes.io/service-account-token":
      if (metadata.annotations?.[accountName]) return [];
      return [required(`metadata.annotations[${accountName}]`)];
    case "kubernetes.io/dockercfg":
      return jsonErrors(data, ".dockercfg");
    case "kubernetes.io/dockerconfigjson":
      return jsonErrors(data, ".dockerconfigjson");
    case "kubernetes.io/basic-auth": {
      const missing = needs("username", "password");
      return missing.length === 2 ? missing : [];
    }
    case "kubernetes.io/ssh-auth":
      return data["ssh-privatekey"] ? [] : [required("data[ssh-privatekey]")];
    case "kubernetes.io/tls":
      return needs("tls.crt", "tls.key");
    default:
      return [];
  }
}

function jsonErrors(data: { readonly [key: string]: string }, key: string): FieldError[] {
  const field = `data[${key}]`;
  const encoded = Object.hasOwn(data, key) ? data[key] : undefined;
  if (encoded === undefined) return [required(field)];
  const problem = objectProblem(new TextDecoder().decode(fromBase64(encoded)));
  return problem === "" ? [] : [invalid(field, "<secret contents redacted>", problem)];
}

function objectProblem(text: string): string {
  if (text.trim() === "") return "unexpected end of JSON input";
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && !Array.isArray(value);
    return isObject ? "" : "json: cannot unmarshal into a map of values";
  } catch (error) {
    return (error as Error).message;
  }
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** Of base64 text, in bytes. */
const decodedLength = (text: string) =>
  Math.floor((text.length * 3) / 4) - (text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0);

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
