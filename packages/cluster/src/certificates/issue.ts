// Makes keys and certificates. Loaded only when something is missing: a cluster that has its
// certificates starts without the X.509 library.

import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import type { Clock } from "@kubonsai/clock";
import type { Identity } from "./identities.ts";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const TEN_YEARS_MS = 10 * 365 * 24 * 3600 * 1000;
/** Clocks of other machines may be a little behind. */
const BACKDATE_MS = 5 * 60 * 1000;

x509.cryptoProvider.set(webcrypto);

export interface PemPair {
  certificate: string;
  key: string;
}

export interface Authority {
  /** PEM of the self-signed certificate and its key. */
  readonly pair: PemPair;
  issue(identity: Identity): Promise<PemPair>;
}

export async function createAuthority(clock: Clock): Promise<Authority> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=kubernetes",
    keys,
    signingAlgorithm: ALGORITHM,
    ...validity(clock),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const pair = { certificate: certificate.toString("pem"), key: await keyPem(keys.privateKey) };
  return authority({ pair, certificate, signingKey: keys.privateKey, clock });
}

/** The authority of an existing cluster, to issue what is missing. */
export async function loadAuthority(pair: PemPair, clock: Clock): Promise<Authority> {
  const der = x509.PemConverter.decodeFirst(pair.key);
  const signingKey = await webcrypto.subtle.importKey("pkcs8", der, ALGORITHM, true, ["sign"]);
  const certificate = new x509.X509Certificate(pair.certificate);
  return authority({ pair, certificate, signingKey, clock });
}

/** A key for signing ServiceAccount tokens (PKCS#8 PEM). */
export async function createSigningKey(): Promise<string> {
  return keyPem((await generateKeys()).privateKey);
}

interface AuthorityParts {
  pair: PemPair;
  certificate: x509.X509Certificate;
  signingKey: webcrypto.CryptoKey;
  clock: Clock;
}

function authority({ pair, certificate, signingKey, clock }: AuthorityParts): Authority {
  return {
    pair,
    async issue(identity) {
      const keys = await generateKeys();
      const issued = await x509.X509CertificateGenerator.create({
        subject: subjectOf(identity),
        issuer: certificate.subject,
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: ALGORITHM,
        ...validity(clock),
        extensions: await extensionsOf(identity, keys.publicKey),
      });
      return { certificate: issued.toString("pem"), key: await keyPem(keys.privateKey) };
    },
  };
}

function subjectOf({ commonName, organizations }: Identity): x509.JsonName {
  return [...organizations.map((name) => ({ O: [name] })), { CN: [commonName] }];
}

async function extensionsOf(
  identity: Identity,
  publicKey: webcrypto.CryptoKey,
): Promise<x509.Extension[]> {
  const isServer = identity.usage === "server";
  const usage = isServer ? x509.ExtendedKeyUsage.serverAuth : x509.ExtendedKeyUsage.clientAuth;
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([usage]),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
  ];
  if (identity.hosts.length > 0) {
    extensions.push(new x509.SubjectAlternativeNameExtension(identity.hosts.map(generalName)));
  }
  return extensions;
}

function generalName(host: string): x509.JsonGeneralName {
  const isAddress = host.includes(":") || /^[\d.]+$/.test(host);
  return { type: isAddress ? "ip" : "dns", value: host };
}

function validity(clock: Clock) {
  return {
    notBefore: new Date(clock.now() - BACKDATE_MS),
    notAfter: new Date(clock.now() + TEN_YEARS_MS),
  };
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function keyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey("pkcs8", key);
  return x509.PemConverter.encode(der, "PRIVATE KEY");
}
