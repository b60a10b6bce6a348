import type { ErrorDetails } from '../domain/errors.js';

/** How a machine is spoken of, and typed in a terminal. */
export interface SshWords {
  /** With the port, where the address names one. */
  host: string;
  /** What follows `ssh`, to be logged in as Careen is. */
  login: string;
  /** Its name in the file of known hosts (ssh-keygen(1), `-R`). */
  known: string;
}

/** Failures that were kept before the user and the port were told have neither. */
type Told = Pick<ErrorDetails['ssh-failed'], 'host'> &
  Partial<Pick<ErrorDetails['ssh-failed'], 'user' | 'port'>>;

export function sshWords({ host, user = null, port = null }: Told): SshWords {
  const bracketed = `[${host}]`;
  return {
    host: port === null ? host : `${host.includes(':') ? bracketed : host}:${port}`,
    login: `${port === null ? '' : `-p ${port} `}${user === null ? '' : `${user}@`}${host}`,
    known: port === null || port === 22 ? host : `"${bracketed}:${port}"`,
  };
}
