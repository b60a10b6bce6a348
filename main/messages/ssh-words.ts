import type { ErrorDetails } from '../domain/errors.js';

/** How a machine is spoken of, and typed in a terminal. */
export interface SshWords {
  /** With the port, where the address names one. */
  host: string;
  /** What follows `ssh`, to be logged in as Careen is. */
  login: string;
  /** Its name in the file of known hosts (ssh-keygen(1), `-R`). */
  known: string;
  /** Where that has the key that it no longer shows; null: not told. */
  oldKey: { file: string; line: number } | null;
}

/** Failures that were kept before the user, the port and the old key were told have none. */
type Told = Pick<ErrorDetails['ssh-failed'], 'host'> &
  Partial<Pick<ErrorDetails['ssh-failed'], 'user' | 'port' | 'oldKey'>>;

export function sshWords({ host, user = null, port = null, oldKey = null }: Told): SshWords {
  const bracketed = `[${host}]`;
  return {
    host: port === null ? host : `${host.includes(':') ? bracketed : host}:${port}`,
    login: `${port === null ? '' : `-p ${port} `}${user === null ? '' : `${user}@`}${host}`,
    known: port === null || port === 22 ? host : `"${bracketed}:${port}"`,
    oldKey,
  };
}
