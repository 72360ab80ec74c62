// What configMap, secret, downwardAPI and projected volumes hold: file names and their bytes.

import type {
  ConfigMap,
  ConfigMapProjection,
  DownwardAPIVolumeFile,
  KeyToPath,
  Pod,
  SecretProjection,
  Volume,
  VolumeProjection,
} from "@kubonsai/api";
import { podField } from "../environment/pod-field.ts";
import { resourceField } from "../environment/resource-field.ts";
import { whenFound } from "../environment/sources.ts";
import type { NodeContext } from "../pods/node-context.ts";

/** Path below the volume → content. */
export type Payload = Map<string, PayloadFile>;

export interface PayloadFile {
  bytes: Uint8Array;
  mode: number;
}

interface PayloadContext {
  node: NodeContext;
  volume: Volume;
  podIP: string;
}

type Reading = PayloadContext & { pod: Pod; defaultMode: number };

const DEFAULT_MODE = 0o644;

/** @returns undefined for volumes of another sort. @throws Error in the event's words */
export async function payloadOf(pod: Pod, context: PayloadContext): Promise<Payload | undefined> {
  const { configMap, secret, downwardAPI, projected } = context.volume;
  const source = configMap ?? secret ?? downwardAPI ?? projected;
  if (!source) return undefined;
  const reading = { ...context, pod, defaultMode: source.defaultMode ?? DEFAULT_MODE };
  if (configMap) return configMapFiles(configMap, reading);
  if (secret) return secretFiles({ ...secret, name: secret.secretName ?? "" }, reading);
  if (downwardAPI) return downwardFiles(downwardAPI.items ?? [], reading);
  const payload: Payload = new Map();
  for (const one of projected?.sources ?? []) {
    for (const [path, file] of await projection(one, reading)) payload.set(path, file);
  }
  return payload;
}

async function projection(source: VolumeProjection, reading: Reading): Promise<Payload> {
  const { pod, node, defaultMode } = reading;
  if (source.configMap) return configMapFiles(source.configMap, reading);
  if (source.secret) return secretFiles(source.secret, reading);
  if (source.downwardAPI) return downwardFiles(source.downwardAPI.items ?? [], reading);
  if (!source.serviceAccountToken) throw new Error("unsupported projection source");
  const { audience = "", expirationSeconds = 3600, path } = source.serviceAccountToken;
  const token = await node.tokens.token(pod, { audience, expirationSeconds });
  return new Map([[path, { bytes: Buffer.from(token), mode: defaultMode }]]);
}

async function configMapFiles(source: ConfigMapProjection, reading: Reading): Promise<Payload> {
  const { pod, node } = reading;
  const read = node.sources.configMap(pod.metadata.namespace ?? "", source.name ?? "");
  const found = await whenFound(read, source.optional);
  const files = found ? filesOf(found) : new Map<string, Uint8Array>();
  const missing = (key: string) => `configmap references non-existent config key: ${key}`;
  return selected(files, source, { ...reading, missing });
}

/** Bytes are shared by all pods that mount the same object: thousands mount kube-root-ca.crt. */
const decoded = new WeakMap<ConfigMap, Map<string, Uint8Array>>();

function filesOf(configMap: ConfigMap): Map<string, Uint8Array> {
  const known = decoded.get(configMap);
  if (known) return known;
  const files = new Map<string, Uint8Array>();
  for (const [key, text] of Object.entries(configMap.data ?? {})) files.set(key, Buffer.from(text));
  for (const [key, data] of Object.entries(configMap.binaryData ?? {})) {
    files.set(key, Buffer.from(data, "base64"));
  }
  decoded.set(configMap, files);
  return files;
}

async function secretFiles(source: SecretProjection, reading: Reading): Promise<Payload> {
  const { pod, node } = reading;
  const read = node.sources.secret(pod.metadata.namespace ?? "", source.name ?? "");
  const found = await whenFound(read, source.optional);
  const files = new Map<string, Uint8Array>();
  for (const [key, data] of Object.entries(found?.data ?? {})) {
    files.set(key, Buffer.from(data, "base64"));
  }
  const missing = (key: string) => `references non-existent secret key: ${key}`;
  return selected(files, source, { ...reading, missing });
}

/** All keys by their names, or the chosen ones under the paths that `items` give them. */
function selected(
  files: Map<string, Uint8Array>,
  { items, optional }: { items?: KeyToPath[]; optional?: boolean },
  { defaultMode, missing }: { defaultMode: number; missing: (key: string) => string },
): Payload {
  const payload: Payload = new Map();
  if (!items?.length) {
    for (const [key, bytes] of files) payload.set(key, { bytes, mode: defaultMode });
    return payload;
  }
  for (const { key, path, mode = defaultMode } of items) {
    const bytes = files.get(key);
    if (bytes) payload.set(path, { bytes, mode });
    else if (!optional) throw new Error(missing(key));
  }
  return payload;
}

function downwardFiles(items: DownwardAPIVolumeFile[], reading: Reading): Payload {
  const { pod, node, podIP, defaultMode } = reading;
  const payload: Payload = new Map();
  for (const { path, fieldRef, resourceFieldRef, mode = defaultMode } of items) {
    const text = fieldRef
      ? podField(pod, fieldRef.fieldPath, { hostIP: node.ip, podIP })
      : resourceFieldRef
        ? resourceField(pod, resourceFieldRef, {
            container: pod.spec.containers[0]!,
            allocatable: node.allocatable,
          })
        : "";
    payload.set(path, { bytes: Buffer.from(text), mode });
  }
  return payload;
}
