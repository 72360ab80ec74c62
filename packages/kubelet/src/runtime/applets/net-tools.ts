// nslookup, getent, ping, nc, ip, ifconfig, netstat: the network as a pod sees it.

import { isIP } from "node:net";
import { ErrnoError } from "../file-system/errno.ts";
import { connect } from "../network/dial.ts";
import { SocketFile } from "../network/connection.ts";
import type { Connection } from "../network/connection.ts";
import { isLoopback } from "../network/namespace.ts";
import { DialError } from "../network/network.ts";
import { Interrupted } from "../process/control.ts";
import type { OpenFile } from "../process/open-file.ts";
import type { Process } from "../process/process.ts";
import type { Applets } from "./applet.ts";
import { complaint } from "./complaint.ts";
import { parseOptions } from "./options.ts";
import { resolveHost } from "./resolve-host.ts";
import { startCommand } from "./run-command.ts";

async function nslookup(process: Process): Promise<number> {
  const names = process.argv.slice(1).filter((arg) => !arg.startsWith("-"));
  const [name, server] = names;
  if (name === undefined) return complaint(process, "usage: nslookup HOST [DNS_SERVER]");
  const { network } = process.world;
  const asked = server ?? network.dns.nameservers[0] ?? "10.96.0.10";
  await process.print(`Server:\t\t${asked}\nAddress:\t${asked}:53\n\n`);
  const found = resolveHost(process, name);
  if (!found) {
    await process.print(`** server can't find ${name}: NXDOMAIN\n\n`);
    return 1;
  }
  const full = fullName(process, name);
  await process.print(found.map((ip) => `Name:\t${full}\nAddress: ${ip}\n`).join("") + "\n");
  return 0;
}

/** The name that the search list made of a short one. */
function fullName({ world }: Process, name: string): string {
  const { network } = world;
  const candidates = [name, ...network.dns.searches.map((domain) => `${name}.${domain}`)];
  return candidates.find((candidate) => network.fabric.services.resolve(candidate)) ?? name;
}

async function getent(process: Process): Promise<number> {
  const [, database, key = ""] = process.argv;
  if (database === "hosts" || database === "ahosts") {
    const found = resolveHost(process, key);
    if (found) await process.print(`${(found[0] ?? "").padEnd(16)}${key}\n`);
    return found ? 0 : 2;
  }
  const entry = process.files.find(`/etc/${database}`);
  if (entry?.kind !== "file") return complaint(process, `unknown database: ${database}`, 1);
  const rows = Buffer.from(entry.read()).toString().split("\n");
  const row = rows.find((line) => line.split(":")[0] === key || line.split(":")[2] === key);
  if (row) await process.print(`${row}\n`);
  return row ? 0 : 2;
}

async function ping(process: Process): Promise<number> {
  const options = await parseOptions(process, "c:i:w:W:s:q46n");
  if (typeof options === "number") return options;
  const [host = ""] = options.operands;
  const ip = isIP(host) ? host : resolveHost(process, host)?.[0];
  if (ip === undefined)
    return complaint(
      process,
      process.flavour === "gnu" ? `${host}: Name or service not known` : `bad address '${host}'`,
      process.flavour === "gnu" ? 2 : 1,
    );
  const count = Number(options.value("c") ?? Infinity);
  const { network } = process.world;
  const answers = isLoopback(ip) || network.fabric.isThere(ip);
  await process.print(`PING ${host} (${ip}): 56 data bytes\n`);
  let sent = 0;
  const summary = () => {
    const received = answers ? sent : 0;
    const loss = sent === 0 ? 0 : Math.round(((sent - received) / sent) * 100);
    return `\n--- ${host} ping statistics ---\n${sent} packets transmitted, ${received} packets received, ${loss}% packet loss\n`;
  };
  let isStopped = false;
  process.handle("SIGINT", () => (isStopped = true));
  while (sent < count && !isStopped) {
    if (answers)
      await process.print(
        `64 bytes from ${ip}: seq=${sent} ttl=64 time=0.0${40 + (sent % 20)} ms\n`,
      );
    sent++;
    if (sent < count) await pause(process, Number(options.value("i") ?? 1));
  }
  if (!answers) await pause(process, Number(options.value("W") ?? 10));
  await process.print(
    summary() + (answers ? "round-trip min/avg/max = 0.040/0.050/0.059 ms\n" : ""),
  );
  return answers ? 0 : 1;
}

/** Ends early, without an error, when ^C arrives. */
async function pause(process: Process, seconds: number): Promise<void> {
  try {
    await process.sleep(seconds * 1000, { interruptible: true });
  } catch (reason) {
    if (!(reason instanceof Interrupted)) throw reason;
  }
}

