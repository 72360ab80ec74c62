// Reading kubeconfig files: contexts, data and files, and what is wrong with a bad one.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKubeconfig } from "@kubonsai/client";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
const path = join(folder, "config");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const base64 = (text: string) => Buffer.from(text).toString("base64");

const CONFIG = `
apiVersion: v1
kind: Config
current-context: here
contexts:
- {name: here, context: {cluster: one, user: admin}}
- {name: there, context: {cluster: two, user: joe}}
- {name: nowhere, context: {cluster: three, user: joe}}
clusters:
- {name: one, cluster: {server: "https://127.0.0.1:6443", certificate-authority: ca.pem}}
- {name: two, cluster: {server: "https://example.com", certificate-authority-data: ${base64("CA2")}}}
users:
- name: admin
  user: {client-certificate-data: ${base64("CERT")}, client-key-data: ${base64("KEY")}}
- {name: joe, user: {token: secret}}
`;

test("the current context, with files beside the kubeconfig", () => {
  writeFileSync(path, CONFIG);
  writeFileSync(join(folder, "ca.pem"), "CA1");
  expect(loadKubeconfig(path, { userAgent: "kubonsai/v1" })).toEqual({
    server: "https://127.0.0.1:6443",
    ca: "CA1",
    certificate: "CERT",
    key: "KEY",
    userAgent: "kubonsai/v1",
  });
});

test("another context, with a token", () => {
  writeFileSync(path, CONFIG);
  expect(loadKubeconfig(path, { context: "there" })).toMatchObject({
    server: "https://example.com",
    ca: "CA2",
    token: "secret",
  });
});

test("what is missing is named", () => {
  writeFileSync(path, CONFIG);
  expect(() => loadKubeconfig(path, { context: "gone" })).toThrow('there is no context "gone"');
  expect(() => loadKubeconfig(path, { context: "nowhere" })).toThrow('there is no cluster "three"');
  writeFileSync(path, "");
  expect(() => loadKubeconfig(path)).toThrow('there is no context ""');
  writeFileSync(path, "clusters: [");
  expect(() => loadKubeconfig(path)).toThrow(`kubeconfig ${path}: `);
});
