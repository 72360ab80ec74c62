// catalina.sh with its verbs, and the java command that it starts.

import { connect } from "../../network/dial.ts";
import { DialError } from "../../network/network.ts";
import type { Process } from "../../process/process.ts";
import type { Program } from "../../process/program.ts";
import { logEntry } from "./log-lines.ts";
import { runTomcat, SHUTDOWN_PORT } from "./server.ts";

const BOOTSTRAP = "org.apache.catalina.startup.Bootstrap";
const HOME = "/usr/local/tomcat";

const versionOf = (process: Process) => process.env.get("TOMCAT_VERSION") ?? "11.0.14";
const javaOf = (process: Process) =>
  `${process.env.get("JAVA_HOME") ?? "/opt/java/openjdk"}/bin/java`;

export const catalina: Program = async (process) => {
  const [name = "", verb = ""] = [process.name, process.argv[1]];
  const wanted = name === "startup.sh" ? "start" : name === "shutdown.sh" ? "stop" : verb;
  switch (wanted) {
    case "run":
      return process.exec(javaOf(process), javaCommand());
    case "start":
      process.spawn(javaOf(process), javaCommand(), { group: 0 });
      await process.print("Tomcat started.\n");
      return 0;
    case "stop":
      return stop(process);
    case "version":
      await process.print(`Server version: Apache Tomcat/${versionOf(process)}\n`);
      return 0;
    default:
      await process.print("Usage: catalina.sh ( commands ... )\ncommands:\n" + USAGE);
      return 1;
  }
};

const USAGE = [
  ["run", "Start Catalina in the current window"],
  ["start", "Start Catalina in a separate window"],
  ["stop", "Stop Catalina, waiting up to 5 seconds for the process to end"],
  ["version", "What version of tomcat are you running?"],
]
  .map(([verb = "", text]) => `  ${verb.padEnd(18)}${text}\n`)
  .join("");

function javaCommand(): string[] {
  return [
    "java",
    `-Djava.util.logging.config.file=${HOME}/conf/logging.properties`,
    "-classpath",
    `${HOME}/bin/bootstrap.jar:${HOME}/bin/tomcat-juli.jar`,
    `-Dcatalina.base=${HOME}`,
    `-Dcatalina.home=${HOME}`,
    BOOTSTRAP,
    "start",
  ];
}

async function stop(process: Process): Promise<number> {
  const { network } = process.world;
  const to = { ip: "127.0.0.1", port: SHUTDOWN_PORT };
  try {
    const dialled = connect({ fabric: network.fabric, from: network }, to, 1_000);
    const { outgoing } = await process.until(dialled);
    outgoing.put(Buffer.from("SHUTDOWN"));
    outgoing.endWriting();
    return 0;
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    const text =
      `Could not contact [localhost:${SHUTDOWN_PORT}] (base port [${SHUTDOWN_PORT}] and offset ` +
      "[0]). Tomcat may not be running.";
    const source = "org.apache.catalina.startup.Catalina";
    const entry = { source, method: "stopServer", level: "SEVERE" as const, text };
    await process.complain(logEntry(process, Number(versionOf(process).split(".")[0]), entry));
    return 1;
  }
}

export const java: Program = async (process) => {
  const args = process.argv.slice(1);
  if (args.includes(BOOTSTRAP)) return runTomcat(process, versionOf(process));
  if (/^--?version$/.test(args[0] ?? "")) {
    const version = process.env.get("JAVA_VERSION") ?? "";
    await process.complain(`openjdk version "${version}"\nOpenJDK Runtime Environment\n`);
    return 0;
  }
  const main = args.find((arg) => !arg.startsWith("-"));
  await process.complain(
    main === undefined
      ? "Usage: java [options] <mainclass> [args...]\n"
      : `Error: Could not find or load main class ${main}\n`,
  );
  return 1;
};
