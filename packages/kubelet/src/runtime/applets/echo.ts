// echo: arguments with blanks between them.

import type { Applets } from "./applet.ts";
import { unescapeText } from "./escapes.ts";

export const echo: Applets = {
  echo: async (process) => {
    const args = process.argv.slice(1);
    let doesEnd = true;
    let doesEscape = false;
    while (/^-[neE]+$/.test(args[0] ?? "")) {
      for (const letter of args.shift()!.slice(1)) {
        if (letter === "n") doesEnd = false;
        else doesEscape = letter === "e";
      }
    }
    const text = args.join(" ");
    const shown = doesEscape ? unescapeText(text) : { text, isCut: false };
    await process.print(shown.text + (doesEnd && !shown.isCut ? "\n" : ""));
    return 0;
  },
};
