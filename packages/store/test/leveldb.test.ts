// The contract, kept by the store of this package.

import { describeStore } from "./contract.ts";
import { startScratchStore } from "./scratch-store.ts";

describeStore("the LevelDB store", startScratchStore);
