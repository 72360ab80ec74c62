// A certificate authority for one test run.

import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const VALIDITY = { notBefore: new Date("2020-01-01"), notAfter: new Date("2120-01-01") };

export interface Pair {
  cert: string;
  key: string;
}

export interface Authority {
  ca: string;
  /** For 127.0.0.1 as well, so that it serves servers and clients. */
  issue(name: string, groups?: string[]): Promise<Pair>;
}

x509.cryptoProvider.set(webcrypto);

export async function createAuthority(): Promise<Authority> {
  const keys = await newKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=test-ca",
    keys,
    signingAlgorithm: ALGORITHM,
    ...VALIDITY,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  return {
    ca: root.toString("pem"),
    async issue(name, groups = []) {
      const own = await newKeys();
      const certificate = await x509.X509CertificateGenerator.create({
        subject: [...groups.map((group) => ({ O: [group] })), { CN: [name] }],
        issuer: root.subject,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        signingAlgorithm: ALGORITHM,
        ...VALIDITY,
        extensions: [
          new x509.SubjectAlternativeNameExtension([{ type: "ip", value: "127.0.0.1" }]),
        ],
      });
      return { cert: certificate.toString("pem"), key: await pemOf(own.privateKey) };
    },
  };
}

/** PKCS#8 PEM. */
export const signingKey = async () => pemOf((await newKeys()).privateKey);

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
