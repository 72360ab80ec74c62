// Webhook configurations: whom to call, how, and for which requests.
// @see kubernetes pkg/apis/admissionregistration/validation/validation.go validateValidatingWebhook

import { duplicate, invalid, required, type FieldError } from "../errors/field-error.ts";
import type {
  MutatingWebhook,
  MutatingWebhookConfiguration,
} from "../messages/admissionregistration/v1/mutating-webhook-configuration.ts";
import type {
  ValidatingWebhook,
  ValidatingWebhookConfiguration,
} from "../messages/admissionregistration/v1/validating-webhook-configuration.ts";
import type {
  ServiceReference,
  WebhookClientConfig,
} from "../messages/admissionregistration/v1/webhook.ts";
import { failurePolicies, matchPolicies } from "./admission-rules.ts";
import { validateAdmissionRule, validateMatchConditions } from "./admission-rules.ts";
import { validateLabelSelector } from "./labels.ts";
import { dns1035Label, dns1123Subdomain, portNumber } from "./names.ts";
import { each, invalidFor, optionalOneOf } from "./rules.ts";

export const validateValidatingWebhooks = (configuration: ValidatingWebhookConfiguration) =>
  webhookErrors(configuration.webhooks ?? []);

export const validateMutatingWebhooks = ({ webhooks = [] }: MutatingWebhookConfiguration) => [
  ...webhookErrors(webhooks),
  ...each("webhooks", webhooks, (path, { reinvocationPolicy }) =>
    optionalOneOf(`${path}.reinvocationPolicy`, reinvocationPolicy, ["IfNeeded", "Never"]),
  ),
];

type Webhook = ValidatingWebhook | MutatingWebhook;

function webhookErrors(webhooks: readonly Webhook[]): FieldError[] {
  const names = new Set<string>();
  return each("webhooks", webhooks, (path, webhook) => {
    const { name } = webhook;
    const errors = [
      ...oneErrors(path, webhook),
      ...versionErrors(`${path}.admissionReviewVersions`, webhook.admissionReviewVersions ?? []),
    ];
    if (name && names.has(name)) errors.push(duplicate(`${path}.name`, name));
    names.add(name);
    return errors;
  });
}

function oneErrors(field: string, webhook: Webhook): FieldError[] {
  const { sideEffects, timeoutSeconds: seconds } = webhook;
  const allowed = ["None", "NoneOnDryRun"];
  const timeout = "the timeout value must be between 1 and 30 seconds";
  return [
    ...fullNameErrors(`${field}.name`, webhook.name),
    ...each(`${field}.rules`, webhook.rules, validateAdmissionRule),
    ...optionalOneOf(`${field}.failurePolicy`, webhook.failurePolicy, failurePolicies),
    ...optionalOneOf(`${field}.matchPolicy`, webhook.matchPolicy, matchPolicies),
    ...(sideEffects === undefined
      ? [required(`${field}.sideEffects`, `must specify one of ${allowed.join(", ")}`)]
      : optionalOneOf(`${field}.sideEffects`, sideEffects, allowed)),
    ...(seconds !== undefined && (seconds < 1 || seconds > 30)
      ? [invalid(`${field}.timeoutSeconds`, seconds, timeout)]
      : []),
    ...validateLabelSelector(`${field}.namespaceSelector`, webhook.namespaceSelector),
    ...validateLabelSelector(`${field}.objectSelector`, webhook.objectSelector),
    ...clientErrors(`${field}.clientConfig`, webhook.clientConfig ?? {}),
    ...validateMatchConditions(`${field}.matchConditions`, webhook.matchConditions),
  ];
}

function fullNameErrors(field: string, name: string | undefined): FieldError[] {
  if (!name) return [required(field)];
  const texts = dns1123Subdomain(name);
  if (texts.length > 0) return [invalid(field, name, texts.join(","))];
  if (name.split(".").length >= 3) return [];
  const text = "should be a domain with at least three segments separated by dots";
  return [invalid(field, name, text)];
}

const understood = ["v1", "v1beta1"];

function versionErrors(field: string, versions: readonly string[]): FieldError[] {
  const known = understood.join(", ");
  if (versions.length === 0) return [required(field, `must specify one of ${known}`)];
  const seen = new Set<string>();
  const errors = each(field, versions, (path, version) => {
    if (seen.has(version)) return [invalid(path, version, "duplicate version")];
    seen.add(version);
    return invalidFor(path, version, dns1035Label(version));
  });
  if (understood.some((version) => seen.has(version))) return errors;
  return [...errors, invalid(field, versions, `must include at least one of ${known}`)];
}

function clientErrors(field: string, { url, service }: WebhookClientConfig): FieldError[] {
  if ((url === undefined) === (service === undefined)) {
    return [required(field, "exactly one of url or service is required")];
  }
  if (service) return serviceErrors(`${field}.service`, service);
  return urlErrors(`${field}.url`, url!);
}

const form = "; desired format: https://host[/path]";

function urlErrors(field: string, text: string): FieldError[] {
  const parsed = parseUrl(text);
  if (!parsed)
    return [required(field, `url must be a valid URL: parse ${JSON.stringify(text)}${form}`)];
  const { protocol, host, username, hash, search } = parsed;
  const scheme = protocol.replace(/:$/, "");
  const not = (what: string) => `${what} are not permitted in the URL`;
  return [
    ...(scheme === "https"
      ? []
      : [invalid(field, scheme, `'https' is the only allowed URL scheme${form}`)]),
    ...(host ? [] : [invalid(field, host, `host must be specified${form}`)]),
    ...(username ? [invalid(field, username, "user information is not permitted in the URL")] : []),
    ...(hash ? [invalid(field, hash.slice(1), not("fragments"))] : []),
    ...(search ? [invalid(field, search.slice(1), not("query parameters"))] : []),
  ];
}

const parseUrl = (text: string): URL | undefined =>
  URL.canParse(text) ? new URL(text) : undefined;

function serviceErrors(field: string, service: ServiceReference): FieldError[] {
  const { name, namespace, path, port = 0 } = service;
  const wrong = portNumber(port);
  return [
    ...(name ? [] : [required(`${field}.name`)]),
    ...(namespace ? [] : [required(`${field}.namespace`)]),
    ...(wrong.length === 0
      ? []
      : [invalid(`${field}.port`, port, `port is not valid: ${wrong.join(", ")}`)]),
    ...pathErrors(`${field}.path`, path ?? ""),
  ];
}

function pathErrors(field: string, path: string): FieldError[] {
  if (path === "" || path === "/") return [];
  if (path === "//") return [invalid(field, path, "segment[0] may not be empty")];
  const errors = path.startsWith("/") ? [] : [invalid(field, path, "must start with a '/'")];
  const steps = path.slice(1).replace(/\/$/, "").split("/");
  const wrong = steps.flatMap((step, i) =>
    step === ""
      ? [`segment[${i}] may not be empty`]
      : dns1123Subdomain(step).map((text) => `segment[${i}]: ${text}`),
  );
  return [...errors, ...wrong.map((text) => invalid(field, path, text))];
}
