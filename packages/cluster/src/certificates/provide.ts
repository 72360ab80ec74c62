// The cluster's certificates: read and checked where they exist, made where they are missing.

import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@kubonsai/clock";
import { writePrivate } from "../data-folder.ts";
import { UserError } from "../user-error.ts";
import { identities, type Identity, type IdentityName } from "./identities.ts";
import type { Authority, PemPair } from "./issue.ts";

export interface PairFiles {
  certificateFile: string;
  keyFile: string;
}

export interface Certificates {
  readonly caFile: string;
  /** PKCS#8 PEM that signs ServiceAccount tokens. */
  readonly serviceAccountKeyFile: string;
  readonly files: { readonly [I in IdentityName]: PairFiles };
}

/** @throws UserError when a file is damaged, expired or does not fit its key */
export async function provideCertificates(folder: string, clock: Clock): Promise<Certificates> {
  const authority = pairFiles(folder, "ca");
  const serviceAccountKeyFile = join(folder, "sa.key");
  const names = Object.keys(identities) as IdentityName[];
  const files = Object.fromEntries(
    names.map((name) => [name, pairFiles(folder, identities[name].file)]),
  ) as { [I in IdentityName]: PairFiles };

  const wanted = [authority, ...Object.values(files)];
  if (!wanted.every(isThere) || !existsSync(serviceAccountKeyFile)) {
    await issueMissing({ authority, files, serviceAccountKeyFile, clock });
  }
  const ca = readPair(authority, clock);
  for (const pair of Object.values(files)) checkIssued(pair, readPair(pair, clock), ca);
  return { caFile: authority.certificateFile, serviceAccountKeyFile, files };
}

interface Missing {
  authority: PairFiles;
  files: { [I in IdentityName]: PairFiles };
  serviceAccountKeyFile: string;
  clock: Clock;
}

async function issueMissing(missing: Missing): Promise<void> {
  const { createAuthority, createSigningKey, loadAuthority } = await import("./issue.ts");
  const { authority: files, clock } = missing;
  let authority: Authority;
  if (isThere(files)) {
    authority = await loadAuthority(readPair(files, clock), clock);
  } else {
    authority = await createAuthority(clock);
    writePair(files, authority.pair);
  }
  for (const [name, pair] of Object.entries(missing.files) as [IdentityName, PairFiles][]) {
    if (!isThere(pair)) writePair(pair, await authority.issue(identities[name] as Identity));
  }
  if (!existsSync(missing.serviceAccountKeyFile)) {
    writePrivate(missing.serviceAccountKeyFile, await createSigningKey());
  }
}

const pairFiles = (folder: string, name: string): PairFiles => ({
  certificateFile: join(folder, `${name}.crt`),
  keyFile: join(folder, `${name}.key`),
});

const isThere = (pair: PairFiles) => existsSync(pair.certificateFile) && existsSync(pair.keyFile);

function writePair(files: PairFiles, pair: PemPair): void {
  writePrivate(files.certificateFile, pair.certificate);
  writePrivate(files.keyFile, pair.key);
}

function readPair(files: PairFiles, clock: Clock): PemPair {
  const certificate = readFileSync(files.certificateFile, "utf8");
  const key = readFileSync(files.keyFile, "utf8");
  const parsed = parse(files.certificateFile, () => new X509Certificate(certificate));
  const publicOfKey = parse(files.keyFile, () => createPublicKey(createPrivateKey(key)));
  if (!parsed.publicKey.equals(publicOfKey)) {
    throw damaged(files.certificateFile, "does not belong to the key beside it");
  }
  if (Date.parse(parsed.validTo) <= clock.now()) {
    throw damaged(files.certificateFile, `expired on ${parsed.validTo}`);
  }
  return { certificate, key };
}

function checkIssued(files: PairFiles, pair: PemPair, ca: PemPair): void {
  const issuer = new X509Certificate(ca.certificate);
  if (!new X509Certificate(pair.certificate).verify(issuer.publicKey)) {
    throw damaged(files.certificateFile, "was not signed by this cluster's authority");
  }
}

function parse<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw damaged(file, `cannot be read (${(error as Error).message})`);
  }
}

const damaged = (file: string, what: string) =>
  new UserError(
    `the certificate or key ${file} ${what}: remove the pki folder to have all of them made anew ` +
      `(kubeconfig files made before then stop working)`,
  );