async function nc(process: Process): Promise<number> {
  // all that follows -e is the command which gets the connection
  const at = process.argv.indexOf("-e");
  const command = at < 0 ? [] : process.argv.slice(at + 1);
  if (at >= 0) process.argv = process.argv.slice(0, at);
  const options = await parseOptions(process, "lkp:w:zvnuq:i:N46");
  if (typeof options === "number") return options;
  if (options.has("l")) {
    const port = Number(options.value("p") ?? options.operands[options.operands.length - 1]);
    return listen(process, { port, isKept: options.has("k"), command });
  }
  const [host = "", port = ""] = options.operands;
  const ip = isIP(host) ? host : resolveHost(process, host)?.[0];
  if (ip === undefined) return complaint(process, `bad address '${host}'`);
  const { network } = process.world;
  const seconds = Number(options.value("w") ?? 120);
  try {
    const dialer = { fabric: network.fabric, from: network };
    const connection = await process.until(
      connect(dialer, { ip, port: Number(port) }, seconds * 1000),
    );
    const socket = new SocketFile(connection);
    if (options.has("v")) await process.complain(`${host} (${ip}:${port}) open\n`);
    if (options.has("z")) {
      socket.release();
      return 0;
    }
    return command.length > 0 ? await serve(process, socket, command) : await talk(process, socket);
  } catch (error) {
    if (!(error instanceof DialError)) throw error;
    const why = {
      refused: "Connection refused",
      timeout: "Connection timed out",
      "no-route": "No route to host",
      lookup: "Unknown host",
    }[error.reason];
    return complaint(process, `${host} (${ip}:${port}): ${why}`);
  }
}

interface Listening {
  port: number;
  /** For one connection after the other. */
  isKept: boolean;
  command: string[];
}

async function listen(process: Process, { port, isKept, command }: Listening): Promise<number> {
  const { network } = process.world;
  const waiting: Connection[] = [];
  let wake = () => {};
  try {
    const accept = (connection: Connection) => {
      waiting.push(connection);
      wake();
    };
    const close = network.listen({ port, isLoopbackOnly: false, accept });
    process.onEnd(close);
    do {
      while (waiting.length === 0) await process.block<void>((resolve) => void (wake = resolve));
      const socket = new SocketFile(waiting.shift()!);
      if (!isKept) close();
      if (command.length === 0) await talk(process, socket);
      else if (isKept) void serve(process, socket, command);
      else return await serve(process, socket, command);
    } while (isKept);
    return 0;
  } catch (error) {
    if (!(error instanceof ErrnoError)) throw error;
    return complaint(process, `bind: ${error.message}`);
  }
}

/** The command reads and writes the connection. @returns its exit code */
async function serve(process: Process, socket: SocketFile, command: string[]): Promise<number> {
  const descriptors = [socket, socket.share(), socket.share()];
  const child = await startCommand(process, command, { descriptors });
  return typeof child === "number" ? child : (await process.wait(child)).code;
}

/** Both ways at once; the other side's end ends it. */
async function talk(process: Process, socket: SocketFile): Promise<number> {
  process.onEnd(() => socket.release());
  const sender = process.fork(async (self) => {
    await pump(self, self.descriptors[0]!, socket);
    socket.endWriting();
    return 0;
  });
  await pump(process, socket, process.descriptors[1]!);
  sender.signal("SIGKILL");
  socket.endWriting();
  return 0;
}

async function pump(process: Process, from: OpenFile, to: OpenFile): Promise<void> {
  for (;;) {
    const chunk = await from.read(process, 65536);
    if (!chunk) return;
    await to.write(process, chunk);
  }
}

async function ip(process: Process): Promise<number> {
  const { ip: address } = process.world.network;
  const [, object = "addr"] = process.argv.filter((arg) => !arg.startsWith("-"));
  if (/^r/.test(object)) {
    const gateway = address.replace(/\d+$/, "1");
    await process.print(
      `default via ${gateway} dev eth0\n${address.replace(/\d+$/, "0")}/24 dev eth0 src ${address}\n`,
    );
    return 0;
  }
  const hasAddresses = /^a/.test(object);
  const inet = (text: string) => (hasAddresses ? `    inet ${text}\n` : "");
  await process.print(
    "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN qlen 1000\n" +
      "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n" +
      inet("127.0.0.1/8 scope host lo") +
      "2: eth0@if3: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP\n" +
      `    link/ether ${macOf(address)} brd ff:ff:ff:ff:ff:ff\n` +
      inet(`${address}/24 brd ${address.replace(/\d+$/, "255")} scope global eth0`),
  );
  return 0;
}

function macOf(address: string): string {
  const bytes = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  return `0a:58:${bytes.join(":")}`;
}

async function ifconfig(process: Process): Promise<number> {
  const { ip: address } = process.world.network;
  await process.print(
    `eth0      Link encap:Ethernet  HWaddr ${macOf(address).toUpperCase()}\n` +
      `          inet addr:${address}  Bcast:${address.replace(/\d+$/, "255")}  Mask:255.255.255.0\n` +
      "          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n\n" +
      "lo        Link encap:Local Loopback\n          inet addr:127.0.0.1  Mask:255.0.0.0\n          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n\n",
  );
  return 0;
}

async function netstat(process: Process): Promise<number> {
  const rows = process.world.network.listeners.map(({ port, isLoopbackOnly }) => {
    const local = `${isLoopbackOnly ? "127.0.0.1" : "0.0.0.0"}:${port}`;
    return `tcp        0      0 ${local.padEnd(23)} 0.0.0.0:*               LISTEN\n`;
  });
  await process.print(
    "Active Internet connections (only servers)\n" +
      "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n" +
      rows.join(""),
  );
  return 0;
}

/** What Debian has from the start. */
export const getentOnly: Applets = { getent };

export const netTools: Applets = { nslookup, ping, nc, ip, ifconfig, netstat };
