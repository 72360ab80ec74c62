// A component for the test of process entries: says what it was given, and when it stops.

import { runComponent, type ProcessSettings } from "@kubonsai/client";

await runComponent<ProcessSettings & { colour: string }>("test", async (options, settings) => {
  const { server, token, userAgent } = options.connection;
  console.log(`started ${server} ${token} ${userAgent} ${settings.colour}`);
  options.log.info({}, "working");
  return {
    async stop() {
      console.log("stopped");
    },
  };
});
