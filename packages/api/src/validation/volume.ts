// A pod's volumes: one source each, named once.
// @see kubernetes pkg/apis/core/validation/validation.go ValidateVolumes

import { duplicate, forbidden, invalid, required, type FieldError } from "../errors/field-error.ts";
import type { Volume } from "../messages/core/v1/volume.ts";
import type { DownwardAPIVolumeFile, KeyToPath } from "../messages/core/v1/volume-file.ts";
import type { VolumeProjection } from "../messages/core/v1/projected-volume.ts";
import { tryParseQuantity } from "../quantity/quantity.ts";
import { validateFieldRef, validateResourceFieldRef } from "./environment.ts";
import { descendingPath, fileMode, nonReservedPath, noBacksteps } from "./paths.ts";
import { each, isLabel, oneOf, optionalOneOf, present } from "./rules.ts";

export interface CheckedVolumes {
  readonly errors: FieldError[];
  /** Those without errors, which mounts may name. */
  readonly volumes: ReadonlyMap<string, Volume>;
}

export function validateVolumes(field: string, all: readonly Volume[] | undefined): CheckedVolumes {
  const volumes = new Map<string, Volume>();
  const errors = each(field, all, (path, volume) => {
    const found = sourceErrors(path, volume);
    if (volume.name === "") found.push(required(`${path}.name`));
    else found.push(...isLabel(`${path}.name`, volume.name));
    if (volumes.has(volume.name)) found.push(duplicate(`${path}.name`, volume.name));
    if (found.length === 0) volumes.set(volume.name, volume);
    return found;
  });
  return { errors, volumes };
}

type Source = Exclude<keyof Volume, "name">;
type Check<S extends Source> = (field: string, source: NonNullable<Volume[S]>) => FieldError[];

/** In the order in which Kubernetes looks; the first one present is the volume's, others too many. */
export const volumeSourceChecks: { readonly [S in Source]-?: Check<S> } = {
  emptyDir: (field, { sizeLimit }) => {
    const size = tryParseQuantity(sizeLimit);
    const text = "SizeLimit field must be a valid resource quantity";
    return size !== undefined && size.nanos < 0n ? [forbidden(`${field}.sizeLimit`, text)] : [];
  },
  hostPath: (field, { path, type }) =>
    path === ""
      ? [required(`${field}.path`)]
      : [
          ...noBacksteps(`${field}.path`, path),
          ...optionalOneOf(`${field}.type`, type, hostPathTypes),
        ],
  gitRepo: (field, { repository, directory = "" }) => [
    ...present(`${field}.repository`, repository),
    ...descendingPath(`${field}.directory`, directory),
  ],
  gcePersistentDisk: (field, { pdName }) => present(`${field}.pdName`, pdName),
  awsElasticBlockStore: (field, { volumeID }) => present(`${field}.volumeID`, volumeID),
  secret: (field, { secretName, defaultMode, items }) => [
    ...present(`${field}.secretName`, secretName),
    ...fileMode(`${field}.defaultMode`, defaultMode),
    ...each(`${field}.items`, items, validateKeyToPath),
  ],
  nfs: (field, { server, path }) => [
    ...present(`${field}.server`, server),
    ...present(`${field}.path`, path),
    ...(path.startsWith("/") ? [] : [invalid(`${field}.path`, path, "must be an absolute path")]),
  ],
  iscsi: (field, { targetPortal, iqn }) => [
    ...present(`${field}.targetPortal`, targetPortal),
    ...present(`${field}.iqn`, iqn),
  ],
  glusterfs: (field, { endpoints, path }) => [
    ...present(`${field}.endpoints`, endpoints),
    ...present(`${field}.path`, path),
  ],
  flocker: (field, { datasetName, datasetUUID }) =>
    datasetName || datasetUUID
      ? []
      : [required(field, "one of datasetName and datasetUUID is required")],
  persistentVolumeClaim: (field, { claimName }) => present(`${field}.claimName`, claimName),
  rbd: (field, { monitors, image }) => [
    ...(monitors.length === 0 ? [required(`${field}.monitors`)] : []),
    ...present(`${field}.image`, image),
  ],
  cinder: (field, { volumeID }) => present(`${field}.volumeID`, volumeID),
  cephfs: (field, { monitors }) => (monitors.length === 0 ? [required(`${field}.monitors`)] : []),
  quobyte: (field, { registry, volume }) => [
    ...present(`${field}.registry`, registry),
    ...present(`${field}.volume`, volume),
  ],
  downwardAPI: (field, { defaultMode, items }) => [
    ...fileMode(`${field}.defaultMode`, defaultMode),
    ...(items ?? []).flatMap((file) => validateDownwardFile(field, file)),
  ],
  fc: () => [],
  flexVolume: (field, { driver }) => present(`${field}.driver`, driver),
  configMap: (field, { name, defaultMode, items }) => [
    ...present(`${field}.name`, name),
    ...fileMode(`${field}.defaultMode`, defaultMode),
    ...each(`${field}.items`, items, validateKeyToPath),
  ],
  azureFile: (field, { secretName, shareName }) => [
    ...present(`${field}.secretName`, secretName),
    ...present(`${field}.shareName`, shareName),
  ],
  vsphereVolume: (field, { volumePath }) => present(`${field}.volumePath`, volumePath),
  photonPersistentDisk: (field, { pdID }) => present(`${field}.pdID`, pdID),
  portworxVolume: (field, { volumeID }) => present(`${field}.volumeID`, volumeID),
  azureDisk: (field, { diskName, diskURI }) => [
    ...present(`${field}.diskName`, diskName),
    ...present(`${field}.diskURI`, diskURI),
  ],
  storageos: (field, { volumeName }) => present(`${field}.volumeName`, volumeName),
  projected: (field, { defaultMode, sources }) => [
    ...fileMode(`${field}.defaultMode`, defaultMode),
    ...projectionErrors(field, sources ?? []),
  ],
  scaleIO: (field, { gateway, system, volumeName }) => [
    ...present(`${field}.gateway`, gateway),
    ...present(`${field}.system`, system),
    ...present(`${field}.volumeName`, volumeName),
  ],
  csi: (field, { driver }) => present(`${field}.driver`, driver),
  ephemeral: (field, { volumeClaimTemplate }) =>
    volumeClaimTemplate ? [] : [required(`${field}.volumeClaimTemplate`)],
  image: (field, { reference, pullPolicy }) => [
    ...present(`${field}.reference`, reference),
    ...oneOf(`${field}.pullPolicy`, pullPolicy, ["Always", "IfNotPresent", "Never"]),
  ],
};

