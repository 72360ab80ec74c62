// Moments as Apache's logs write them.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/** `01/Jun/2026:08:00:00 +0000` */
export function commonLogTime(ms: number): string {
  const iso = new Date(ms).toISOString();
  const month = MONTHS[Number(iso.slice(5, 7)) - 1];
  return `${iso.slice(8, 10)}/${month}/${iso.slice(0, 4)}:${iso.slice(11, 19)} +0000`;
}

/** `Mon Jun 01 08:00:00.123000 2026` */
export function errorLogTime(ms: number): string {
  const date = new Date(ms);
  const iso = date.toISOString();
  const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${iso.slice(8, 10)}`;
  return `${day} ${iso.slice(11, 23)}000 ${iso.slice(0, 4)}`;
}
