// Which Kubernetes we are.

export const VERSION = {
  major: "1",
  minor: "36",
  emulationMajor: "1",
  emulationMinor: "36",
  minCompatibilityMajor: "1",
  minCompatibilityMinor: "35",
  gitVersion: "v1.36.2",
  gitCommit: "0000000000000000000000000000000000000000",
  gitTreeState: "clean",
  buildDate: "2026-06-09T00:00:00Z",
  goVersion: "go1.26.4",
  compiler: "gc",
  platform: "linux/amd64",
} as const;
