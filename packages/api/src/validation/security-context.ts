// As whom and with which powers containers may run.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateSecurityContext

import {
  duplicate,
  invalid,
  notSupported,
  required,
  type FieldError,
} from "../errors/field-error.ts";
import type { PodSpec } from "../messages/core/v1/pod-spec.ts";
import type { AppArmorProfile, SeccompProfile } from "../messages/core/v1/security-context.ts";
import type { SecurityContext } from "../messages/core/v1/security-context.ts";
import { groupId, userId } from "./names.ts";
import { descendingPath } from "./paths.ts";
import { each, invalidFor, optionalOneOf } from "./rules.ts";

export function validateSecurityContext(
  field: string,
  context: SecurityContext | undefined,
  hostUsers: boolean,
): FieldError[] {
  if (!context) return [];
  return [
    ...idErrors(field, context),
    ...procMountErrors(`${field}.procMount`, context.procMount, hostUsers),
    ...seccompErrors(`${field}.seccompProfile`, context.seccompProfile),
    ...escalationErrors(field, context),
    ...appArmorErrors(`${field}.appArmorProfile`, context.appArmorProfile),
  ];
}

export function validatePodSecurityContext(field: string, spec: PodSpec): FieldError[] {
  const context = spec.securityContext;
  if (!context) return [];
  const { fsGroup, supplementalGroups } = context;
  const errors = [
    ...(fsGroup === undefined ? [] : invalidFor(`${field}.fsGroup`, fsGroup, groupId(fsGroup))),
    ...idErrors(field, context),
    ...each(`${field}.supplementalGroups`, supplementalGroups, (path, group) =>
      invalidFor(path, group, groupId(group)),
    ),
  ];
  if (spec.shareProcessNamespace === true && spec.hostPID === true) {
    const text = "ShareProcessNamespace and HostPID cannot both be enabled";
    errors.push(invalid(`${field}.shareProcessNamespace`, true, text));
  }
  return [
    ...errors,
    ...sysctlErrors(`${field}.sysctls`, context.sysctls),
    ...optionalOneOf(`${field}.fsGroupChangePolicy`, context.fsGroupChangePolicy, [
      "Always",
      "OnRootMismatch",
    ]),
    ...seccompErrors(`${field}.seccompProfile`, context.seccompProfile),
    ...appArmorErrors(`${field}.appArmorProfile`, context.appArmorProfile),
    ...optionalOneOf(`${field}.supplementalGroupsPolicy`, context.supplementalGroupsPolicy, [
      "Merge",
      "Strict",
    ]),
    ...optionalOneOf(`${field}.seLinuxChangePolicy`, context.seLinuxChangePolicy, [
      "MountOption",
      "Recursive",
    ]),
  ];
}

function idErrors(
  field: string,
  { runAsUser, runAsGroup }: Pick<SecurityContext, "runAsUser" | "runAsGroup">,
): FieldError[] {
  return [
    ...(runAsUser === undefined
      ? []
      : invalidFor(`${field}.runAsUser`, runAsUser, userId(runAsUser))),
    ...(runAsGroup === undefined
      ? []
      : invalidFor(`${field}.runAsGroup`, runAsGroup, groupId(runAsGroup))),
  ];
}

function procMountErrors(field: string, mount: string | undefined, hostUsers: boolean) {
  const errors = optionalOneOf(field, mount, ["Default", "Unmasked"]);
  if (!hostUsers || mount !== "Unmasked") return errors;
  return [...errors, invalid(field, mount, "`hostUsers` must be false to use `Unmasked`")];
}

function escalationErrors(field: string, context: SecurityContext): FieldError[] {
  const { allowPrivilegeEscalation, privileged, capabilities } = context;
  if (allowPrivilegeEscalation !== false) return [];
  const errors: FieldError[] = [];
  const start = "cannot set `allowPrivilegeEscalation` to false and";
  if (privileged === true) errors.push(invalid(field, context, `${start} \`privileged\` to true`));
  for (const one of capabilities?.add ?? []) {
    if (one !== "CAP_SYS_ADMIN") continue;
    errors.push(invalid(field, context, `${start} \`capabilities.Add\` CAP_SYS_ADMIN`));
  }
  return errors;
}

const profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"];

function seccompErrors(field: string, profile: SeccompProfile | undefined): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile: local } = profile;
  const errors: FieldError[] = [];
  if ((type as string) === "") {
    errors.push(required(`${field}.type`, "type is required when seccompProfile is set"));
  } else if (!profileTypes.includes(type)) {
    errors.push(notSupported(`${field}.type`, type, profileTypes));
  }
  const path = `${field}.localhostProfile`;
  if (type !== "Localhost") {
    if (local === undefined) return errors;
    return [...errors, invalid(path, profile, "can only be set when seccomp type is Localhost")];
  }
  if (local !== undefined) return [...errors, ...descendingPath(path, local)];
  return [...errors, required(path, "must be set when seccomp type is Localhost")];
}

function appArmorErrors(field: string, profile: AppArmorProfile | undefined): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile: local } = profile;
  const path = `${field}.localhostProfile`;
  if ((type as string) === "") {
    return [required(`${field}.type`, "type is required when appArmorProfile is set")];
  }
  if (!profileTypes.includes(type)) return [notSupported(`${field}.type`, type, profileTypes)];
  if (type !== "Localhost") {
    if (local === undefined) return [];
    return [invalid(path, local, "can only be set when AppArmor type is Localhost")];
  }
  if (local !== undefined && local.trim() !== "") return [];
  return [required(path, "must be set when AppArmor type is Localhost")];
}

const sysctlPattern = "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
const sysctlName = new RegExp(`^${sysctlPattern}$`);

function sysctlErrors(
  field: string,
  sysctls: readonly { name: string }[] | undefined,
): FieldError[] {
  const names = new Set<string>();
  return each(field, sysctls, (path, { name }) => {
    const errors: FieldError[] = [];
    if (name === "") errors.push(required(`${path}.name`));
    else if (name.length > 253 || !sysctlName.test(name)) {
      const text = `must have at most 253 characters and match regex ^${sysctlPattern}$`;
      errors.push(invalid(`${path}.name`, name, text));
    } else if (names.has(name)) {
      errors.push(duplicate(`${path}.name`, name));
    }
    names.add(name);
    return errors;
  });
}
