// One run for every package's tests and the tests of the whole.

import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 30_000,
    // the first cluster of a file is compiled while it boots
    hookTimeout: 60_000,
  },
});
