// The scheduler on the real API server and store, in this process, on virtual time.

import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as x509 from "@peculiar/x509";
import { serviceAccountKind } from "@kubonsai/api";
import { startApiserver } from "@kubonsai/apiserver";
import { connectClient, type Connection, type Logger } from "@kubonsai/client";
import { seededRandom, VirtualClock } from "@kubonsai/clock";
import { startStore } from "@kubonsai/store";
import { startScheduler } from "../src/index.ts";

export type SchedulingCluster = Awaited<ReturnType<typeof startSchedulingCluster>>;

export async function startSchedulingCluster() {
  const folder = await mkdtemp(join(tmpdir(), "scheduler-"));
  const clock = new VirtualClock(Date.UTC(2026, 0, 1, 12));
  const random = seededRandom(3);
  const complaints: string[] = [];
  const log = complaining(complaints);
  const socketPath = join(folder, "store.sock");
  const store = await startStore({ directory: join(folder, "data"), socketPath, clock, log });
  const pair = await selfSigned();
  const server = await startApiserver({
    store: store.address,
    port: 0,
    tls: { ca: pair.cert, ...pair },
    kubeletClient: { ca: pair.cert, ...pair },
    serviceAccountKey: pair.key,
    staticTokens: [{ token: "t", user: "admin", groups: ["system:masters"] }],
    ...{ clock, random, log },
  });
  const shared = { server: server.url, ca: pair.cert, token: "t" };
  const connection: Connection = { ...shared, userAgent: "kube-scheduler/v1.36" };
  const client = connectClient({ ...shared, userAgent: "test/v1" }, { clock });
  // no controllers run here that would make it
  const account = { metadata: { name: "default", namespace: "default" } };
  await client.resource(serviceAccountKind).create(account);
  const scheduler = await startScheduler({ connection, clock, random, log });
  return {
    clock,
    client,
    complaints,
    async stop() {
      client.close();
      await scheduler.stop();
      await server.stop();
      await store.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function complaining(complaints: string[]): Logger {
  const complain = (fields: object, message: string) => {
    const { err, ...others } = fields as { err?: Error };
    complaints.push(`${message} ${JSON.stringify(others)} ${err?.message ?? ""}`);
  };
  return { debug() {}, info() {}, warn: complain, error: complain };
}

type Keys = NonNullable<
  Parameters<typeof x509.X509CertificateGenerator.createSelfSigned>[0]
>["keys"];

async function selfSigned(): Promise<{ cert: string; key: string }> {
  x509.cryptoProvider.set(webcrypto as ReturnType<typeof x509.cryptoProvider.get>);
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=127.0.0.1",
    notBefore: new Date("2020-01-01"),
    notAfter: new Date("2099-01-01"),
    signingAlgorithm: algorithm,
    keys: keys as Keys,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: "ip", value: "127.0.0.1" }])],
  });
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey));
  const lines = key.toString("base64").match(/.{1,64}/g)!;
  const text = `-----BEGIN PRIVATE KEY-----\n${lines.join("\n")}\n-----END PRIVATE KEY-----\n`;
  return { cert: certificate.toString("pem"), key: text };
}
