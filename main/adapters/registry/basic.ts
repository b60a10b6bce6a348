import type { Credential } from './types.js';

/** The value of `Authorization` for a name and a password (RFC 7617). */
export function basicOf({ username, password }: Credential & { kind: 'password' }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
