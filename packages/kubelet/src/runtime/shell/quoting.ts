// Words as a shell would take them back.

export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
