// The file that kubectl reads: one cluster, one user, one context, everything embedded.

import { dump } from "js-yaml";

export interface KubeconfigParts {
  server: string;
  /** PEM */
  ca: string;
  certificate: string;
  key: string;
}

const NAME = "kubonsai";

/** @returns the file's YAML text */
export function kubeconfigText({ server, ca, certificate, key }: KubeconfigParts): string {
  const base64 = (text: string) => Buffer.from(text).toString("base64");
  return dump(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: NAME, cluster: { server, "certificate-authority-data": base64(ca) } }],
      users: [
        {
          name: `${NAME}-admin`,
          user: {
            "client-certificate-data": base64(certificate),
            "client-key-data": base64(key),
          },
        },
      ],
      contexts: [{ name: NAME, context: { cluster: NAME, user: `${NAME}-admin` } }],
      "current-context": NAME,
      preferences: {},
    },
    { lineWidth: -1 },
  );
}
