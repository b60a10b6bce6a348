/**
 * A word of a command that a person may copy into a shell. Labels are other people's input: what
 * is no plain word is quoted, so that it stays one word in POSIX shells.
 */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) && !text.startsWith('-')
    ? text
    : `'${text.replaceAll("'", "'\\''")}'`;
}

/** The last part of a path of any platform. */
export function lastPart(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
