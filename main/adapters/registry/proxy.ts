import { hostnameOf, isLoopback, isWithin } from './address.js';

/** A proxy, and the names that are reached without it. */
export interface Proxy {
  url: string;
  without: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy on the way to a host, by the variables that docker heeds; null: straight there. Never for
 * this machine itself, as Go has it, and not for networks that NO_PROXY names.
 */
export function proxyFor(url: URL, env: Environment): Proxy | null {
  const of = (name: string) => env[name.toLowerCase()] || env[name.toUpperCase()] || '';
  const proxy = of(url.protocol === 'https:' ? 'https_proxy' : 'http_proxy');
  const without = of('no_proxy');
  const hostname = hostnameOf(url.host);
  if (proxy === '' || isLoopback(hostname)) return null;
  if (isWithin(hostname, without.split(/[,\s]+/))) return null;
  return { url: proxy.includes('://') ? proxy : `http://${proxy}`, without };
}
