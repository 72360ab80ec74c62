// Durations as `kubectl get` shows them: two or three significant figures.
// @see kubernetes apimachinery/pkg/util/duration/duration.go HumanDuration

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** `95s`, `3m5s`, `125m`, `5h10m`, `30h`, `3d4h`, `400d`, `3y20d`, `9y`; `<invalid>` in the future. */
export function humanDuration(durationMs: number): string {
  const seconds = Math.trunc(durationMs / 1000);
  if (seconds < -1) return "<invalid>";
  if (seconds < 0) return "0s";
  if (seconds < 2 * minute) return `${seconds}s`;
  if (seconds < 10 * minute) return inTwoUnits(seconds, [minute, "m"], [1, "s"]);
  if (seconds < 3 * hour) return inOneUnit(seconds, minute, "m");
  if (seconds < 8 * hour) return inTwoUnits(seconds, [hour, "h"], [minute, "m"]);
  if (seconds < 2 * day) return inOneUnit(seconds, hour, "h");
  if (seconds < 8 * day) return inTwoUnits(seconds, [day, "d"], [hour, "h"]);
  if (seconds < 2 * year) return inOneUnit(seconds, day, "d");
  if (seconds < 8 * year) return inTwoUnits(seconds, [year, "y"], [day, "d"]);
  return inOneUnit(seconds, year, "y");
}

type Unit = readonly [seconds: number, suffix: string];

const inOneUnit = (seconds: number, unit: number, suffix: string) =>
  `${Math.floor(seconds / unit)}${suffix}`;

function inTwoUnits(seconds: number, [large, largeSuffix]: Unit, [small, smallSuffix]: Unit) {
  const rest = Math.floor((seconds % large) / small);
  return inOneUnit(seconds, large, largeSuffix) + (rest === 0 ? "" : `${rest}${smallSuffix}`);
}
