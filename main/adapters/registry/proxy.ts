import { hostnameOf, isLoopback, isWithin } from './address.js';
import type { RegistryHost } from './types.js';

/** A proxy, and the names that are reached without it. */
export interface Proxy {
  url: string;
  without: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy on the way to a host: by the environment, and where that names none at all, as the desktop's
 * settings have it; null: straight there.
 */
export async function wayTo(
  url: URL,
  { env, systemProxy }: Pick<RegistryHost, 'env' | 'systemProxy'>,
): Promise<Proxy | null> {
  const named = variable(env, 'https_proxy') !== '' || variable(env, 'http_proxy') !== '';
  const without = variable(env, 'no_proxy');
  if (named || !systemProxy || isStraight(url, without)) return proxyFor(url, env);
  const first = firstOf(await systemProxy(url.href));
  return first === null ? null : { url: first, without };
}

/** The proxy on the way to a host, by the variables that docker heeds; null: straight there. */
export function proxyFor(url: URL, env: Environment): Proxy | null {
  const proxy = variable(env, url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  const without = variable(env, 'no_proxy');
  if (proxy === '' || isStraight(url, without)) return null;
  return { url: proxy.includes('://') ? proxy : `http://${proxy}`, without };
}

/** This machine itself, as Go has it, and networks that NO_PROXY names. Names there are undici's. */
function isStraight(url: URL, without: string): boolean {
  const hostname = hostnameOf(url.host);
  return isLoopback(hostname) || isWithin(hostname, without.split(/[,\s]+/));
}

function variable(env: Environment, name: string): string {
  return env[name] || env[name.toUpperCase()] || '';
}

/** Kinds of proxies by their names in proxy auto-configuration; `SOCKS` is 4, which is not spoken here. */
const schemes = new Map([
  ['PROXY', 'http'],
  ['HTTP', 'http'],
  ['HTTPS', 'https'],
  ['SOCKS5', 'socks5'],
]);

/** What comes first in an answer of proxy auto-configuration (`PROXY a:3128; DIRECT`). */
function firstOf(answer: string): string | null {
  for (const entry of answer.split(';')) {
    const [kind = '', address = ''] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    const scheme = schemes.get(kind.toUpperCase());
    if (scheme && URL.canParse(`${scheme}://${address}`)) return `${scheme}://${address}`;
  }
  return null;
}
