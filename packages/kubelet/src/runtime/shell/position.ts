// Where a command stands: the last of a process that only has this left may become it.

export interface Position {
  readonly isLast: boolean;
}
