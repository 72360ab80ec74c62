// As whom and with which powers pods and containers run.

import {
  anInt64,
  aString,
  boolean,
  int64,
  list,
  message,
  of,
  ref,
  string,
} from "../../../schema/schema.ts";
import type { TypeOf } from "../../../schema/schema.ts";

export const podSecurityContext = message("io.k8s.api.core.v1.PodSecurityContext", {
  seLinuxOptions: ref<SELinuxOptions>(1, () => seLinuxOptions),
  windowsOptions: ref<WindowsSecurityContextOptions>(8, () => windowsSecurityContextOptions),
  runAsUser: int64(2).explicit(),
  runAsGroup: int64(6).explicit(),
  runAsNonRoot: boolean(3).explicit(),
  supplementalGroups: list(4, anInt64).atomic(),
  supplementalGroupsPolicy: string(12).oneOf("Merge", "Strict").explicit(),
  fsGroup: int64(5).explicit(),
  sysctls: list(
    7,
    of<Sysctl>(() => sysctl),
  ).atomic(),
  fsGroupChangePolicy: string(9).oneOf("Always", "OnRootMismatch").explicit(),
  seccompProfile: ref<SeccompProfile>(10, () => seccompProfile),
  appArmorProfile: ref<AppArmorProfile>(11, () => appArmorProfile),
  seLinuxChangePolicy: string(13).explicit(),
});
export interface PodSecurityContext extends TypeOf<typeof podSecurityContext> {}

export const securityContext = message("io.k8s.api.core.v1.SecurityContext", {
  capabilities: ref<Capabilities>(1, () => capabilities),
  privileged: boolean(2).explicit(),
  seLinuxOptions: ref<SELinuxOptions>(3, () => seLinuxOptions),
  windowsOptions: ref<WindowsSecurityContextOptions>(10, () => windowsSecurityContextOptions),
  runAsUser: int64(4).explicit(),
  runAsGroup: int64(8).explicit(),
  runAsNonRoot: boolean(5).explicit(),
  readOnlyRootFilesystem: boolean(6).explicit(),
  allowPrivilegeEscalation: boolean(7).explicit(),
  procMount: string(9).oneOf("Default", "Unmasked").explicit(),
  seccompProfile: ref<SeccompProfile>(11, () => seccompProfile),
  appArmorProfile: ref<AppArmorProfile>(12, () => appArmorProfile),
});
export interface SecurityContext extends TypeOf<typeof securityContext> {}

export const capabilities = message("io.k8s.api.core.v1.Capabilities", {
  add: list(1, aString).atomic(),
  drop: list(2, aString).atomic(),
});
export interface Capabilities extends TypeOf<typeof capabilities> {}

export const seLinuxOptions = message("io.k8s.api.core.v1.SELinuxOptions", {
  user: string(1),
  role: string(2),
  type: string(3),
  level: string(4),
});
export interface SELinuxOptions extends TypeOf<typeof seLinuxOptions> {}

export const seccompProfile = message(
  "io.k8s.api.core.v1.SeccompProfile",
  {
    type: string(1).oneOf("Localhost", "RuntimeDefault", "Unconfined").required(),
    localhostProfile: string(2).explicit(),
  },
  { unions: [{ discriminator: "type", fields: { localhostProfile: "LocalhostProfile" } }] },
);
export interface SeccompProfile extends TypeOf<typeof seccompProfile> {}

export const appArmorProfile = message(
  "io.k8s.api.core.v1.AppArmorProfile",
  {
    type: string(1).oneOf("Localhost", "RuntimeDefault", "Unconfined").required(),
    localhostProfile: string(2).explicit(),
  },
  { unions: [{ discriminator: "type", fields: { localhostProfile: "LocalhostProfile" } }] },
);
export interface AppArmorProfile extends TypeOf<typeof appArmorProfile> {}

export const windowsSecurityContextOptions = message(
  "io.k8s.api.core.v1.WindowsSecurityContextOptions",
  {
    gmsaCredentialSpecName: string(1).explicit(),
    gmsaCredentialSpec: string(2).explicit(),
    runAsUserName: string(3).explicit(),
    hostProcess: boolean(4).explicit(),
  },
);
export interface WindowsSecurityContextOptions extends TypeOf<
  typeof windowsSecurityContextOptions
> {}

export const sysctl = message("io.k8s.api.core.v1.Sysctl", {
  name: string(1).required(),
  value: string(2).required(),
});
export interface Sysctl extends TypeOf<typeof sysctl> {}
