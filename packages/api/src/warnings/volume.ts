// Volume sources that are on their way out or gone.
// @see kubernetes pkg/api/pod/warnings.go

import type { Volume } from "../messages/core/v1/volume.ts";

const old = new Map<keyof Volume, string>([
  ["photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+"],
  ["gitRepo", "deprecated in v1.11, and disabled by default in v1.33+"],
  ["scaleIO", "deprecated in v1.16, non-functional in v1.22+"],
  ["flocker", "deprecated in v1.22, non-functional in v1.25+"],
  ["storageos", "deprecated in v1.22, non-functional in v1.25+"],
  ["quobyte", "deprecated in v1.22, non-functional in v1.25+"],
  ["glusterfs", "deprecated in v1.25, non-functional in v1.26+"],
  ["cephfs", "deprecated in v1.28, non-functional in v1.31+"],
  ["rbd", "deprecated in v1.28, non-functional in v1.31+"],
]);

export const volumeWarnings = (field: string, volumes: readonly Volume[]): string[] =>
  volumes.flatMap((volume, i) =>
    [...old]
      .filter(([source]) => volume[source] !== undefined)
      .map(([source, text]) => `${field}[${i}].${shownAs(source)}: ${text}`),
  );

const shownAs = (source: string) => (source === "storageos" ? "storageOS" : source);
