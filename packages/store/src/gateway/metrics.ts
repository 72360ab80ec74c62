// Figures for those who look after the store, under etcd's own names where they mean the same.

import type { GatewayParts } from "./parts.ts";
import { VERSION } from "./encode-answers.ts";

interface Figure {
  name: string;
  type: "counter" | "gauge";
  help: string;
  value: number;
}

/** Prometheus' text format. */
export async function metricsText(parts: GatewayParts): Promise<string> {
  const figures = await figuresOf(parts);
  const lines = figures.map(
    ({ name, type, help, value }) =>
      `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${value}\n`,
  );
  const version = `# TYPE etcd_server_version gauge\netcd_server_version{server_version="${VERSION}"} 1\n`;
  return lines.join("") + version;
}

async function figuresOf({ store, hub }: GatewayParts): Promise<Figure[]> {
  const sizeBytes = await store.sizeBytes();
  const { live, behind, told } = hub.figures;
  const { puts, deletes, txns, ranges, commits } = store.counts;
  const gauge = (name: string, help: string, value: number): Figure => ({
    name,
    type: "gauge",
    help,
    value,
  });
  const counter = (name: string, help: string, value: number): Figure => ({
    name: `${name}_total`,
    type: "counter",
    help,
    value,
  });
  return [
    gauge("etcd_server_has_leader", "Whether or not a leader exists.", 1),
    gauge("etcd_server_is_leader", "Whether or not this member is a leader.", 1),
    gauge("etcd_mvcc_db_total_size_in_bytes", "Bytes on disk.", sizeBytes),
    gauge("etcd_debugging_mvcc_current_revision", "The newest revision.", store.revision),
    gauge(
      "etcd_debugging_mvcc_compact_revision",
      "The oldest revision that can be read.",
      store.compactRevision,
    ),
    gauge("etcd_debugging_mvcc_watcher_total", "Watches.", live + behind),
    gauge("etcd_debugging_mvcc_slow_watcher_total", "Watches that read history.", behind),
    gauge("etcd_debugging_lease_total", "Leases.", store.lessor.all().length),
    gauge("process_resident_memory_bytes", "Resident memory.", process.memoryUsage.rss()),
    counter("etcd_debugging_mvcc_events", "Messages with events sent to watches.", told),
    counter("etcd_mvcc_put", "Puts.", puts),
    counter("etcd_mvcc_delete", "Deletions.", deletes),
    counter("etcd_mvcc_txn", "Transactions.", txns),
    counter("etcd_mvcc_range", "Ranges.", ranges),
    counter("etcd_disk_wal_fsync", "Batches synced to disk.", commits),
  ];
}
