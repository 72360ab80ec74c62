// /proc/<pid>/fd: opening an entry shares the process's own open file.

import { DeviceFile } from "../file-system/device.ts";
import type { Entry } from "../file-system/file-system.ts";
import { GeneratedDirectory } from "../file-system/generated-directory.ts";
import type { Process } from "../process/process.ts";

export class DescriptorDirectory extends GeneratedDirectory {
  constructor(process: Process) {
    const open = () => [...process.descriptors.keys()].filter((at) => process.descriptors[at]);
    super(
      () => open().map(String),
      (name): Entry | undefined => {
        const at = Number(name);
        return process.descriptors[at] && new DeviceFile({ descriptor: at, process });
      },
    );
  }
}
