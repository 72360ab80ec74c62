// ServiceAccount: issues tokens, bound to the object that will carry them where the request names one.
// @see kubernetes pkg/registry/core/serviceaccount/storage/token.go

import {
  badRequest,
  conflict,
  invalid,
  invalidError,
  notFoundError,
  type FieldError,
  type KubernetesObject,
  type Pod,
  type TokenRequest,
} from "@kubonsai/api";
import type { Behaviour, BehaviourContext } from "../behaviour.ts";
import type { TokenGrant } from "../options.ts";
import type { ObjectKey, WriteOptions } from "../registry.ts";

const KIND = { group: "authentication.k8s.io", kind: "TokenRequest" };
const SUBJECT = { group: KIND.group, resource: KIND.kind };
const DEFAULT_SECONDS = 3600;
const LEAST_SECONDS = 600;
const MOST_SECONDS = 2 ** 32;

type Bound = Pick<TokenGrant, "boundObject" | "node">;

export function serviceAccountBehaviour(context: BehaviourContext): Behaviour {
  const { issueToken } = context.options;
  if (!issueToken) return {};
  const create = async (key: ObjectKey, body: KubernetesObject, options: WriteOptions) => {
    const request = body as TokenRequest;
    const grant = await grantFor(context, { key, request, options });
    const { token, expirationTimestamp, audiences } = await issueToken(grant);
    const { namespace, serviceAccount, expirationSeconds } = grant;
    const { name, uid } = serviceAccount;
    return {
      kind: "TokenRequest",
      apiVersion: "authentication.k8s.io/v1",
      metadata: { name, namespace, uid },
      spec: { ...request.spec, audiences: [...audiences], expirationSeconds },
      status: { token, expirationTimestamp },
    };
  };
  return { calls: { token: { create } } };
}

interface Asked {
  readonly key: ObjectKey;
  readonly request: TokenRequest;
  readonly options: WriteOptions;
}

async function grantFor(context: BehaviourContext, asked: Asked): Promise<TokenGrant> {
  const { key, request } = asked;
  const { namespace, name } = key;
  checkAddress(request, key);
  const account = (await context.resource.get(key, {})).object;
  const { uid = "" } = account.metadata;
  if (request.metadata.uid && request.metadata.uid !== uid) {
    const why =
      `the UID in the token request (${request.metadata.uid}) does not match the UID of the ` +
      `service account (${uid})`;
    throw conflict(SUBJECT, name, why);
  }
  const { audiences = [], expirationSeconds = DEFAULT_SECONDS } = request.spec ?? {};
  checkSeconds(expirationSeconds);
  const bound = await boundTo(context, asked);
  const serviceAccount = { name, uid };
  return { namespace, serviceAccount, audiences, expirationSeconds, ...bound };
}

function checkAddress({ metadata }: TokenRequest, { namespace, name }: ObjectKey): void {
  const refuse = (what: "name" | "namespace", value: string) => {
    const why = `must match the service account ${what} if specified`;
    return invalidError(KIND, name, [invalid(`metadata.${what}`, value, why)]);
  };
  if (metadata.name && metadata.name !== name) throw refuse("name", metadata.name);
  if (metadata.namespace && metadata.namespace !== namespace) {
    throw refuse("namespace", metadata.namespace);
  }
}

function checkSeconds(seconds: number): void {
  const errors: FieldError[] = [];
  const field = "spec.expirationSeconds";
  if (seconds < LEAST_SECONDS) {
    errors.push(invalid(field, seconds, "may not specify a duration less than 10 minutes"));
  }
  if (seconds > MOST_SECONDS) {
    errors.push(invalid(field, seconds, "may not specify a duration larger than 2^32 seconds"));
  }
  if (errors.length > 0) throw invalidError(KIND, "", errors);
}

async function boundTo({ lookup }: BehaviourContext, { key, request }: Asked): Promise<Bound> {
  const reference = request.spec?.boundObjectRef;
  if (!reference) return {};
  const { kind = "", apiVersion = "", name = "", uid } = reference;
  const resource = boundResource(kind, apiVersion);
  const namespace = kind === "Node" ? "" : key.namespace;
  const object = await lookup.get({ group: "", resource }, { namespace, name });
  if (!object) throw notFoundError({ group: "", resource }, name);
  if (kind === "Pod") checkPod(object as Pod, key.name);
  if (uid && uid !== object.metadata.uid) {
    const why =
      `the UID in the bound object reference (${uid}) does not match the UID in record. ` +
      "The object might have been deleted and then recreated";
    throw conflict({ group: "", resource: kind }, name, why);
  }
  const boundObject = { kind: kind as "Pod", name, uid: object.metadata.uid ?? "" };
  const nodeName = kind === "Pod" ? (object as Pod).spec.nodeName : undefined;
  if (!nodeName) return { boundObject };
  const nodeKey = { namespace: "", name: nodeName };
  const node = await lookup.get({ group: "", resource: "nodes" }, nodeKey);
  return { boundObject, node: { name: nodeName, uid: node?.metadata.uid } };
}

function boundResource(kind: string, apiVersion: string): string {
  if (apiVersion === "v1" || apiVersion === "") {
    if (kind === "Pod") return "pods";
    if (kind === "Secret") return "secrets";
    if (kind === "Node") return "nodes";
  }
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  throw badRequest(`cannot bind token to object of type ${group}/${version}, Kind=${kind}`);
}

function checkPod({ spec }: Pod, accountName: string): void {
  if (spec.serviceAccountName === accountName) return;
  const name = JSON.stringify(accountName);
  throw badRequest(
    `cannot bind token for serviceaccount ${name} to pod running with different serviceaccount name.`,
  );
}
