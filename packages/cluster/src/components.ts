// The parts of a cluster, in the order in which they need each other, and what each is told. Every
// part can be told twice: as JSON with paths for a process of its own, and as values for this one.

import { readFileSync } from "node:fs";
import type { ComponentOptions } from "@kubonsai/client";
import type { Certificates, PairFiles } from "./certificates/provide.ts";
import { componentLog } from "./component-log.ts";
import type { DataFolder } from "./data-folder.ts";
import { HOST, SERVICE_CIDR, type ClusterOptions } from "./options.ts";
import type { Component } from "./processes/component.ts";

/** The release whose behaviour the components show, as in their User-Agent. */
const RELEASE = "v1.36.2";

export interface Setting {
  options: ClusterOptions;
  folder: DataFolder;
  certificates: Certificates;
  port: number;
}

export function componentsOf(setting: Setting): Component[] {
  return [
    ...(setting.options.etcd ? [] : [store(setting)]),
    apiserver(setting),
    controllerManager(setting),
    scheduler(setting),
    kubelet(setting),
  ];
}

function store({ folder, options }: Setting): Component {
  const place = { directory: folder.store, socketPath: folder.storeSocket };
  return {
    name: "store",
    stage: 0,
    options: { ...place, logLevel: options.logLevel },
    async startHere() {
      const { startStore } = await import("@kubonsai/store");
      return startStore({
        ...place,
        clock: options.clock,
        log: componentLog("store", folder, options.logLevel),
      });
    },
  };
}

function apiserver(setting: Setting): Component {
  const { folder, options, certificates, port } = setting;
  const { caFile, files, serviceAccountKeyFile } = certificates;
  const shared = {
    ...storeOf(setting),
    host: HOST,
    port,
    serviceNodePortRange: options.serviceNodePortRange,
    serviceClusterIpCidr: SERVICE_CIDR,
  };
  return {
    name: "apiserver",
    stage: 1,
    options: {
      ...shared,
      storeTls: options.etcd?.caFile && options.etcd,
      tls: { caFile, ...pemFiles(files.apiserver) },
      kubeletClient: { caFile, ...pemFiles(files.apiserverKubeletClient) },
      serviceAccountKeyFile,
      logLevel: options.logLevel,
    },
    async startHere() {
      const { startApiserver } = await import("@kubonsai/apiserver");
      const ca = readText(caFile);
      return startApiserver({
        ...shared,
        storeTls: storeTlsOf(options),
        tls: { ca, ...pem(files.apiserver) },
        kubeletClient: { ca, ...pem(files.apiserverKubeletClient) },
        serviceAccountKey: readText(serviceAccountKeyFile),
        clock: options.clock,
        random: options.random,
        log: componentLog("apiserver", folder, options.logLevel),
      });
    },
  };
}

/** Where the API server keeps everything: an etcd may have others who write to it. */
function storeOf({ folder, options: { etcd } }: Setting) {
  if (!etcd) return { store: `unix:${folder.storeSocket}` };
  return { store: etcd.servers, storePrefix: etcd.prefix, sharesStore: true };
}

function storeTlsOf({ etcd }: ClusterOptions) {
  if (!etcd?.caFile) return undefined;
  const text = (file: string | undefined) => (file ? readText(file) : undefined);
  return { ca: readText(etcd.caFile), cert: text(etcd.certFile), key: text(etcd.keyFile) };
}

function controllerManager(setting: Setting): Component {
  return clientComponent(setting, {
    name: "controller-manager",
    userAgent: "kube-controller-manager",
    identity: setting.certificates.files.controllerManager,
    async start(options) {
      const { startControllerManager } = await import("@kubonsai/controller-manager");
      return startControllerManager({ ...options, rootCa: options.connection.ca });
    },
  });
}

function scheduler(setting: Setting): Component {
  return clientComponent(setting, {
    name: "scheduler",
    userAgent: "kube-scheduler",
    identity: setting.certificates.files.scheduler,
    async start(options) {
      const { startScheduler } = await import("@kubonsai/scheduler");
      return startScheduler(options);
    },
  });
}

function kubelet(setting: Setting): Component {
  const { caFile, files } = setting.certificates;
  const shared = { nodes: setting.options.nodes, nodePortAddress: HOST };
  return clientComponent(setting, {
    name: "kubelet",
    userAgent: "kubelet",
    identity: files.kubelet,
    settings: { ...shared, serving: { clientCaFile: caFile, ...pemFiles(files.kubeletServing) } },
    async start(options) {
      const { startKubelet } = await import("@kubonsai/kubelet");
      const serving = { clientCa: readText(caFile), ...pem(files.kubeletServing) };
      return startKubelet({ ...options, ...shared, serving });
    },
  });
}

interface ClientComponent {
  name: string;
  userAgent: string;
  identity: PairFiles;
  /** What its process is told beside the way to the API server. */
  settings?: object;
  start(options: ComponentOptions): Promise<{ stop(): Promise<void> }>;
}

/** A component that meets the others in objects alone. */
function clientComponent(setting: Setting, component: ClientComponent): Component {
  const { options, folder, certificates, port } = setting;
  const { name, identity } = component;
  const server = `https://${HOST}:${port}`;
  const userAgent = `${component.userAgent}/${RELEASE}`;
  return {
    name,
    stage: 2,
    options: {
      server,
      caFile: certificates.caFile,
      ...identity,
      userAgent,
      logLevel: options.logLevel,
      ...component.settings,
    },
    startHere() {
      const ca = readText(certificates.caFile);
      const certificate = readText(identity.certificateFile);
      const connection = { server, ca, certificate, key: readText(identity.keyFile), userAgent };
      const { clock, random } = options;
      const log = componentLog(name, folder, options.logLevel);
      return component.start({ connection, clock, random, log });
    },
  };
}

const readText = (file: string) => readFileSync(file, "utf8");

const pemFiles = ({ certificateFile, keyFile }: PairFiles) => ({
  certFile: certificateFile,
  keyFile,
});

const pem = ({ certificateFile, keyFile }: PairFiles) => ({
  cert: readText(certificateFile),
  key: readText(keyFile),
});
