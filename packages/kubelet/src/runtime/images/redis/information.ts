// INFO: the server's state in sections.

import type { RedisServer } from "./server.ts";

const USED_MEMORY_BYTES = 1_048_576;

type Section = (server: RedisServer) => { readonly [name: string]: string | number };

const SECTIONS: { readonly [name: string]: Section } = {
  Server: ({ version, port, process, runId, startedMs }) => {
    const seconds = Math.floor((process.now() - startedMs) / 1000);
    return {
      redis_version: version,
      redis_git_sha1: "00000000",
      redis_git_dirty: 1,
      redis_mode: "standalone",
      os: "Linux 6.8.0-kubonsai x86_64",
      arch_bits: 64,
      process_id: process.pid,
      run_id: runId,
      tcp_port: port,
      uptime_in_seconds: seconds,
      uptime_in_days: Math.floor(seconds / 86_400),
      executable: "/data/redis-server",
      config_file: "",
    };
  },
  Clients: ({ clients, settings }) => ({
    connected_clients: clients.size,
    maxclients: settings.get("maxclients") ?? "10000",
    blocked_clients: 0,
  }),
  Memory: ({ settings }) => ({
    used_memory: USED_MEMORY_BYTES,
    used_memory_human: "1.00M",
    maxmemory: settings.get("maxmemory") ?? "0",
    maxmemory_policy: settings.get("maxmemory-policy") ?? "noeviction",
  }),
  Persistence: ({ savedMs }) => ({
    loading: 0,
    rdb_bgsave_in_progress: 0,
    rdb_last_save_time: Math.floor(savedMs / 1000),
    rdb_last_bgsave_status: "ok",
    aof_enabled: 0,
  }),
  Stats: ({ processed, connected }) => ({
    total_connections_received: connected,
    total_commands_processed: processed,
  }),
  Replication: () => ({ role: "master", connected_slaves: 0, master_repl_offset: 0 }),
  CPU: () => ({ used_cpu_sys: "0.010000", used_cpu_user: "0.010000" }),
  Cluster: () => ({ cluster_enabled: 0 }),
  Keyspace: ({ databases }) =>
    Object.fromEntries(
      databases.flatMap((keys, index) => {
        const names = keys.names();
        const expires = names.filter((key) => typeof keys.expiry(key) === "number").length;
        const text = `keys=${names.length},expires=${expires},avg_ttl=0`;
        return names.length === 0 ? [] : [[`db${index}`, text] as const];
      }),
    ),
};

/** @param asked section names; none, `all`, `default` and `everything` mean every one */
export function informationAbout(server: RedisServer, asked: readonly string[]): string {
  const wanted = new Set(asked.map((name) => name.toLowerCase()));
  const isAll =
    wanted.size === 0 || ["all", "default", "everything"].some((name) => wanted.has(name));
  return Object.entries(SECTIONS)
    .filter(([name]) => isAll || wanted.has(name.toLowerCase()))
    .map(([name, section]) => {
      const lines = Object.entries(section(server)).map(([key, value]) => `${key}:${value}\r\n`);
      return `# ${name}\r\n${lines.join("")}`;
    })
    .join("\r\n");
}
