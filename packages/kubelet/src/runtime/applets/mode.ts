// File modes as chmod takes them: octal, or `u+x,go-w`.

/** @returns undefined when it is no mode */
export function parseMode(text: string, before: number, isDirectory = false): number | undefined {
  if (/^[0-7]{1,4}$/.test(text)) return parseInt(text, 8);
  let mode = before;
  for (const clause of text.split(",")) {
    const match = /^([ugoa]*)((?:[-+=][rwxXst]*)+)$/.exec(clause);
    if (!match) return undefined;
    const who = match[1] || "a";
    for (const [, operator, letters = ""] of match[2]!.matchAll(/([-+=])([rwxXst]*)/g)) {
      const bits = bitsFor(who, letters, isDirectory || (before & 0o111) !== 0);
      if (operator === "+") mode |= bits;
      else if (operator === "-") mode &= ~bits;
      else mode = (mode & ~bitsFor(who, "rwx", true)) | bits;
    }
  }
  return mode;
}

function bitsFor(who: string, letters: string, isExecutable: boolean): number {
  let bits = 0;
  for (const [letter, shift] of [
    ["u", 6],
    ["g", 3],
    ["o", 0],
  ] as const) {
    if (!who.includes(letter) && !who.includes("a")) continue;
    if (letters.includes("r")) bits |= 4 << shift;
    if (letters.includes("w")) bits |= 2 << shift;
    if (letters.includes("x") || (letters.includes("X") && isExecutable)) bits |= 1 << shift;
  }
  if (letters.includes("s") && /[ua]/.test(who)) bits |= 0o4000;
  if (letters.includes("s") && /[ga]/.test(who)) bits |= 0o2000;
  if (letters.includes("t")) bits |= 0o1000;
  return bits;
}
