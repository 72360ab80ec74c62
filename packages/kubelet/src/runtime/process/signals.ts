// Signal names and numbers (Linux, x86-64) and what happens when a program does not care.

const NUMBERS = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
} as const;

export type Signal = keyof typeof NUMBERS;

export const SIGNALS = Object.keys(NUMBERS) as Signal[];

export function signalNumber(signal: Signal): number {
  return NUMBERS[signal];
}

/** `TERM`, `SIGTERM`, `term` or `15`; undefined when there is no such signal. */
export function parseSignal(text: string): Signal | undefined {
  if (/^\d+$/.test(text)) return SIGNALS.find((signal) => NUMBERS[signal] === Number(text));
  const upper = text.toUpperCase();
  const name = upper.startsWith("SIG") ? upper : `SIG${upper}`;
  return Object.hasOwn(NUMBERS, name) ? (name as Signal) : undefined;
}

const IGNORED_BY_DEFAULT: ReadonlySet<Signal> = new Set([
  "SIGCHLD",
  "SIGCONT",
  "SIGURG",
  "SIGWINCH",
  // job control is not simulated: a stop leaves the process as it is
  "SIGSTOP",
  "SIGTSTP",
  "SIGTTIN",
  "SIGTTOU",
]);

export function endsByDefault(signal: Signal): boolean {
  return !IGNORED_BY_DEFAULT.has(signal);
}
