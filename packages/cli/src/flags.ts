// Flags that several commands share, and how numbers and ranges are read.

import { InvalidArgumentError, Option } from "commander";
import type { PortRange } from "@kubonsai/cluster";

export const dataDirFlag = () =>
  new Option("--data-dir <folder>", "where the cluster is kept").default(".kubonsai");

/** A whole number of at least `least` and at most `most`. */
export const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most) {
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  }
  return number;
};

/** `30000-32767` */
export function portRange(text: string): PortRange {
  const [, first, last] = /^(\d{1,5})-(\d{1,5})$/.exec(text) ?? [];
  const range = { first: Number(first), last: Number(last) };
  if (first === undefined || range.first < 1 || range.last > 65_535 || range.first > range.last) {
    throw new InvalidArgumentError("It must be two ports, the lower first: 30000-32767.");
  }
  return range;
}

/** `http://a:2379,http://b:2379` */
export function serverList(text: string): string {
  const isServer = (one: string) => URL.canParse(one) && /^https?:\/\/[^/]+\/?$/.test(one);
  if (!text.split(",").every(isServer)) {
    throw new InvalidArgumentError(
      "It must be a list such as https://10.0.0.1:2379,https://10.0.0.2:2379.",
    );
  }
  return text;
}
