// Certificates for one test: an authority, a server and a client of it, and a stranger.

import { webcrypto } from "node:crypto";
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const LIFE = { notBefore: new Date("2020-01-01"), notAfter: new Date("2120-01-01") };

x509.cryptoProvider.set(webcrypto);

export async function testCertificates() {
  const authority = await selfSigned("CN=authority");
  const stranger = await selfSigned("CN=stranger");
  return {
    ca: authority.cert,
    server: await signed("CN=server", authority),
    client: await signed("CN=client", authority),
    stranger: { cert: stranger.cert, key: stranger.key },
  };
}

const newKeys = () => webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  const bytes = await webcrypto.subtle.exportKey("pkcs8", key);
  return x509.PemConverter.encode(bytes, "PRIVATE KEY");
}

async function selfSigned(name: string) {
  const keys = (await newKeys()) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name,
    ...LIFE,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  });
  return { cert: certificate.toString("pem"), key: await pemOf(keys.privateKey), keys, name };
}

async function signed(subject: string, by: Awaited<ReturnType<typeof selfSigned>>) {
  const keys = (await newKeys()) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: "02",
    subject,
    issuer: by.name,
    ...LIFE,
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey: by.keys.privateKey,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "ip", value: "127.0.0.1" }])],
  });
  return { cert: certificate.toString("pem"), key: await pemOf(keys.privateKey) };
}
