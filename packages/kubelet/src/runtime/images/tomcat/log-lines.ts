// Tomcat's log on the console, in the form of its major version.

import type { Process } from "../../process/process.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export interface Entry {
  /** `org.apache.catalina.startup.Catalina` */
  source: string;
  method: string;
  text: string;
  level?: "INFO" | "WARNING" | "SEVERE";
  thread?: string;
}

/** Two lines up to Tomcat 7, one from 8 on. */
export function logEntry(process: Process, major: number, entry: Entry): string {
  const { source, method, text, level = "INFO", thread = "main" } = entry;
  const date = new Date(process.now());
  const month = MONTHS[date.getUTCMonth()]!;
  const [hours, minutes, seconds] = [
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  const rest = `${two(minutes)}:${two(seconds)}`;
  if (major < 8) {
    const day = `${month} ${two(date.getUTCDate())}, ${date.getUTCFullYear()}`;
    const half = hours < 12 ? "AM" : "PM";
    return `${day} ${hours % 12 || 12}:${rest} ${half} ${source} ${method}\n${level}: ${text}\n`;
  }
  const day = `${two(date.getUTCDate())}-${month}-${date.getUTCFullYear()}`;
  const millis = String(date.getUTCMilliseconds()).padStart(3, "0");
  return `${day} ${two(hours)}:${rest}.${millis} ${level} [${thread}] ${source}.${method} ${text}\n`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

const CATALINA = "org.apache.catalina.startup.Catalina";
const VERSIONS = "org.apache.catalina.startup.VersionLoggerListener";

/** What it says before its port is open. */
export function startEntries(about: {
  version: string;
  major: number;
  java: string;
  port: number;
}): Entry[] {
  const { version, major, java, port } = about;
  const versions = [
    ["Server version name:", `Apache Tomcat/${version}`],
    ["OS Name:", "Linux"],
    ["OS Version:", "6.8.0-kubonsai"],
    ["Architecture:", "amd64"],
    ["JVM Version:", java],
    ["CATALINA_BASE:", "/usr/local/tomcat"],
    ["CATALINA_HOME:", "/usr/local/tomcat"],
  ].map(([name = "", value]) => ({
    source: VERSIONS,
    method: "log",
    text: `${(major < 8 ? name.replace(" name", "") : name).padEnd(23)}${value}`,
  }));
  return [
    ...versions,
    { source: "org.apache.coyote.AbstractProtocol", method: "init", text: `Initializing ProtocolHandler ["${connector(major, port)}"]` },
    { source: CATALINA, method: "load", text: major < 9 ? "Initialization processed in 412 ms" : "Server initialization in [412] milliseconds" },
    { source: "org.apache.catalina.core.StandardService", method: "startInternal", text: major < 9 ? "Starting service Catalina" : "Starting service [Catalina]" },
    { source: "org.apache.catalina.core.StandardEngine", method: "startInternal", text: major < 9 ? `Starting Servlet Engine: Apache Tomcat/${version}` : `Starting Servlet engine: [Apache Tomcat/${version}]` },
  ]; // prettier-ignore
}

/** `http-nio-8080`; up to Tomcat 7 the native one. */
export function connector(major: number, port: number): string {
  return major < 8 ? `http-apr-${port}` : `http-nio-${port}`;
}

export function deployed(major: number, name: string): Entry {
  const path = `/usr/local/tomcat/webapps/${name}`;
  const text = major < 8 ? `Deployment of web application directory ${path} has finished in 41 ms` : `Deployment of web application directory [${path}] has finished in [41] ms`; // prettier-ignore
  return { source: "org.apache.catalina.startup.HostConfig", method: "deployDirectory", text };
}

export function startedEntries(major: number, port: number, tookMs: number): Entry[] {
  const text = major < 9 ? `Server startup in ${tookMs} ms` : `Server startup in [${tookMs}] milliseconds`; // prettier-ignore
  return [
    { source: "org.apache.coyote.AbstractProtocol", method: "start", text: `Starting ProtocolHandler ["${connector(major, port)}"]` },
    { source: CATALINA, method: "start", text },
  ]; // prettier-ignore
}

export function stopEntries(major: number, port: number): Entry[] {
  const source = "org.apache.coyote.AbstractProtocol";
  const about = `ProtocolHandler ["${connector(major, port)}"]`;
  const service = major < 9 ? "Stopping service Catalina" : "Stopping service [Catalina]";
  return [
    { source, method: "pause", text: `Pausing ${about}` },
    { source: "org.apache.catalina.core.StandardService", method: "stopInternal", text: service },
    { source, method: "stop", text: `Stopping ${about}` },
    { source, method: "destroy", text: `Destroying ${about}` },
  ].map((entry) => ({ ...entry, thread: "Thread-2" }));
}
