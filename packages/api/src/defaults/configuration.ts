// What secrets get when their manifests do not say.

import type { Secret } from "../messages/core/v1/secret.ts";

export function setSecretDefaults(secret: Secret): void {
  secret.type ||= "Opaque";
}
