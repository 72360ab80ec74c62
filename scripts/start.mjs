// `npm start -- FLAGS` is `kubonsai up FLAGS`.

process.argv.splice(2, 0, "up");
await import("./kubonsai.mjs");