const hostPathTypes = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];

function sourceErrors(field: string, volume: Volume): FieldError[] {
  const sources = (Object.keys(volumeSourceChecks) as Source[]).filter(
    (one) => volume[one] !== undefined,
  );
  const [first, ...others] = sources;
  if (first === undefined) return [required(field, "must specify a volume type")];
  return [
    ...(volumeSourceChecks[first] as (path: string, source: unknown) => FieldError[])(
      `${field}.${first}`,
      volume[first],
    ),
    ...others.map((one) => forbidden(`${field}.${one}`, "may not specify more than 1 volume type")),
  ];
}

function validateKeyToPath(field: string, { key, path, mode }: KeyToPath): FieldError[] {
  return [
    ...present(`${field}.key`, key),
    ...present(`${field}.path`, path),
    ...nonReservedPath(`${field}.path`, path),
    ...fileMode(`${field}.mode`, mode),
  ];
}

const downwardFields = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
];

function validateDownwardFile(field: string, file: DownwardAPIVolumeFile): FieldError[] {
  const { path, fieldRef, resourceFieldRef, mode } = file;
  const errors = [...present(`${field}.path`, path), ...nonReservedPath(`${field}.path`, path)];
  if (fieldRef) {
    errors.push(...validateFieldRef(`${field}.fieldRef`, fieldRef, downwardFields));
    const both = "fieldRef and resourceFieldRef can not be specified simultaneously";
    if (resourceFieldRef) errors.push(invalid(field, "resource", both));
  } else if (resourceFieldRef) {
    errors.push(...validateResourceFieldRef(`${field}.resourceFieldRef`, resourceFieldRef, true));
  } else {
    errors.push(required(field, "one of fieldRef and resourceFieldRef is required"));
  }
  return [...errors, ...fileMode(`${field}.mode`, mode)];
}

/** Two sources may not write the same file. */
function projectionErrors(field: string, sources: readonly VolumeProjection[]): FieldError[] {
  const paths = new Set<string>();
  const errors: FieldError[] = [];
  for (const [i, source] of sources.entries()) {
    const path = `${field}.sources[${i}]`;
    errors.push(...oneProjection(field, path, source));
    for (const { file, owner } of projectedFiles(source)) {
      if (file === "") continue;
      if (paths.has(file)) errors.push(invalid(field, owner, "conflicting duplicate paths"));
      paths.add(file);
    }
    if (Object.values(source).filter((one) => one !== undefined).length > 1) {
      errors.push(forbidden(path, "may not specify more than 1 volume type per source"));
    }
  }
  return errors;
}

function oneProjection(field: string, path: string, source: VolumeProjection): FieldError[] {
  const { secret, configMap, downwardAPI, serviceAccountToken: token } = source;
  const errors: FieldError[] = [];
  for (const [name, one] of [
    ["secret", secret],
    ["configMap", configMap],
  ] as const) {
    if (!one) continue;
    errors.push(...present(`${path}.${name}.name`, one.name));
    errors.push(...each(`${path}.${name}.items`, one.items, validateKeyToPath));
  }
  for (const file of downwardAPI?.items ?? []) {
    errors.push(...validateDownwardFile(`${path}.downwardAPI`, file));
  }
  if (token) {
    const seconds = token.expirationSeconds ?? 0;
    const lifetime = `${path}.serviceAccountToken.expirationSeconds`;
    const bounds = "may not specify a duration";
    if (seconds < 600) errors.push(invalid(lifetime, seconds, `${bounds} less than 10 minutes`));
    if (seconds > 2 ** 32) {
      errors.push(invalid(lifetime, seconds, `${bounds} larger than 2^32 seconds`));
    }
    errors.push(
      ...(token.path === ""
        ? [required(`${field}.path`)]
        : nonReservedPath(`${field}.path`, token.path)),
    );
  }
  return errors;
}

function projectedFiles({ secret, configMap, downwardAPI }: VolumeProjection) {
  const of = (items: readonly { path: string }[] | undefined, owner?: string) =>
    (items ?? []).map(({ path }) => ({ file: path, owner: owner ?? path }));
  return [
    ...of(secret?.items, secret?.name ?? ""),
    ...of(configMap?.items, configMap?.name ?? ""),
    ...of(downwardAPI?.items),
  ];
}
