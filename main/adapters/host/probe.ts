import { once } from 'node:events';
import { connect } from 'node:net';
import { parseHostAndPort } from '../../domain/policy/addresses.js';
import type { Probe } from '../../domain/policy/types.js';
import { clean } from '../../domain/unsafe-text.js';

/**
 * Asks an address whether it answers as wanted: a port takes a connection, or a page has the wanted
 * status. Redirects are not followed: the policy names the very address.
 *
 * @param deadline milliseconds for the whole answer
 * @returns null when it does, else what it did instead
 */
export async function probe(
  wanted: Probe,
  deadline: number,
  signal: AbortSignal,
): Promise<string | null> {
  const within = AbortSignal.any([signal, AbortSignal.timeout(deadline)]);
  try {
    return 'tcp' in wanted ? await port(wanted.tcp, within) : await page(wanted, within);
  } catch (e) {
    const { code, message } = Object(e) as { code?: string | number; message?: string };
    return clean(typeof code === 'string' ? code : (message ?? String(e)));
  }
}

async function page(
  { http, status }: { http: string; status: number },
  signal: AbortSignal,
): Promise<string | null> {
  const { request } = await import('undici');
  const { statusCode, body } = await request(http, { signal });
  await body.dump();
  return statusCode === status ? null : `HTTP ${statusCode}`;
}

async function port(address: string, signal: AbortSignal): Promise<string | null> {
  const parsed = parseHostAndPort(address);
  if (!parsed) return address;
  // Given the signal itself, the socket would tell of its end once nobody listens any more.
  const socket = connect(parsed);
  try {
    await once(socket, 'connect', { signal });
    return null;
  } finally {
    socket.destroy();
  }
}
