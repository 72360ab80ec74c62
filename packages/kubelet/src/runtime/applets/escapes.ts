// Backslash sequences of `echo -e` and `printf`.

const LETTERS: { readonly [letter: string]: string } = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

/** `isCut`: a `\c` ended the output there. */
export function unescapeText(text: string): { text: string; isCut: boolean } {
  const cut = /(?:^|[^\\])(?:\\\\)*(\\c)/.exec(text);
  const kept = cut ? text.slice(0, cut.index + cut[0].length - 2) : text;
  const shown = kept.replace(
    /\\(?:x([0-9a-fA-F]{1,2})|0([0-7]{0,3})|([1-7][0-7]{0,2})|([\s\S]))/g,
    (whole, hex?: string, octal?: string, short?: string, letter?: string) => {
      if (hex) return String.fromCharCode(parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(parseInt(octal || "0", 8));
      if (short) return String.fromCharCode(parseInt(short, 8));
      return letter !== undefined && Object.hasOwn(LETTERS, letter) ? LETTERS[letter]! : whole;
    },
  );
  return { text: shown, isCut: cut !== null };
}
